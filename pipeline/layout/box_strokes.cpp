#include "pipeline/layout/box_strokes.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int kBesideRule = 4; ///< pixels inside a cell that may still hold its ruling line

/// Columns from x0 to x1 with ink in some of the rows.
int inked_columns(const cv::Mat& ink, const cv::Range& rows, int x0, int x1) {
    const cv::Rect area = cv::Rect(x0, rows.start, std::max(0, x1 - x0), rows.size()) & cv::Rect({}, ink.size());
    if (area.empty()) return 0;
    cv::Mat columns;
    cv::reduce(ink(area), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns);
}

} // namespace

StrokesBeside::Gaps StrokesBeside::gaps_around(const cv::Rect& box) const {
    const double middle = box.y + box.height / 2.0;
    const double half = std::max(em_, static_cast<double>(box.height)) / 2 + 2;
    // Other lines begin half way to them.
    double up = middle - cell_.y - kBesideRule, down = cell_.br().y - kBesideRule - middle;
    for (const PrintedOption& other : options_) {
        const double distance = other.box.y + other.box.height / 2.0 - middle;
        if (distance < -0.6 * em_) up = std::min(up, -distance / 2);
        if (distance > 0.6 * em_) down = std::min(down, distance / 2);
    }
    const auto rows = [](double from, double to) {
        return to - from >= 2 ? cv::Range(cvRound(from), cvRound(to)) : cv::Range(0, 0);
    };
    const double reach = half + 0.2 * em_; // a label may go on in a line of its own, which has no box
    return {rows(middle - std::min(up, reach), middle - half), rows(middle + half, middle + std::min(down, reach))};
}

double StrokesBeside::tick(const cv::Rect& box, int end) const {
    const int begin = box.x - cvRound(0.6 * box.width);
    return inked_columns(ink_, gaps_around(box).above, begin, std::min(end, cvRound(box.br().x + 2.5 * em_))) / em_;
}

double StrokesBeside::ring(const cv::Rect& box, int end) const {
    const Gaps gaps = gaps_around(box);
    const double width = std::max(1, end - box.x);
    double least = 1;
    int sides = 0;
    for (const cv::Range& gap : {gaps.above, gaps.below}) {
        if (gap.size() == 0) continue;
        least = std::min(least, inked_columns(ink_, gap, box.x, end) / width);
        ++sides;
    }
    return sides / 2.0 * least;
}

/// Column from where on there is nothing printed left of a box: behind the word of the option before, or the cell's
/// edge.
int StrokesBeside::free_from(const cv::Rect& box) const {
    int from = cell_.x + kBesideRule;
    for (const PrintedOption& other : options_)
        if (other.box.x < box.x && std::abs(other.box.y - box.y) <= 0.6 * box.height)
            from = std::max(from, cvRound(other.word_end + 0.3 * em_));
    return from;
}

double StrokesBeside::before(const cv::Rect& box) const {
    const int from = std::max(free_from(box), box.x - cvRound(1.6 * box.width));
    const int to = box.x - cvRound(0.2 * box.width), more = box.height / 3;
    const cv::Rect area =
        cv::Rect(from, box.y - more, std::max(0, to - from), box.height + 2 * more) & cv::Rect({}, ink_.size());
    if (area.width < 0.4 * box.width) return 0;
    cv::Mat labels, stats, centroids;
    const int count = cv::connectedComponentsWithStats(ink_(area), labels, stats, centroids, 8, CV_16U);
    double extent = 0;
    for (int i = 1; i < count; ++i) {
        const int* s = stats.ptr<int>(i);
        // What goes on beyond is a rule, a ring, a seal or another line's.
        const cv::Rect piece(s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]);
        if (piece.x <= 0 || piece.y <= 0 || piece.br().y >= area.height) continue;
        if (piece.width < 0.3 * box.width || piece.height < 0.3 * box.height) continue;
        extent = std::max(extent, std::max(piece.width, piece.height) / static_cast<double>(box.width));
    }
    return extent;
}

} // namespace dengji::layout
