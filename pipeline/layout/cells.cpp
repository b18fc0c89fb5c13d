#include "pipeline/layout/cells.h"

#include "pipeline/layout/cuts.h"
#include "pipeline/layout/median.h"

#include <numeric>
#include <optional>

namespace dengji::layout {
namespace {

struct RowCut {
    std::vector<PlacedCell> cells;
    bool guessed = false; ///< more lines than expected, or one put where it should be
    bool failed = false;  ///< columns are missing: nothing can be said
};

/// Rows of labels beside one or two cells mostly share the line behind their labels.
bool may_share_first_line(const templates::Row& row) {
    return (row.size() == 2 || row.size() == 3) &&
           std::all_of(row.begin(), row.end(), [](const auto& column) { return column.size() == 1; });
}

/// How far a line may lean away from the other rows', pixels.
constexpr double kLean = 9;

/// The row's inner verticals: as many as the definition has, at the highest threshold that gives them. `first`: where
/// other rows have their first one, which goes before any other way to choose among too many.
std::vector<double> inner_verticals(const InkSums& ink, double left, double right, int y0, int y1, std::size_t wanted,
                                    std::optional<double> first, bool& guessed) {
    std::vector<Cut> cuts;
    for (double threshold : {.93, .8, .6}) {
        cuts = vertical_rules(ink, static_cast<int>(left), static_cast<int>(right), y0, y1, threshold);
        if (cuts.size() >= wanted) break;
    }
    if (cuts.size() > wanted) {
        guessed = true;
        std::vector<double> at;
        const auto shared = std::find_if(cuts.begin(), cuts.end(),
                                         [&](const Cut& cut) { return first && std::abs(cut.at - *first) <= kLean; });
        if (shared != cuts.end()) {
            at.push_back(shared->at);
            cuts.erase(cuts.begin(), shared + 1);
            --wanted;
        }
        // The straightest and best isolated ones.
        const auto strength = [&](const Cut& cut) {
            const int x = static_cast<int>(std::lround(cut.at));
            const auto strongest = [&](int from, int to) {
                const auto cover = ink.columns(std::max(0, from), std::min(ink.width(), to), y0 + 4, y1 - 3, false);
                return cover.empty() ? 0. : static_cast<double>(*std::max_element(cover.begin(), cover.end()));
            };
            return cut.cover + .5 * strongest(x - 1, x + 2) -
                   .5 * std::max(strongest(x - 7, x - 4), strongest(x + 5, x + 8));
        };
        std::vector<std::pair<double, double>> ranked;
        for (const auto& cut : cuts) ranked.emplace_back(-strength(cut), cut.at);
        std::sort(ranked.begin(), ranked.end());
        for (std::size_t i = 0; i < std::min(wanted, ranked.size()); ++i) at.push_back(ranked[i].second);
        std::sort(at.begin(), at.end());
        return at;
    }
    std::vector<double> at;
    for (const auto& cut : cuts) at.push_back(cut.at);
    return at;
}

/// Inner horizontals that the columns with `parts` cells share; put at equal distances (and noted) when they are not
/// found.
std::vector<double> inner_horizontals(const Table& table, const InkSums& sums, const std::vector<double>& xs,
                                      const templates::Row& row, std::size_t parts, double y0, double y1,
                                      bool& guessed) {
    struct Vote {
        double strength = 0, sum = 0;
        int count = 0;
        double at() const { return sum / count; }
    };
    std::vector<Vote> votes;
    const auto vote = [&](double y, double strength) {
        for (auto& v : votes)
            if (std::abs(v.at() - y) < 7) {
                v.strength += strength, v.sum += y, ++v.count;
                return;
            }
        votes.push_back({strength, y, 1});
    };
    for (std::size_t j = 0; j < row.size(); ++j) {
        if (row[j].size() != parts) continue;
        std::vector<Cut> cuts;
        for (double threshold : {.6, .45}) {
            cuts = horizontal_rules(sums, static_cast<int>(xs[j]), static_cast<int>(xs[j + 1]),
                                    static_cast<int>(std::lround(y0)), static_cast<int>(std::lround(y1)), threshold);
            if (cuts.size() + 1 >= parts) break;
        }
        for (const auto& cut : cuts) vote(cut.at, cut.cover);
    }
    for (double y : table.rules_y)
        if (y0 + 12 < y && y < y1 - 12) vote(y, 1);
    std::vector<double> ys{y0};
    if (votes.size() + 1 < parts) {
        guessed = true;
        for (std::size_t i = 1; i < parts; ++i)
            ys.push_back(y0 + (y1 - y0) * static_cast<double>(i) / static_cast<double>(parts));
    } else {
        std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) { return a.strength > b.strength; });
        votes.resize(parts - 1);
        for (const auto& v : votes) ys.push_back(v.at());
        std::sort(ys.begin(), ys.end());
    }
    ys.push_back(y1);
    return ys;
}

