#include "pipeline/layout/paper.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

/// Hardly anything but paper along the picture's edges: then the paper's outline would be that of the picture.
bool reaches_the_edges(const cv::Mat& small, double threshold) {
    constexpr double most_dark = .1; // a corner that shows beside the paper takes more of the edges
    int dark = 0, looked = 0;
    for (const cv::Mat& edge : {small.row(0), small.row(small.rows - 1), small.col(0), small.col(small.cols - 1)}) {
        dark += cv::countNonZero(edge <= threshold);
        looked += static_cast<int>(edge.total());
    }
    return dark < most_dark * looked;
}

/// Outline of the largest bright shape, when it can be a sheet: solid, most of the picture but not all of it. Else
/// empty.
std::vector<cv::Point> sheet_outline(const cv::Mat& small, double threshold) {
    const cv::Mat bright = small > threshold;
    cv::Mat labels, statistics, centres;
    const int count = cv::connectedComponentsWithStats(bright, labels, statistics, centres, 4);
    int largest = 0, largest_area = 0;
    for (int i = 1; i < count; ++i)
        if (const int area = statistics.at<int>(i, cv::CC_STAT_AREA); area > largest_area)
            largest = i, largest_area = area;
    const double whole = static_cast<double>(small.total());
    if (largest_area < .3 * whole || largest_area > .97 * whole) return {};
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(labels == largest, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    if (outlines.empty()) return {};
    std::vector<cv::Point> hull;
    cv::convexHull(outlines.front(), hull);
    const double area = cv::contourArea(hull);
    if (area > .97 * whole || cv::contourArea(outlines.front()) < .88 * area) return {};
    return hull;
}

/// Is the outline a real edge nearly everywhere, inside brighter than outside? A shadow's border is soft.
bool is_sharp(const cv::Mat& small, const std::vector<cv::Point>& hull) {
    constexpr double reach = 3;
    constexpr int step = 18;
    const cv::Moments m = cv::moments(hull);
    const cv::Point2d centre(m.m10 / m.m00, m.m01 / m.m00);
    const cv::Rect2d picture(4, 4, small.cols - 8, small.rows - 8);
    int looked = 0, sharp = 0;
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const cv::Point2d a = hull[i], b = hull[(i + 1) % hull.size()];
        const double length = cv::norm(b - a);
        if (length < 2) continue;
        cv::Point2d outwards(-(b - a).y / length, (b - a).x / length);
        if (outwards.dot((a + b) / 2 - centre) < 0) outwards *= -1;
        for (double t = 1; t < length; t += 3) {
            const cv::Point2d at = a + (b - a) * (t / length), in = at - outwards * reach, out = at + outwards * reach;
            if (!picture.contains(at) || !picture.contains(in) || !picture.contains(out)) continue;
            ++looked;
            sharp += small.at<std::uint8_t>(in) - small.at<std::uint8_t>(out) >= step;
        }
    }
    return looked > 40 && sharp >= .92 * looked;
}

/// Of `large` pixels, the first one that belongs to pixel `at` of `small` ones, as nearest neighbours go.
int first_of(int at, int small, int large) {
    const double scale = 1. / (static_cast<double>(large) / small);
    int first = std::max(0, static_cast<int>(at / scale) - 1);
    while (first < large && std::min(cvFloor(first * scale), small - 1) < at) ++first;
    return first;
}

/// `inside`: 0 where there is no paper, reduced.
void whiten_outside(const cv::Mat& inside, FlatField& field) {
    std::vector<int> columns;
    for (int x = 0; x <= inside.cols; ++x) columns.push_back(first_of(x, inside.cols, field.norm.cols));
    for (int small_y = 0; small_y < inside.rows; ++small_y) {
        const int from = first_of(small_y, inside.rows, field.norm.rows),
                  to = first_of(small_y + 1, inside.rows, field.norm.rows);
        const auto* row = inside.ptr(small_y);
        for (int x = 0, end = 0; x < inside.cols; x = end) {
            for (end = x + 1; end < inside.cols && (row[end] == 0) == (row[x] == 0);) ++end;
            if (row[x] != 0) continue;
            const int left = columns[static_cast<std::size_t>(x)], right = columns[static_cast<std::size_t>(end)];
            for (int y = from; y < to; ++y) {
                std::fill(field.norm.ptr(y) + left, field.norm.ptr(y) + right, std::uint8_t{255});
                std::fill(field.ink.ptr(y) + left, field.ink.ptr(y) + right, std::uint8_t{0});
            }
        }
    }
}

} // namespace

void whiten_around_paper(const cv::Mat& grey, FlatField& field) {
    constexpr int reduction = 8;
    cv::Mat small, unused;
    cv::resize(grey, small, {std::max(1, grey.cols / reduction), std::max(1, grey.rows / reduction)}, 0, 0,
               cv::INTER_NEAREST);
    cv::medianBlur(small, small, 5); // writing and rules vanish, the paper's edge stays
    const double middle = cv::threshold(small, unused, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    // Half in shadow, the paper is darker than the middle: lower thresholds are tried until the outline is an edge.
    for (const double share : {1., .85, .7, .55}) {
        if (reaches_the_edges(small, share * middle)) return; // and so at every lower threshold
        const auto hull = sheet_outline(small, share * middle);
        if (hull.empty() || !is_sharp(small, hull)) continue;
        cv::Mat inside = cv::Mat::zeros(small.size(), CV_8U);
        cv::fillConvexPoly(inside, hull, 255);
        cv::erode(inside, inside, cv::Mat::ones(3, 3, CV_8U), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(255));
        whiten_outside(inside, field);
        return;
    }
}

} // namespace dengji::layout
