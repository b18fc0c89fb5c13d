#include "pipeline/layout/alignment.h"

#include "pipeline/layout/cuts.h"
#include "pipeline/layout/median.h"

namespace dengji::layout {
namespace {

/// Edit distance between a row's columns as defined (a) and as seen (b). A column too many costs less than a missing
/// one: tall writing looks like lines more often than lines vanish. Other numbers of sub-rows cost less still.
double distance(const Signature& a, const Signature& b) {
    constexpr double extra = .6;
    std::vector<double> previous(b.size() + 1), current(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = extra * static_cast<double>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = static_cast<double>(i);
        for (std::size_t j = 1; j <= b.size(); ++j)
            current[j] = std::min({previous[j] + 1, current[j - 1] + extra,
                                   previous[j - 1] + std::min(1.0, .4 * std::abs(a[i - 1] - b[j - 1]))});
        std::swap(previous, current);
    }
    return previous[b.size()];
}

Signature reversed(Signature s) {
    std::reverse(s.begin(), s.end());
    return s;
}

/// What it costs to take a band as high as a row, in the midst of the table, for no row: doubled lines leave thin
/// bands.
constexpr double tall_band_inside = 1;
/// The same for two rows in a band that is hardly higher than one.
constexpr double low_for_two = .3;

/// And for a row in a band that is too low for its lines.
constexpr double squeezed = 1.5;

/// The lines of print or writing that a row holds at the least; more than two count as two, for nobody knows how low
/// an office makes its rows.
int lines_of(const templates::Row& row) {
    std::size_t most = 1;
    const auto with_options = std::count_if(row.begin(), row.end(), [](const auto& column) {
        return column.size() == 1 && column.front().kind == templates::CellKind::options;
    });
    const std::size_t on_a_line = with_options > 1 ? 2 : 6;
    for (const auto& column : row) {
        std::size_t lines = column.size();
        for (const auto& cell : column)
            if (cell.kind == templates::CellKind::options)
                lines = std::max(lines, (cell.options.size() + on_a_line - 1) / on_a_line);
        most = std::max(most, lines);
    }
    return static_cast<int>(std::min<std::size_t>(most, 2));
}

/// Two definition rows whose line between was lost, seen as one band.
Signature stacked(const Signature& upper, const Signature& lower) {
    Signature sum = upper;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += lower[i];
    return sum;
}

int most_cells(const Signature& s) {
    return *std::max_element(s.begin(), s.end());
}

/// Shortest path over (definition rows used, bands used).
class PathGrid {
public:
    PathGrid(int rows, int bands)
        : bands_(bands), cost_(static_cast<std::size_t>((rows + 1) * (bands + 1)), 1e9), step_(cost_.size()) {
        cost_[0] = 0;
    }
    double cost(int i, int j) const { return cost_[index(i, j)]; }
    /// A step that begins where `step` says; `misfit` is its cost above what its kind always costs.
    void offer(const AlignedRows& step, double added) {
        const double total = cost(step.definition_begin, step.band_begin) + added;
        const auto at = index(step.definition_end, step.band_end);
        if (total >= cost_[at] - 1e-9) return;
        cost_[at] = total;
        step_[at] = step;
    }
    std::vector<AlignedRows> path(int rows, int bands) const {
        std::vector<AlignedRows> steps;
        for (int i = rows, j = bands; i > 0 || j > 0;) {
            const auto& step = step_[index(i, j)];
            steps.push_back(step);
            i = step.definition_begin, j = step.band_begin;
        }
        std::reverse(steps.begin(), steps.end());
        return steps;
    }

private:
    std::size_t index(int i, int j) const { return static_cast<std::size_t>(i * (bands_ + 1) + j); }
    int bands_;
    std::vector<double> cost_;
    std::vector<AlignedRows> step_;
};

} // namespace

Signature signature_of(const templates::Row& row) {
    Signature s;
    for (const auto& column : row) s.push_back(static_cast<int>(column.size()));
    return s;
}

BandSequence::BandSequence(const Unrolled& unrolled) : unrolled_(unrolled) {
    const auto& rules = unrolled.table.rules_y;
    for (int i = 0; i + 1 < static_cast<int>(rules.size()); ++i) {
        signatures_.push_back(cut(i, i + 1));
        heights_.push_back(rules[static_cast<std::size_t>(i + 1)] - rules[static_cast<std::size_t>(i)]);
    }
    usual_height_ = median(heights_);
}

Signature BandSequence::cut(int begin, int end) const {
    const auto& table = unrolled_.table;
    const auto& sums = unrolled_.sums;
    const double y0 = table.rules_y[static_cast<std::size_t>(begin)], y1 = table.rules_y[static_cast<std::size_t>(end)];
    const int iy0 = static_cast<int>(y0), iy1 = static_cast<int>(y1);
    const double x0 = frame_side_near(sums, table.margin, iy0, iy1);
    const double x1 = frame_side_near(sums, table.margin + table.width, iy0, iy1);
    Signature s;
    for (const auto& column : cut_band(sums, x0, x1, y0, y1)) s.push_back(static_cast<int>(column.size()));
    return s;
}

Alignment BandSequence::align(const templates::FormPage& page, bool upside_down) const {
    std::vector<Signature> wanted;
    std::vector<int> lines;
    double columns = 0;
    for (const auto& row : page.rows) {
        lines.push_back(lines_of(row));
        wanted.push_back(signature_of(row));
        columns += static_cast<double>(row.size());
    }
    const int n = static_cast<int>(wanted.size()), m = count();
    const auto observed = [&](int j) {
        return upside_down ? reversed(signatures_[static_cast<std::size_t>(m - 1 - j)])
                           : signatures_[static_cast<std::size_t>(j)];
    };
    const auto key_of = [&](int begin, int end) {
        return upside_down ? std::pair(m - end, m - begin) : std::pair(begin, end);
    };
    const auto height_of = [&](int j) { return heights_[static_cast<std::size_t>(upside_down ? m - 1 - j : j)]; };
    const auto too_low = [&](int row, int begin, int end) {
        double height = 0;
        for (int j = begin; j < end; ++j) height += height_of(j);
        const int own_lines = lines[static_cast<std::size_t>(row)];
        return own_lines > 1 && height < .45 * own_lines * usual_height_ ? squeezed : 0.0;
    };
    const auto tall_band = [&](int j) { return height_of(j) > .6 * usual_height_; };
    // Several bands taken as one row have to be cut anew, which is dear: they count as fitting until a path really uses
    // them.
    const auto merged_distance = [&](const Signature& own, int begin, int end) {
        const auto it = merged_.find(key_of(begin, end));
        if (it == merged_.end()) return 0.0;
        return distance(own, upside_down ? reversed(it->second) : it->second);
    };
    for (;;) {
        PathGrid grid(n, m);
        for (int i = 0; i <= n; ++i) {
            for (int j = 0; j <= m; ++j) {
                if (grid.cost(i, j) >= 1e8) continue;
                if (i < n)
                    grid.offer({i, i + 1, j, j, 1},
                               1 + .5 * static_cast<double>(wanted[static_cast<std::size_t>(i)].size()));
                if (j < m) {
                    const double tall = i > 0 && i < n && tall_band(j) ? tall_band_inside : 0;
                    grid.offer({i, i, j, j + 1, 1}, 1 + tall + .25 * static_cast<double>(observed(j).size()));
                }
                if (i >= n || j >= m) continue;
                const auto& own = wanted[static_cast<std::size_t>(i)];
                const double plain = distance(own, observed(j));
                grid.offer({i, i + 1, j, j + 1, plain}, plain + too_low(i, j, j + 1));
                // A false or partial line inside one row.
                if (m != n)
                    for (int k = 2; k <= 3 && j + k <= m; ++k) {
                        const bool inner_lines = most_cells(own) >= k;
                        if (!inner_lines && k > 2) continue;
                        const double misfit = merged_distance(own, j, j + k);
                        grid.offer({i, i + 1, j, j + k, misfit},
                                   .5 + (inner_lines ? 0 : .6 * (k - 1)) + misfit + too_low(i, j, j + k));
                    }
                // A lost line between two rows.
                if (i + 2 <= n) {
                    const auto& next = wanted[static_cast<std::size_t>(i + 1)];
                    const double low = height_of(j) < 1.4 * usual_height_ ? low_for_two : 0;
                    if (own.size() == next.size())
                        grid.offer({i, i + 2, j, j + 1, 1}, 1 + low + distance(stacked(own, next), observed(j)));
                    const double loose = std::min(distance(Signature(own.size(), 2), observed(j)),
                                                  distance(Signature(next.size(), 2), observed(j)));
                    grid.offer({i, i + 2, j, j + 1, 1}, 1.5 + low + loose);
                }
            }
        }
        Alignment result{grid.cost(n, m) / std::max(1.0, columns), grid.path(n, m)};
        bool assumed = false;
        for (const auto& step : result.steps) {
            if (step.band_end - step.band_begin < 2) continue;
            const auto key = key_of(step.band_begin, step.band_end);
            if (merged_.contains(key)) continue;
            merged_.emplace(key, cut(key.first, key.second));
            assumed = true;
        }
        if (!assumed) return result;
    }
}

} // namespace dengji::layout
