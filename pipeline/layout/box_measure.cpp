#include "pipeline/layout/box_measure.h"

#include "pipeline/layout/box_labels.h"
#include "pipeline/layout/box_outline.h"
#include "pipeline/layout/box_strokes.h"
#include "pipeline/layout/box_words.h"
#include "pipeline/layout/median.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr double kGoodOutline = 0.72;
constexpr double kLeastOutline = 0.45;
constexpr double kMostBoxesSeen = 0.8; ///< so many boxes without a mark are enough to know the outlines
constexpr int kPale = 232;             ///< of 255
constexpr long kManyDoubts = 6;        ///< boxes of a page
constexpr double kSurerThanBox = 0.65; ///< certainty of a word's place that overrules its box's
constexpr double kWorthAStrikeTest = 0.02;

/// One option cell with the outlines that were found in it.
struct OptionCell {
    const templates::Cell* cell;
    cv::Rect area;
    int first_box; ///< index of its first option in sheet.boxes
    std::vector<Outline> outlines;
    Assignment assignment;
};

/// The ink that shows the printed outlines best, and their size on it.
struct PrintedBoxes {
    cv::Mat ink;
    OutlineSize size;
};

Reason boxes_left_over() {
    return {"boxes-left-over", "这一栏里还有对不上的方框，栏目可能对错了行，请核对",
            "this cell holds more boxes than the group has options; the row may be another one's"};
}

cv::Rect to_pixels(const cv::Rect2d& rect) {
    const int x = cvFloor(rect.x) + 2, y = cvFloor(rect.y) + 2;
    return {x, y, std::max(0, cvFloor(rect.br().x) - 1 - x), std::max(0, cvFloor(rect.br().y) - 1 - y)};
}

std::vector<OptionCell> option_cells(Sheet& sheet) {
    std::vector<OptionCell> cells;
    for (const PlacedCell& placed : sheet.cells) {
        if (placed.cell == nullptr || placed.cell->kind != templates::CellKind::options) continue;
        cells.push_back({placed.cell, to_pixels(placed.rect), static_cast<int>(sheet.boxes.size()), {}, {}});
        for (const std::string& option : placed.cell->options) {
            PlacedBox box;
            box.group = placed.cell->key;
            box.option = option;
            sheet.boxes.push_back(std::move(box));
        }
    }
    return cells;
}

/// The size of the boxes as they show in one kind of ink.
std::optional<OutlineSize> size_in(const cv::Mat& ink, const std::vector<OptionCell>& cells, int expected) {
    std::vector<cv::Rect> squares;
    for (const OptionCell& cell : cells) {
        const auto found = white_squares(ink, cell.area);
        squares.insert(squares.end(), found.begin(), found.end());
    }
    return common_size(ink, squares, expected);
}

PrintedBoxes printed_boxes(const Table& table, const std::vector<OptionCell>& cells, std::size_t expected) {
    PrintedBoxes best;
    const auto consider = [&](const cv::Mat& ink) {
        if (ink.empty() || best.size.seen > kMostBoxesSeen * double(expected)) return;
        const auto size = size_in(ink, cells, static_cast<int>(expected));
        if (size && (best.ink.empty() || size->seen > 1.15 * best.size.seen)) best = {ink, *size};
    };
    // The print's own ink keeps glyphs apart; thin outlines that it loses show up in the sensitive one, outlines in
    // pale grey only in what is hardly darker than the paper.
    consider(table.print_ink);
    consider(table.ink);
    if (table.tonal && best.size.seen <= kMostBoxesSeen * double(expected)) {
        cv::Mat pale;
        cv::threshold(table.norm, pale, kPale, 1, cv::THRESH_BINARY_INV);
        consider(pale);
    }
    return best;
}

const Outline* outline_of(const OptionCell& cell, std::size_t option) {
    const int index = cell.assignment.outline[option];
    return index < 0 ? nullptr : &cell.outlines[index];
}

/// Column where the label of an option has to stop: the next box of the same row, or the cell's edge.
int label_limit(const OptionCell& cell, const cv::Rect& box) {
    int limit = cell.area.br().x - 3;
    for (std::size_t i = 0; i < cell.cell->options.size(); ++i) {
        const Outline* other = outline_of(cell, i);
        if (other && other->rect.x > box.x && std::abs(other->rect.y - box.y) < 0.6 * box.height)
            limit = std::min(limit, other->rect.x - 3);
    }
    return limit;
}

std::vector<LabelledBox> labelled_boxes(const std::vector<OptionCell>& cells) {
    std::vector<LabelledBox> labelled;
    for (const OptionCell& cell : cells) {
        for (std::size_t i = 0; i < cell.cell->options.size(); ++i) {
            if (const Outline* outline = outline_of(cell, i))
                labelled.push_back(
                    {outline->rect, cell.cell->options[i], label_limit(cell, outline->rect), cell.area.br().x});
        }
    }
    return labelled;
}

