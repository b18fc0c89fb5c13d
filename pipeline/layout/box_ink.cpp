#include "pipeline/layout/box_ink.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr double kBlankRank =
    0.6; ///< most boxes of a page are empty: of a pixel's values, dark to bright, take this rank
constexpr int kShaded = 225, kPaper = 250; ///< of 255: paper darker than the first lies in a shade
constexpr int kInkStep = 40;               ///< ink is at least this much darker than the blank box

struct Stroke {
    int inside = 0, outside = 0; ///< pixels
    cv::Rect extent;
    bool at_outline = false; ///< outside, and reaches the outline
};

} // namespace

BlankBox::BlankBox(const cv::Mat& norm, const std::vector<cv::Rect>& boxes, const OutlineSize& size, double label_gap,
                   int threshold, bool tonal)
    : norm_(norm), width_(cvRound(size.width)), height_(cvRound(size.height)),
      margin_(cvRound(0.5 * size.width + size.stroke)), stroke_(cvRound(size.stroke)),
      label_begin_(margin_ + width_ + std::max(stroke_ + 1, cvFloor(label_gap) - 2)), threshold_(threshold),
      tonal_(tonal) {
    std::vector<cv::Mat> patches;
    for (const cv::Rect& box : boxes) patches.push_back(patch(box));
    cv::Mat blank(height_ + 2 * margin_, width_ + 2 * margin_, CV_8U, cv::Scalar(255));
    std::vector<uchar> values(patches.size());
    const auto rank = values.begin() + static_cast<std::ptrdiff_t>(kBlankRank * double(values.size()));
    for (int y = 0; y < blank.rows && !patches.empty(); ++y) {
        for (int x = 0; x < blank.cols; ++x) {
            for (std::size_t i = 0; i < patches.size(); ++i) values[i] = patches[i].at<uchar>(y, x);
            std::nth_element(values.begin(), rank, values.end());
            blank.at<uchar>(y, x) = *rank;
        }
    }
    // With few boxes, most of them marked, the common picture holds marks: the middle of a blank box is paper.
    const cv::Rect middle(margin_ + width_ / 4, margin_ + height_ / 4, width_ - width_ / 2, height_ - height_ / 2);
    cv::Mat core = blank(middle);
    core.setTo(245, core < 245);
    cv::erode(blank, blank_, cv::Mat::ones(3, 3, CV_8U));

    if (!tonal_) return;
    // Noise: how far a quiet box's inside usually lies below the blank.
    const cv::Rect inside(margin_ + 2, margin_ + 2, width_ - 4, height_ - 4);
    std::vector<double> deviations;
    for (const cv::Mat& one : patches) {
        cv::Mat below, smooth;
        cv::subtract(blank_(inside), one(inside), below);
        cv::blur(below, smooth, {3, 3});
        cv::Scalar mean, deviation;
        cv::meanStdDev(smooth, mean, deviation);
        deviations.push_back(mean[0] + 2.5 * deviation[0]);
    }
    if (deviations.empty()) return;
    const auto quiet = deviations.begin() + static_cast<std::ptrdiff_t>(deviations.size() / 2);
    std::nth_element(deviations.begin(), quiet, deviations.end());
    faint_step_ = std::clamp(6 + 1.5 * *quiet, 9.0, double(kInkStep));
}

cv::Mat BlankBox::patch(const cv::Rect& box) const {
    const cv::Rect wanted(box.x - margin_, box.y - margin_, box.width + 2 * margin_, box.height + 2 * margin_);
    const cv::Rect there = wanted & cv::Rect(0, 0, norm_.cols, norm_.rows);
    cv::Mat cut = norm_(there);
    if (there != wanted)
        cv::copyMakeBorder(cut, cut, there.y - wanted.y, wanted.br().y - there.br().y, there.x - wanted.x,
                           wanted.br().x - there.br().x, cv::BORDER_CONSTANT, 255);
    if (box.width == width_ && box.height == height_) return cut;
    cv::Mat scaled;
    cv::resize(cut, scaled, {width_ + 2 * margin_, height_ + 2 * margin_}, 0, 0, cv::INTER_LINEAR);
    return scaled;
}

/// Grey levels by which the paper around a box is too dark, where a stain or a shade lies on all of it; else 0.
int BlankBox::shade(const cv::Mat& seen) const {
    const int above = margin_ - stroke_ - 2, left = above;
    std::vector<uchar> paper;
    for (const cv::Rect& band : {cv::Rect(0, 0, label_begin_, above), cv::Rect(0, 0, left, seen.rows),
                                 cv::Rect(0, seen.rows - above, label_begin_, above)})
        for (int y = band.y; y < band.br().y; ++y)
            for (int x = band.x; x < std::min(band.br().x, seen.cols); ++x) paper.push_back(seen.at<uchar>(y, x));
    if (paper.empty()) return 0;
    const auto usual = paper.begin() + static_cast<std::ptrdiff_t>(paper.size() / 2);
    std::nth_element(paper.begin(), usual, paper.end());
    return *usual < kShaded ? kPaper - *usual : 0;
}