RowCut cut_row(const Table& table, const InkSums& sums, const templates::Row& row, int number, double y0, double y1,
               std::optional<double> first) {
    RowCut result;
    const int iy0 = static_cast<int>(std::lround(y0)), iy1 = static_cast<int>(std::lround(y1));
    const double left = frame_side_near(sums, table.margin, iy0, iy1);
    const double right = frame_side_near(sums, table.margin + table.width, iy0, iy1);
    std::vector<double> xs{left};
    for (double x : inner_verticals(sums, left, right, iy0, iy1, row.size() - 1, first, result.guessed))
        xs.push_back(x);
    xs.push_back(right);
    if (xs.size() != row.size() + 1) {
        result.failed = true;
        return result;
    }
    std::map<std::size_t, std::vector<double>> heights; // by number of cells in the column
    for (const auto& column : row)
        if (!heights.contains(column.size()))
            heights[column.size()] =
                column.size() == 1 ? std::vector<double>{y0, y1}
                                   : inner_horizontals(table, sums, xs, row, column.size(), y0, y1, result.guessed);
    for (std::size_t j = 0; j < row.size(); ++j) {
        const auto& ys = heights[row[j].size()];
        for (std::size_t k = 0; k < row[j].size(); ++k)
            result.cells.push_back({&row[j][k], number, {xs[j], ys[k], xs[j + 1] - xs[j], ys[k + 1] - ys[k]}, false});
    }
    return result;
}

/// How a person knows the row: by its printed words, or by its place where it has none.
std::string row_name(const templates::FormPage& page, int number) {
    for (const auto& column : page.rows[static_cast<std::size_t>(number)])
        for (const auto& cell : column)
            if (cell.kind == templates::CellKind::label && cell.text.size() > 3) return "“" + cell.text + "”一行";
    return "第" + std::to_string(number + 1) + "行";
}

/// Where the rows that were cut without doubt have the line behind their labels; nothing when they do not agree.
std::optional<double> shared_first_line(const Table& table, const InkSums& sums, const templates::FormPage& page,
                                        const Alignment& alignment) {
    std::vector<double> firsts;
    for (const auto& step : alignment.steps) {
        if (step.definition_end - step.definition_begin != 1 || step.band_begin == step.band_end || step.misfit > 0)
            continue;
        const auto& row = page.rows[static_cast<std::size_t>(step.definition_begin)];
        if (!may_share_first_line(row)) continue;
        const auto cut =
            cut_row(table, sums, row, step.definition_begin, table.rules_y[static_cast<std::size_t>(step.band_begin)],
                    table.rules_y[static_cast<std::size_t>(step.band_end)], {});
        if (!cut.failed && !cut.guessed) firsts.push_back(cut.cells[1].rect.x);
    }
    if (firsts.size() < 3) return {};
    const double middle = median(firsts);
    const auto agree =
        std::count_if(firsts.begin(), firsts.end(), [&](double x) { return std::abs(x - middle) <= kLean; });
    return 3 * agree >= 2 * static_cast<long>(firsts.size()) ? std::optional(middle) : std::nullopt;
}

} // namespace

void cut_cells(Sheet& sheet, const InkSums& sums, const templates::FormPage& page, const Alignment& alignment) {
    const Table& table = sheet.table;
    const auto y_of = [&](int band) { return table.rules_y[static_cast<std::size_t>(band)]; };
    std::optional<double> first_line; // asked for when a row first needs it
    bool first_line_known = false;
    const auto add = [&](int number, double y0, double y1, bool doubtful) {
        const auto& row = page.rows[static_cast<std::size_t>(number)];
        auto cut = cut_row(table, sums, row, number, y0, y1, {});
        if (cut.guessed && may_share_first_line(row)) {
            if (!first_line_known) first_line = shared_first_line(table, sums, page, alignment);
            first_line_known = true;
            if (first_line) cut = cut_row(table, sums, row, number, y0, y1, first_line);
        }
        if (cut.failed)
            sheet.reasons.push_back({"row-not-cut", row_name(page, number) + "的竖线不完整，无法切分",
                                     "the ruling lines of row " + std::to_string(number + 1) + " are incomplete"});
        for (auto& cell : cut.cells) {
            cell.doubtful = doubtful || cut.guessed;
            sheet.cells.push_back(std::move(cell));
        }
    };
    for (const auto& step : alignment.steps) {
        const int rows = step.definition_end - step.definition_begin;
        if (rows == 0) continue;
        if (step.band_begin == step.band_end) {
            sheet.reasons.push_back({"row-missing", "缺少" + row_name(page, step.definition_begin),
                                     "row " + std::to_string(step.definition_begin + 1) + " of the form is missing"});
        } else if (rows == 1) {
            add(step.definition_begin, y_of(step.band_begin), y_of(step.band_end), step.misfit > 0);
        } else {
            // A lost line: looked for between, else put in the middle.
            const double y0 = y_of(step.band_begin), y1 = y_of(step.band_end);
            const auto cuts = horizontal_rules(sums, table.margin, table.margin + table.width, static_cast<int>(y0),
                                               static_cast<int>(y1), .4);
            double middle = (y0 + y1) / 2, best = 0;
            for (const auto& cut : cuts)
                if (cut.cover > best) best = cut.cover, middle = cut.at;
            add(step.definition_begin, y0, middle, true);
            add(step.definition_begin + 1, middle, y1, true);
        }
    }
}

} // namespace dengji::layout