/// Outlines seen in either ink, best first, without doubles.
std::vector<Outline> merged(std::vector<Outline> outlines, const std::vector<Outline>& others) {
    for (const Outline& other : others) {
        const auto same = std::find_if(outlines.begin(), outlines.end(), [&](const Outline& one) {
            return std::abs(one.rect.x - other.rect.x) <= 0.6 * one.rect.width &&
                   std::abs(one.rect.y - other.rect.y) <= 0.6 * one.rect.height;
        });
        if (same == outlines.end())
            outlines.push_back(other);
        else if (other.score > same->score)
            *same = other;
    }
    std::stable_sort(outlines.begin(), outlines.end(),
                     [](const Outline& a, const Outline& b) { return a.score > b.score; });
    return outlines;
}

bool complete(const OptionCell& cell) {
    const auto& outline = cell.assignment.outline;
    return std::find(outline.begin(), outline.end(), -1) == outline.end();
}

/// Assigns the options of every cell to outlines. A cell that stays incomplete is looked at again, for outlines that
/// are broken or run over by a mark, in each ink.
std::optional<LabelPitch> place(std::vector<OptionCell>& cells, const PrintedBoxes& printed, const Table& table) {
    const auto assign = [&](OptionCell& cell, const std::optional<LabelPitch>& pitch) {
        cell.assignment =
            assign_options(printed.ink, cell.area, cell.cell->options, cell.outlines, printed.size, pitch);
    };
    for (OptionCell& cell : cells) {
        cell.outlines = find_outlines(printed.ink, cell.area, printed.size, kGoodOutline);
        assign(cell, {});
    }
    const std::optional<LabelPitch> pitch = measure_pitch(printed.ink, labelled_boxes(cells), printed.size);
    for (OptionCell& cell : cells) {
        if (pitch) assign(cell, pitch);
        if (complete(cell)) continue;
        cell.outlines = find_outlines(printed.ink, cell.area, printed.size, kLeastOutline);
        assign(cell, pitch);
        if (complete(cell)) continue;
        for (const cv::Mat* ink : {&table.print_ink, &table.ink}) {
            if (ink->empty() || ink->data == printed.ink.data) continue;
            cell.outlines = merged(cell.outlines, find_outlines(*ink, cell.area, printed.size, kLeastOutline));
        }
        assign(cell, pitch);
    }
    return pitch;
}

/// Options whose boxes are missing or may be glyphs.
long doubts(const OptionCell& cell) {
    const auto& certain = cell.assignment.certain;
    return std::count(certain.begin(), certain.end(), false);
}

/// Where the box of a word stands, by those that were found with theirs: pixels from its right edge to the word, and
/// its size.
struct BesideWord {
    double gap = 0, width = 0, height = 0;
};

BesideWord beside_word(const std::vector<OptionCell>& cells,
                       const std::vector<std::vector<std::optional<PlacedWord>>>& words, const OutlineSize& size) {
    std::vector<double> gaps;
    for (std::size_t c = 0; c < cells.size(); ++c)
        for (std::size_t i = 0; i < words[c].size(); ++i) {
            const Outline* outline = outline_of(cells[c], i);
            if (!outline || !outline->clean || !words[c][i]) continue;
            const double gap = words[c][i]->place.x - outline->rect.br().x;
            if (gap > -2 && gap < 1.5 * size.width) gaps.push_back(gap);
        }
    const double usual = 0.35 * size.width + size.stroke;
    return {gaps.size() < 3 ? usual : median(gaps), size.width, size.height};
}

/// Looks at cells with missing or doubtful boxes again, by the places of the options' words: an outline beside its word
/// is no glyph, one elsewhere is; where there is none, the box is where it should be, with an outline that scores 0.
void place_by_words(std::vector<OptionCell>& cells, OptionWords& search, const OutlineSize& size) {
    std::vector<std::vector<std::optional<PlacedWord>>> words(cells.size());
    // Where many boxes are lost, glyphs were taken for others that seem sure.
    long all_doubts = 0;
    for (const OptionCell& cell : cells) all_doubts += doubts(cell);
    const bool many = all_doubts >= kManyDoubts;
    for (std::size_t c = 0; c < cells.size(); ++c)
        if (many || doubts(cells[c]) > 0) words[c] = search.find(cells[c].area, cells[c].cell->options);
    const BesideWord beside = beside_word(cells, words, size);
    for (std::size_t c = 0; c < cells.size(); ++c)
        for (std::size_t i = 0; i < words[c].size(); ++i) {
            const auto& word = words[c][i];
            Assignment& assigned = cells[c].assignment;
            if (!word) continue;
            const cv::Rect expected(cvRound(word->place.x - beside.gap - beside.width),
                                    cvRound(word->middle - beside.height / 2), cvRound(beside.width),
                                    cvRound(beside.height));
            const auto near = [&](const Outline& outline) {
                return std::abs(outline.rect.br().x - expected.br().x) <= 0.35 * beside.width &&
                       std::abs(outline.rect.y - expected.y) <= 0.4 * beside.height;
            };
            const Outline* own = outline_of(cells[c], i);
            if (assigned.certain[i] && (word->certainty < kSurerThanBox || (own && near(*own)))) continue;
            // Best first.
            auto& outlines = cells[c].outlines;
            const auto there = std::find_if(outlines.begin(), outlines.end(), near);
            if (there == outlines.end()) {
                assigned.outline[i] = static_cast<int>(outlines.size());
                outlines.push_back({expected, 0, false, 0});
            } else
                assigned.outline[i] = static_cast<int>(there - outlines.begin());
            assigned.certain[i] = true;
            // No box is two options': the one that had it without a word beside it has none.
            for (std::size_t k = 0; k < words[c].size(); ++k)
                if (k != i && assigned.outline[k] == assigned.outline[i] && !words[c][k])
                    assigned.outline[k] = -1, assigned.certain[k] = false;
        }
}

