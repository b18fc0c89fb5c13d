#include "pipeline/layout/fields_cell.h"

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

constexpr int search = 7;       // a frame can be 1 mm thick
constexpr double covered = 0.3; // share of a rule's length; strokes that lie on a rule cover less
constexpr int softness = 1;     // the blurred edge of a rule

constexpr int double_line = 18; // a frame of two lines has the second one within 2 mm
constexpr double second_line = 0.8;

/// Walks from the middle of the rule to both sides while the lines there are inked. A frame may have a second line.
template <typename Cover>
RuleReach reach(Cover cover, bool frame) {
    int middle = 0; // the rule may lie a pixel or two off the cell's edge
    for (const int offset : {1, -1, 2, -2}) {
        if (cover(offset) > cover(middle)) {
            middle = offset;
        }
    }
    const auto walk = [&](int direction) {
        int at = middle;
        while (std::abs(at) < search && cover(at + direction) > covered) {
            at += direction;
        }
        if (frame) {
            for (int other = at + 2 * direction; std::abs(other) <= double_line; other += direction) {
                if (cover(other) > second_line) {
                    at = other;
                    while (cover(at + direction) > covered && std::abs(at) < double_line + search) {
                        at += direction;
                    }
                    other = at + direction;
                }
            }
        }
        return std::max(0, direction * at) + softness;
    };
    return {walk(-1), walk(1)};
}

bool near_edge(double at, double first, double last) {
    constexpr double near = 6;
    return std::abs(at - first) < near || std::abs(at - last) < near;
}

/// Inked share of every `step`-th pixel from `start`.
double inked_share(const uchar* start, size_t step, int count) {
    int inked = 0;
    for (int i = 0; i < count; ++i) {
        inked += start[static_cast<size_t>(i) * step];
    }
    return inked / static_cast<double>(count);
}

} // namespace

RuleReach horizontal_rule(const Table& table, double y, double x0, double x1) {
    const int row = cvRound(y);
    const bool frame = !table.rules_y.empty() && near_edge(y, table.rules_y.front(), table.rules_y.back());
    const int left = std::clamp(cvRound(x0) + 3, 0, table.ink.cols);
    const int right = std::clamp(cvRound(x1) - 3, 0, table.ink.cols);
    return reach(
        [&](int offset) {
            const int at = row + offset;
            return at < 0 || at >= table.ink.rows || right <= left
                       ? 0.0
                       : inked_share(table.ink.ptr<uchar>(at) + left, 1, right - left);
        },
        frame);
}

RuleReach vertical_rule(const Table& table, double x, double y0, double y1) {
    const int column = cvRound(x);
    const bool frame = near_edge(x, table.margin, table.margin + table.width);
    const int top = std::clamp(cvRound(y0) + 3, 0, table.ink.rows);
    const int bottom = std::clamp(cvRound(y1) - 3, 0, table.ink.rows);
    return reach(
        [&](int offset) {
            const int at = column + offset;
            return at < 0 || at >= table.ink.cols || bottom <= top
                       ? 0.0
                       : inked_share(table.ink.ptr<uchar>(top) + at, table.ink.step, bottom - top);
        },
        frame);
}

cv::Rect2d inside_rules(const Table& table, const cv::Rect2d& cell) {
    const double left = cell.x + vertical_rule(table, cell.x, cell.y, cell.br().y).after + 1;
    const double right = cell.br().x - vertical_rule(table, cell.br().x, cell.y, cell.br().y).before;
    const double top = cell.y + horizontal_rule(table, cell.y, cell.x, cell.br().x).after + 1;
    const double bottom = cell.br().y - horizontal_rule(table, cell.br().y, cell.x, cell.br().x).before;
    return {left, top, std::max(1.0, right - left), std::max(1.0, bottom - top)};
}

} // namespace dengji::layout