AddedInk BlankBox::measure(const cv::Rect& box) const {
    cv::Mat seen = patch(box);
    if (const int darker = tonal_ ? shade(seen) : 0; darker > 0) seen = seen + cv::Scalar(darker);
    cv::Mat below;
    cv::subtract(blank_, seen, below);
    const cv::Rect inside(margin_, margin_, width_, height_);
    const cv::Rect outlined(margin_ - stroke_ - 1, margin_ - stroke_ - 1, width_ + 2 * stroke_ + 2,
                            height_ + 2 * stroke_ + 2);
    cv::Mat added = (below > kInkStep) & (seen < threshold_);
    // Right of the box stands its label.
    if (label_begin_ < added.cols) added.colRange(label_begin_, added.cols).setTo(0);

    AddedInk ink;
    const double inside_area = inside.area();
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(added, labels, stats, centroids, 8, CV_16U);
    std::vector<Stroke> strokes(static_cast<std::size_t>(count));
    const cv::Rect near_outline(outlined.x - 2, outlined.y - 2, outlined.width + 4, outlined.height + 4);
    for (int y = 0; count > 1 && y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            Stroke& stroke = strokes[labels.at<ushort>(y, x)];
            if (inside.contains({x, y}))
                ++stroke.inside;
            else if (!outlined.contains({x, y})) {
                ++stroke.outside;
                stroke.at_outline |= near_outline.contains({x, y});
            }
        }
    }
    for (int i = 1; i < count; ++i) {
        const Stroke& stroke = strokes[static_cast<std::size_t>(i)];
        const int* s = stats.ptr<int>(i);
        const double extent = std::max(s[cv::CC_STAT_WIDTH] / double(width_), s[cv::CC_STAT_HEIGHT] / double(height_));
        const double longer = std::max(s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
        const double shorter = std::min(s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
        // What lies along a side and is hardly a pixel thick is the outline itself, printed a little off.
        const cv::Rect bounds(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
        const bool along_side = shorter <= 2 && (bounds & inside) == bounds &&
                                (bounds.x <= inside.x + 2 || bounds.y <= inside.y + 2 ||
                                 bounds.br().x >= inside.br().x - 2 || bounds.br().y >= inside.br().y - 2);
        const bool round = extent < 0.4 && longer < 1.8 * shorter && s[cv::CC_STAT_AREA] > 0.5 * longer * shorter;
        const bool speck = along_side || round;
        if (stroke.inside) {
            ink.inside += (speck ? 0.3 : 1.0) * stroke.inside / inside_area;
            if (!speck) ink.extent = std::max(ink.extent, extent);
        }
        // So is what lies along the outside of the outline, no longer than a side.
        const bool beside_outline = shorter <= std::max(3, stroke_) && (bounds & near_outline) == bounds;
        if (stroke.at_outline && stroke.outside > stroke.inside && !beside_outline)
            ink.astray = std::max(ink.astray, extent);
    }
    const cv::Rect core(margin_ + width_ / 5, margin_ + height_ / 5, width_ - 2 * (width_ / 5),
                        height_ - 2 * (height_ / 5));
    ink.core = cv::countNonZero(added(core)) / double(core.area());
    const auto band = [&](const cv::Rect& area) { return cv::countNonZero(added(area)) / double(area.area()); };
    ink.left = band({0, inside.y, outlined.x, inside.height});
    ink.above = band({inside.x, 0, inside.width, outlined.y});
    ink.below = band({inside.x, outlined.br().y, inside.width, added.rows - outlined.br().y});
    if (tonal_) {
        cv::Mat smooth;
        const cv::Rect quiet(inside.x + 2, inside.y + 2, inside.width - 4, inside.height - 4);
        cv::blur(below(quiet), smooth, {3, 3});
        ink.faint = cv::countNonZero(smooth > faint_step_) / double(quiet.area());
    }
    return ink;
}

double strike_cover(const cv::Mat& ink, int x0, int x1, int y, int height) {
    x0 = std::max(0, x0);
    x1 = std::min(ink.cols, x1);
    const int top = std::max(0, y), bottom = std::min(ink.rows, y + height);
    const int rows = bottom - top, cols = x1 - x0;
    if (cols < 12 || rows < 5) return 0;
    // A hand's line is not quite straight: it may stray by a twelfth of the box to either side.
    cv::Mat thick;
    const int stray = std::max(1, cvRound(height / 12.0));
    cv::dilate(ink(cv::Rect(x0, top, cols, rows)), thick, cv::Mat::ones(2 * stray + 1, 1, CV_8U));
    const int inset = rows / 8, climb = cvFloor(0.3 * cols);
    int best = 0;
    for (int left = inset; left < rows - inset; ++left) {
        for (int right = std::max(inset, left - climb); right < std::min(rows - inset, left + climb + 1); ++right) {
            int covered = 0;
            const double slope = double(right - left) / cols;
            for (int x = 0; x < cols; ++x) covered += thick.at<uchar>(static_cast<int>(left + slope * x + 0.5), x) != 0;
            best = std::max(best, covered);
        }
    }
    return best / double(cols);
}

} // namespace dengji::layout
