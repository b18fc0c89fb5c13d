#include "pipeline/layout/fields_underline.h"

#include "pipeline/layout/fields_cell.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace dengji::layout {
namespace {

const PlacedBox* box_of(const Sheet& sheet, const templates::Cell& cell) {
    for (const PlacedBox& box : sheet.boxes) {
        if (box.group == cell.key && box.option == cell.options.back()) {
            return &box;
        }
    }
    return nullptr;
}

Reason no_underline() {
    return {"underline-not-found", "未找到“其他”后的横线，请核对此栏",
            "the underline behind the last option was not found"};
}

PlacedField field_on(const Sheet& sheet, double em, const PlacedCell& placed) {
    PlacedField field;
    field.key = placed.cell->other_key;
    const cv::Rect2d inside = inside_rules(sheet.table, placed.rect);
    const PlacedBox* box = box_of(sheet, *placed.cell);
    if (box == nullptr || box->rect.empty()) {
        field.area = inside;
        field.certainty = 0;
        field.reasons = {no_underline()};
        return field;
    }
    const cv::Rect& b = box->rect;
    const double start = b.br().x + 0.3 * em;
    const double middle = b.y + b.height / 2.0;
    const double bottom = std::min(inside.br().y, b.br().y + 0.8 * em);
    const auto line = find_underline(
        sheet.table, {start, middle, std::max(0.0, inside.br().x - start), std::max(0.0, bottom - middle)}, em,
        2.5 * em);
    const double top = std::max(inside.y, b.y - 0.5 * em);
    // The feet of words look like a line once their gaps are bridged: a line is longer in one piece, or (dotted) has
    // nothing on it.
    const bool is_line = line && (line->unbroken >= em || line->clear_above >= 0.8);
    if (!is_line) {
        // Where the line usually is: behind the word and its colon, before "（请填写）".
        const double left = b.br().x + 2.9 * em;
        field.area = {left, top, std::max(1.0, inside.br().x - 6 * em - left),
                      std::max(1.0, b.br().y + 0.2 * em - top)};
        field.certainty = 0.3;
        field.reasons = {no_underline()};
        return field;
    }
    field.area = {static_cast<double>(line->left), top, static_cast<double>(line->right - line->left),
                  std::max(1.0, line->top - 1.0 - top)};
    field.certainty = std::clamp(0.3 + 0.9 * line->cover, 0.0, 1.0);
    return field;
}

/// Share of a line's inked columns (from `left` on) with paper in the three rows from `row` on.
double clear_share(const cv::Mat& ink, const cv::Mat& columns, int left, int row) {
    int inked = 0;
    int clear = 0;
    for (int x = 0; x < columns.cols; ++x) {
        if (columns.at<uchar>(x) == 0) {
            continue;
        }
        ++inked;
        bool paper = true;
        for (int y = std::max(0, row); y < std::min(row + 3, ink.rows); ++y) {
            paper = paper && ink.at<uchar>(y, left + x) == 0;
        }
        clear += paper ? 1 : 0;
    }
    return inked == 0 ? 0 : clear / static_cast<double>(inked);
}

int longest_run(const cv::Mat& columns) {
    int longest = 0;
    int run = 0;
    for (int x = 0; x < columns.cols; ++x) {
        run = columns.at<uchar>(x) != 0 ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// The lower dot of a colon just before the line, with the gap behind it: how many columns they take.
int leading_dot(const cv::Mat& columns, double em) {
    const auto run = [&](int from, bool inked) {
        int x = from;
        while (x < columns.cols && (columns.at<uchar>(x) != 0) == inked) {
            ++x;
        }
        return x;
    };
    const int dot = run(0, true);
    const int gap = run(dot, false);
    return dot <= 0.35 * em && gap - dot >= 0.1 * em && gap < columns.cols / 2 ? gap : 0;
}

} // namespace

std::optional<Underline> find_underline(const Table& table, const cv::Rect2d& place, double em, double shortest) {
    const cv::Rect where = cv::Rect(cv::Point(cvRound(place.x), cvRound(place.y)),
                                    cv::Point(cvRound(place.br().x), cvRound(place.br().y))) &
                           cv::Rect({}, table.ink.size());
    if (where.width < 3 || where.height < 2) {
        return std::nullopt;
    }
    const cv::Mat ink = table.ink(where);
    cv::Mat joined;
    cv::morphologyEx(ink, joined, cv::MORPH_CLOSE, cv::Mat::ones(1, std::max(3, cvRound(0.5 * em)), CV_8U));
    cv::dilate(joined, joined, cv::Mat::ones(3, 1, CV_8U)); // a line that climbs by a pixel or two is still one
    Underline best;
    for (int y = 0; y < joined.rows; ++y) {
        const uchar* row = joined.ptr<uchar>(y);
        for (int x = 0, start = 0; x <= joined.cols; ++x) {
            if (x < joined.cols && row[x] != 0) {
                continue;
            }
            if (x - start > best.right - best.left + 1) {
                best = {start, x, y, y + 1, 0};
            }
            start = x + 1;
        }
    }
    if (best.right - best.left < shortest) {
        return std::nullopt;
    }
    const int width = best.right - best.left;
    const auto cover = [&](int y) {
        return y < 0 || y >= ink.rows
                   ? 0.0
                   : cv::countNonZero(ink.row(y).colRange(best.left, best.right)) / static_cast<double>(width);
    };
    int core = best.top;
    for (int y = best.top - 2; y <= best.top + 3; ++y) {
        if (cover(y) > cover(core)) {
            core = y;
        }
    }
    best.top = core;
    best.bottom = core + 1;
    constexpr double still_line = 0.12; // of its length: a line that climbs by a few pixels
    while (core - best.top < 4 && cover(best.top - 1) > still_line) {
        --best.top;
    }
    while (best.bottom - core < 4 && cover(best.bottom) > still_line) {
        ++best.bottom;
    }
    const cv::Rect band = cv::Rect(best.left, core - 2, width, 5) & cv::Rect({}, ink.size());
    cv::Mat columns;
    cv::reduce(ink(band), columns, 0, cv::REDUCE_MAX);
    best.cover = cv::countNonZero(columns) / static_cast<double>(width);
    best.unbroken = longest_run(columns);
    best.clear_above = clear_share(table.ink, columns, where.x + best.left, where.y + core - 6);
    best.left += leading_dot(columns, em);
    best.left += where.x;
    best.right += where.x;
    best.top += where.y;
    best.bottom += where.y;
    return best;
}

void lift_above_underline(const Table& table, cv::Rect2d& area, double middle, double size) {
    const double top = middle + 0.4 * size;
    const double bottom = std::min(area.br().y, middle + 1.1 * size);
    // Strokes at the foot of characters are shorter than this.
    const double shortest = std::max(1.2 * size, 0.5 * std::min(area.width, 5 * size));
    const auto line = find_underline(table, {area.x, top, area.width, bottom - top}, size, shortest);
    if (line && line->unbroken >= 0.7 * shortest && line->bottom - line->top <= std::max(5.0, 0.25 * size) &&
        line->top - 1 > area.y + 4) {
        area.height = line->top - 1 - area.y;
    }
}

std::vector<PlacedField> find_underlines(const Sheet& sheet, double em) {
    std::vector<PlacedField> fields;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell != nullptr && placed.cell->kind == templates::CellKind::options &&
            !placed.cell->other_key.empty() && !placed.cell->options.empty()) {
            fields.push_back(field_on(sheet, em, placed));
        }
    }
    return fields;
}

} // namespace dengji::layout
