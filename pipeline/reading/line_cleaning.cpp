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

bool is_at_left(const Component& c) {
    return c.box.x <= 1;
}

bool is_at_right(const Component& c, cv::Size field) {
    return c.box.br().x >= field.width - 1;
}

bool is_thin_upright(const Component& c, double em) {
    return c.box.width <= 0.16 * em;
}

/// Thin components along an edge are what is left of a ruling line. One alone at a side, of a digit's height, is a 1
/// that was written up to the edge: a rule is as tall as the field, a dashed one leaves several.
bool is_rule(const Component& c, const Components& all, cv::Size field, double em) {
    const bool at_top_or_bottom = c.box.y <= 1 || c.box.br().y >= field.height - 1;
    if (at_top_or_bottom && c.box.height <= 0.2 * em) return true;
    const bool left = is_at_left(c), right = is_at_right(c, field);
    if ((!left && !right) || !is_thin_upright(c, em)) return false;
    if (at_top_or_bottom || c.box.height < 0.35 * em || c.box.height > 0.95 * em) return true;
    return std::count_if(all.list.begin() + 1, all.list.end(), [&](const Component& other) {
               return is_thin_upright(other, em) &&
                      ((left && is_at_left(other)) || (right && is_at_right(other, field)));
           }) > 1;
}

/// A round, solid spot with no other ink anywhere near: dust. The dots of characters and numbers have neighbours.
bool is_speck(const Component& c, const cv::Mat& ink, double em) {
    const int longer = std::max(c.box.width, c.box.height), shorter = std::min(c.box.width, c.box.height);
    if (longer > 0.36 * em || longer > 1.8 * shorter || c.area < 0.6 * c.box.area()) return false;
    const int near = static_cast<int>(std::lround(0.4 * em));
    const cv::Rect around = cv::Rect(c.box.x - near, c.box.y - near, c.box.width + 2 * near, c.box.height + 2 * near) &
                            cv::Rect(0, 0, ink.cols, ink.rows);
    return cv::countNonZero(ink(around)) <= 1.15 * c.area + 4; // and the grain of the paper
}

/// The writing of a line within reach to one side of a spot.
struct Beside {
    int gap = 0;             ///< to the nearest ink, pixels
    int top = 0, bottom = 0; ///< of that writing
    bool found = false;
};

Beside writing_beside(const Component& spot, const Components& all, bool left, double em) {
    const double reach = 1.3 * em, band = 0.8 * em;
    const double y = spot.box.y + spot.box.height / 2.0;
    Beside beside;
    for (std::size_t i = 1; i < all.list.size(); ++i) {
        const cv::Rect& box = all.list[i].box;
        const int gap = left ? spot.box.x - box.br().x : box.x - spot.box.br().x;
        if (gap < 0 || gap > reach || box.br().y < y - band || box.y > y + band ||
            std::max(box.width, box.height) < 0.3 * em)
            continue;
        beside.gap = beside.found ? std::min(beside.gap, gap) : gap;
        beside.top = beside.found ? std::min(beside.top, box.y) : box.y;
        beside.bottom = beside.found ? std::max(beside.bottom, box.br().y) : box.br().y;
        beside.found = true;
    }
    return beside;
}

/// The dot between the parts of a name (艾山江·吐尔逊) stands alone, in the middle between writing, at half its height.
bool is_middle_dot(const Component& c, const Components& all, double em) {
    const Beside left = writing_beside(c, all, true, em), right = writing_beside(c, all, false, em);
    if (!left.found || !right.found || std::max(left.gap, right.gap) > 2.5 * std::min(left.gap, right.gap))
        return false;
    const int top = std::min(left.top, right.top), bottom = std::max(left.bottom, right.bottom);
    const double height = (c.box.y + c.box.height / 2.0 - top) / std::max(1, bottom - top);
    return height >= 0.3 && height <= 0.7;
}

/// Thin lines from the field's top to its bottom, upright or a little tilted: streaks of a scanner or copier. No stroke
/// of writing reaches both edges of a field.
void paint_over_streaks(cv::Mat& flat, int threshold, double em) {
    if (flat.rows < 1.2 * em) return; // a stroke may fill a low field
    const int rows = flat.rows, widest = std::max(3, static_cast<int>(std::lround(0.16 * em)));
    const int most_drift = static_cast<int>(std::lround(0.1 * rows));
    const int edge = std::max(3, rows / 8);
    cv::Mat ink = flat < threshold;
    cv::dilate(ink, ink, cv::Mat::ones(1, 3, CV_8U)); // a streak sways by a pixel
    std::vector<int> counts(static_cast<std::size_t>(flat.cols)), at_edges(counts);
    for (int drift = -most_drift; drift <= most_drift; ++drift) {
        const auto shift = [&](int y) { return static_cast<int>(std::lround(drift * (y - rows / 2.0) / rows)); };
        std::fill(counts.begin(), counts.end(), 0);
        std::fill(at_edges.begin(), at_edges.end(), 0);
        for (int y = 0; y < rows; ++y) {
            const uchar* row = ink.ptr<uchar>(y);
            const int s = shift(y);
            const bool is_edge = y < edge || y >= rows - edge;
            for (int x = std::max(0, -s); x < std::min(flat.cols, flat.cols - s); ++x) {
                if (row[x + s] == 0) continue;
                ++counts[static_cast<std::size_t>(x)];
                if (is_edge) ++at_edges[static_cast<std::size_t>(x)];
            }
        }
        const auto is_streak = [&](int x) {
            const auto i = static_cast<std::size_t>(x);
            return counts[i] >= 0.85 * rows && at_edges[i] >= 0.8 * 2 * edge;
        };
        for (int x = 0; x < flat.cols;) {
            if (!is_streak(x)) {
                ++x;
                continue;
            }
            int end = x;
            while (end < flat.cols && is_streak(end)) ++end;
            if (end - x <= widest) {
                // Strokes that cross the streak go on on both sides: the lighter neighbour is what stands there without
                // it.
                for (int y = 0; y < rows; ++y) {
                    uchar* row = flat.ptr<uchar>(y);
                    const int from = std::clamp(x - 2 + shift(y), 0, flat.cols - 1),
                              to = std::clamp(end + 1 + shift(y), 0, flat.cols - 1);
                    const uchar level = std::max(row[std::max(0, from - 1)], row[std::min(flat.cols - 1, to + 1)]);
                    for (int k = from; k <= to; ++k) row[k] = std::max(row[k], level);
                }
            }
            x = end;
        }
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
        if (!is_rule(c, found, flat.size(), em) && (!is_speck(c, ink, em) || is_middle_dot(c, found, em))) continue;
        const cv::Rect around = cv::Rect(c.box.x - 1, c.box.y - 1, c.box.width + 2, c.box.height + 2) &
                                cv::Rect(0, 0, flat.cols, flat.rows);
        cv::Mat mask = found.labels(around) == static_cast<int>(i);
        cv::dilate(mask, mask, cv::Mat::ones(3, 3, CV_8U)); // with its soft edge
        flat(around).setTo(255, mask);
    }
}

} // namespace dengji::reading
