#include "pipeline/reading/seal_wiping.h"

#include "pipeline/reading/levels.h"
#include "pipeline/reading/line_cleaning.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr double beyond_ring = 1.06;                   // of the radius: the ring's own blur
constexpr double least_writing = 0.5, clear_gap = 1.2; // ems
constexpr double longest_stroke = 1.8;                 // ems: what is longer hangs together with a seal's ring
constexpr double dark_in_part = 0.1;                   // of a stroke's pixels

/// 255 inside the seals.
cv::Mat covered(const cv::Size& size, const std::vector<SealDisc>& seals) {
    cv::Mat mask(size, CV_8UC1, cv::Scalar(0));
    for (const SealDisc& seal : seals)
        cv::circle(mask, cv::Point(cvRound(seal.centre.x), cvRound(seal.centre.y)), cvRound(beyond_ring * seal.radius),
                   cv::Scalar(255), cv::FILLED);
    return mask;
}

/// What a pen wrote: its dark pixels with their blurred edges, and strokes that are dark in part only.
cv::Mat written(const cv::Mat& flat, int pens_below, double em) {
    const cv::Mat dark = flat < pens_below;
    cv::Mat kept, piece_of, stats, centroids;
    cv::dilate(dark, kept, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    const int pieces =
        cv::connectedComponentsWithStats(flat < ink_threshold(flat), piece_of, stats, centroids, 8, CV_32S);
    std::vector<int> dark_pixels(static_cast<std::size_t>(pieces), 0);
    for (int y = 0; y < flat.rows; ++y)
        for (int x = 0; x < flat.cols; ++x)
            if (dark.at<uchar>(y, x) != 0) ++dark_pixels[static_cast<std::size_t>(piece_of.at<int>(y, x))];
    for (int i = 1; i < pieces; ++i) {
        const int* of = stats.ptr<int>(i);
        const bool one_stroke = std::max(of[cv::CC_STAT_WIDTH], of[cv::CC_STAT_HEIGHT]) <= longest_stroke * em;
        if (one_stroke && dark_pixels[static_cast<std::size_t>(i)] >= dark_in_part * of[cv::CC_STAT_AREA])
            kept.setTo(255, piece_of == i);
    }
    return kept;
}

/// Ink that is paler than a pen's.
void wipe_pale_ink(cv::Mat& flat, const cv::Mat& mask, int pens_below, double em) {
    flat.setTo(255, mask & ~written(flat, pens_below, em));
}

std::vector<bool> columns_with(const cv::Mat& ink) {
    cv::Mat sums;
    cv::reduce(ink, sums, 0, cv::REDUCE_MAX);
    return {sums.begin<uchar>(), sums.end<uchar>()};
}

/// The column from which on everything inside a seal is a seal's; nullopt when writing may run into it.
std::optional<int> end_of_writing(const cv::Mat& ink, const cv::Mat& mask, double em) {
    const std::vector<bool> outside = columns_with(ink & ~mask), inside = columns_with(ink & mask);
    const auto first_inside = std::find(inside.begin(), inside.end(), true);
    if (first_inside == inside.end()) return std::nullopt;
    const auto seal_from = static_cast<int>(first_inside - inside.begin());
    int first = -1, last = -1, columns = 0;
    for (int x = 0; x < seal_from; ++x) {
        if (!outside[static_cast<std::size_t>(x)]) continue;
        if (first < 0) first = x;
        last = x;
        ++columns;
    }
    if (first < 0 || columns < least_writing * em || seal_from - last < clear_gap * em) return std::nullopt;
    return last + 1;
}

} // namespace

WipedField without_seals(const cv::Mat& field, const std::vector<SealDisc>& seals, std::optional<int> pens_below,
                         double em) {
    if (field.empty()) return {};
    WipedField wiped{flattened(without_red(field), std::max(8, static_cast<int>(std::lround(1.5 * em)))), false};
    const cv::Mat mask = covered(wiped.grey.size(), seals);
    if (cv::countNonZero(mask) == 0) return {wiped.grey, true};
    if (pens_below) {
        wipe_pale_ink(wiped.grey, mask, *pens_below, em);
        wiped.clean = true;
        return wiped;
    }
    cv::Mat clean = wiped.grey.clone(); // rules along the field's edges are no writing
    clean_field(clean, em);
    const auto end = end_of_writing(clean < ink_threshold(clean), mask, em);
    if (!end) return wiped;
    wiped.grey.colRange(*end, wiped.grey.cols).setTo(255, mask.colRange(*end, mask.cols));
    wiped.clean = true;
    return wiped;
}

} // namespace dengji::reading
