#include "pipeline/reading/line_cleaning.h"

#include "pipeline/reading/levels.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace dengji::reading {

namespace {

struct Component {
    cv::Rect box;
    int area = 0;
};

struct Components {
    cv::Mat labels;
    std::vector<Component> list; ///< list[0] is the paper
};

Components components_of(const cv::Mat& ink) {
    Components found;
    cv::Mat stats, centroids;
    const int count = cv::connectedComponentsWithStats(ink, found.labels, stats, centroids, 8, CV_32S);
    found.list.resize(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        Component& c = found.list[static_cast<std::size_t>(i)];
        c.box = cv::Rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                         stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        c.area = stats.at<int>(i, cv::CC_STAT_AREA);
    }
    return found;
}

/// Thin components along an edge are what is left of a ruling line.
bool is_rule(const Component& c, cv::Size field, double em) {
    const bool at_top_or_bottom = c.box.y <= 1 || c.box.br().y >= field.height - 1;
    const bool at_side = c.box.x <= 1 || c.box.br().x >= field.width - 1;
    return (at_top_or_bottom && c.box.height <= 0.2 * em) || (at_side && c.box.width <= 0.16 * em);
}

/// A round, solid spot with no other ink anywhere near: dust. The dots of characters and numbers have neighbours.
bool is_speck(const Component& c, const cv::Mat& ink, double em) {
    const int longer = std::max(c.box.width, c.box.height), shorter = std::min(c.box.width, c.box.height);
    if (longer > 0.3 * em || longer > 1.8 * shorter || c.area < 0.6 * c.box.area()) return false;
    const int near = static_cast<int>(std::lround(0.4 * em));
    const cv::Rect around = cv::Rect(c.box.x - near, c.box.y - near, c.box.width + 2 * near, c.box.height + 2 * near) &
                            cv::Rect(0, 0, ink.cols, ink.rows);
    return cv::countNonZero(ink(around)) <= c.area + 2;
}

/// Columns that are inked nearly from top to bottom of the field, in a strip too thin and too tall for a stroke.
void paint_over_streaks(cv::Mat& flat, int threshold, double em) {
    if (flat.rows < 1.2 * em) return; // a stroke may fill a low field
    const cv::Mat ink = flat < threshold;
    cv::Mat covered;
    cv::reduce(ink, covered, 0, cv::REDUCE_SUM, CV_32S);
    const int widest = std::max(2, static_cast<int>(std::lround(0.16 * em)));
    const auto is_streak = [&](int x) { return covered.at<int>(0, x) >= 0.85 * 255 * flat.rows; };
    for (int x = 0; x < flat.cols;) {
        if (!is_streak(x)) {
            ++x;
            continue;
        }
        int end = x;
        while (end < flat.cols && is_streak(end)) ++end;
        if (end - x <= widest) {
            const int from = std::max(0, x - 2), to = std::min(flat.cols, end + 2);
            const int left = std::max(0, from - 1), right = std::min(flat.cols - 1, to);
            // Strokes that cross the streak go on on both sides of it: the lighter neighbour is what stands there
            // without it.
            for (int y = 0; y < flat.rows; ++y) {
                uchar* row = flat.ptr<uchar>(y);
                const uchar level = std::max(row[left], row[right]);
                for (int k = from; k < to; ++k) row[k] = level;
            }
        }
        x = end;
    }
}

} // namespace

int ink_threshold(const cv::Mat& flat) {
    const int darkest = quantile(flat, 0.01);
    return std::clamp(255 - (255 - darkest) * 4 / 10, 110, 222);
}

void clean_field(cv::Mat& flat, double em) {
    const int threshold = ink_threshold(flat);
    paint_over_streaks(flat, threshold, em);
    const cv::Mat ink = flat < threshold;
    const Components found = components_of(ink);
    for (std::size_t i = 1; i < found.list.size(); ++i) {
        const Component& c = found.list[i];
        if (!is_rule(c, flat.size(), em) && !is_speck(c, ink, em)) continue;
        const cv::Rect around = cv::Rect(c.box.x - 1, c.box.y - 1, c.box.width + 2, c.box.height + 2) &
                                cv::Rect(0, 0, flat.cols, flat.rows);
        cv::Mat mask = found.labels(around) == static_cast<int>(i);
        cv::dilate(mask, mask, cv::Mat::ones(3, 3, CV_8U)); // with its soft edge
        flat(around).setTo(255, mask);
    }
}

} // namespace dengji::reading
