#include "pipeline/layout/fields_underline.h"

#include "pipeline/layout/fields_cell.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace dengji::layout {
namespace {

struct Underline {
    int left = 0, right = 0; ///< table pixels, right is past the end
    int top = 0, bottom = 0; ///< rows of its ink, bottom is past the end
    double cover = 0;        ///< how much of it is inked
};

const PlacedBox* box_of(const Sheet& sheet, const templates::Cell& cell) {
    for (const PlacedBox& box : sheet.boxes) {
        if (box.group == cell.key && box.option == cell.options.back()) {
            return &box;
        }
    }
    return nullptr;
}

/// The longest straight, thin, horizontal stretch of ink right of the box at the foot of its line; small gaps are
/// bridged.
std::optional<Underline> longest_line(const Table& table, const cv::Rect& where, double em) {
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
    if (best.right - best.left < 2.5 * em) {
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
    while (core - best.top < 4 && cover(best.top - 1) > 0.3) {
        --best.top;
    }
    while (best.bottom - core < 4 && cover(best.bottom) > 0.3) {
        ++best.bottom;
    }
    best.cover = cover(core);
    best.left += where.x;
    best.right += where.x;
    best.top += where.y;
    best.bottom += where.y;
    return best;
}

Reason no_underline() {
    return {"underline-not-found", "未找到“其他”后的横线，请核对此栏",
            "the underline behind the last option was not found"};
}

PlacedField field_on(const Sheet& sheet, const PagePrint& print, const PlacedCell& placed) {
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
    const double em = print.em;
    const cv::Rect& b = box->rect;
    const int bottom = std::min(cvRound(inside.br().y), b.br().y + cvRound(0.8 * em));
    const cv::Rect where = cv::Rect(cv::Point(b.br().x + cvRound(0.3 * em), b.y + b.height / 2),
                                    cv::Point(cvRound(inside.br().x), bottom)) &
                           cv::Rect({}, sheet.table.ink.size());
    const auto line = where.empty() ? std::nullopt : longest_line(sheet.table, where, em);
    const double top = std::max(inside.y, b.y - 0.5 * em);
    if (!line) {
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

} // namespace

std::vector<PlacedField> find_underlines(const Sheet& sheet, const PagePrint& print) {
    std::vector<PlacedField> fields;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell != nullptr && placed.cell->kind == templates::CellKind::options &&
            !placed.cell->other_key.empty() && !placed.cell->options.empty()) {
            fields.push_back(field_on(sheet, print, placed));
        }
    }
    return fields;
}

} // namespace dengji::layout