/// The boxes found in a cell, with the ends of their words as printed.
std::vector<PrintedOption> printed_options(const OptionCell& cell, const std::optional<LabelPitch>& pitch) {
    std::vector<PrintedOption> options;
    for (std::size_t i = 0; i < cell.cell->options.size(); ++i) {
        const Outline* outline = outline_of(cell, i);
        if (outline == nullptr) continue;
        const double length = pitch ? pitch->gap + pitch->pitch * label_length(cell.cell->options[i]) : 0;
        options.push_back({outline->rect, cvRound(outline->rect.br().x + length)});
    }
    return options;
}

} // namespace

std::vector<MeasuredBox> measure_boxes(Sheet& sheet) {
    sheet.boxes.clear();
    std::vector<OptionCell> cells = option_cells(sheet);
    std::vector<MeasuredBox> measured(sheet.boxes.size());
    for (std::size_t i = 0; i < measured.size(); ++i) measured[i].index = static_cast<int>(i);
    const PrintedBoxes printed = printed_boxes(sheet.table, cells, sheet.boxes.size());
    if (printed.ink.empty()) return measured;
    const std::optional<LabelPitch> pitch = place(cells, printed, sheet.table);
    const double by_boxes = 1.1 * (printed.size.width + 2 * printed.size.stroke);
    OptionWords words(sheet, {character_size(sheet), by_boxes, pitch ? pitch->pitch : by_boxes});
    place_by_words(cells, words, printed.size);
    sheet.em = pitch ? pitch->pitch : by_boxes;

    std::vector<cv::Rect> found;
    for (const OptionCell& cell : cells) {
        if (cell.assignment.spare > 0) sheet.group_reasons[cell.cell->key].push_back(boxes_left_over());
        for (std::size_t i = 0; i < cell.cell->options.size(); ++i)
            if (const Outline* outline = outline_of(cell, i)) found.push_back(outline->rect);
    }
    const BlankBox blank(sheet.table.norm, found, printed.size, pitch ? pitch->gap : 0, sheet.table.threshold,
                         sheet.table.tonal);
    for (const OptionCell& cell : cells) {
        const StrokesBeside beside(printed.ink, cell.area, printed_options(cell, pitch), sheet.em);
        for (std::size_t i = 0; i < cell.cell->options.size(); ++i) {
            const Outline* outline = outline_of(cell, i);
            if (outline == nullptr) continue;
            PlacedBox& box = sheet.boxes[cell.first_box + i];
            box.rect = outline->rect;
            box.outline = outline->score;
            MeasuredBox& one = measured[cell.first_box + i];
            one.found = true;
            one.certain = cell.assignment.certain[i];
            one.added = blank.measure(outline->rect);
            // Where the outline was not seen, what is left of it lies somewhere near: only the middle can be judged.
            if (outline->score <= 0) one.added = {one.added.core, 0, one.added.core, one.added.extent, 0, 0, 0, 0};
            const LabelInk label(printed.ink, box.rect, cell.area.br().x, printed.size.width);
            const int end = label.end(label_limit(cell, box.rect));
            one.word = (end - box.rect.br().x) / printed.size.width;
            // A mark in the next box may seem to prolong the word.
            const double printed_end =
                pitch ? box.rect.br().x + pitch->gap + pitch->pitch * label_length(box.option) : end;
            one.tick = beside.tick(box.rect, std::min(end, label_limit(cell, box.rect)));
            one.ring = beside.ring(box.rect, std::min(end, label_limit(cell, box.rect)));
            if (pitch) one.before = beside.before(box.rect);
            if (one.added.inside > kWorthAStrikeTest)
                one.strike = strike_cover(printed.ink, box.rect.x - 1, std::min(end, cvRound(printed_end)), box.rect.y,
                                          box.rect.height);
        }
    }
    return measured;
}

} // namespace dengji::layout
