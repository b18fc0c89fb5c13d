#include "pipeline/layout/unroll.h"

#include "pipeline/layout/cuts.h"
#include "pipeline/layout/polynomial.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int mesh_nodes = 65;
constexpr int table_margin = 26;

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<long>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

using MeshRow = std::vector<cv::Point2d>;

MeshRow along(const FullLine& line) {
    MeshRow row;
    for (int i = 0; i < mesh_nodes; ++i) {
        const double x = line.left + (line.right - line.left) * i / (mesh_nodes - 1);
        row.push_back({x, line.curve(x)});
    }
    return row;
}

MeshRow beyond(const MeshRow& edge, const MeshRow& inner, double ratio) {
    MeshRow row;
    for (std::size_t i = 0; i < edge.size(); ++i) row.push_back(edge[i] - (inner[i] - edge[i]) * ratio);
    return row;
}

/// Value of a mesh row at table column x, linear between nodes, extrapolated into the margins.
cv::Point2d at_column(const MeshRow& row, double x, int width) {
    const double u = (x - table_margin) / width * (mesh_nodes - 1);
    if (u < 0) return row[0] + (row[4] - row[0]) * (u / 4);
    if (u > mesh_nodes - 1)
        return row[mesh_nodes - 1] + (row[mesh_nodes - 1] - row[mesh_nodes - 5]) * ((u - (mesh_nodes - 1)) / 4);
    const auto i = std::min(static_cast<std::size_t>(u), static_cast<std::size_t>(mesh_nodes - 2));
    return row[i] + (row[i + 1] - row[i]) * (u - static_cast<double>(i));
}

/// Builds maps (to the working image) and the unrolled grey.
void remap_table(const WorkingImage& work, const std::vector<FullLine>& lines, Table& table) {
    std::vector<MeshRow> rows;
    for (const auto& line : lines) rows.push_back(along(line));
    std::vector<double> widths;
    for (const auto& row : rows) widths.push_back(cv::norm(row.back() - row.front()));
    table.width = static_cast<int>(std::lround(median(widths)));
    std::vector<int> heights;
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        std::vector<double> distances;
        for (std::size_t k = 0; k < rows[i].size(); ++k) distances.push_back(cv::norm(rows[i + 1][k] - rows[i][k]));
        heights.push_back(std::max(1, static_cast<int>(std::lround(median(distances)))));
    }
    table.margin = table_margin;
    table.rules_y = {static_cast<double>(table_margin)};
    for (int h : heights) table.rules_y.push_back(table.rules_y.back() + h);
    rows.insert(rows.begin(), beyond(rows[0], rows[1], static_cast<double>(table_margin) / heights.front()));
    rows.push_back(beyond(rows.back(), rows[rows.size() - 2], static_cast<double>(table_margin) / heights.back()));
    heights.insert(heights.begin(), table_margin);
    heights.push_back(table_margin);

    const int full_width = table.width + 2 * table_margin;
    int full_height = 0;
    for (int h : heights) full_height += h;
    table.map_x.create(full_height, full_width, CV_32F);
    table.map_y.create(full_height, full_width, CV_32F);
    std::vector<cv::Point2f> upper(static_cast<std::size_t>(full_width)), lower(upper.size());
    const auto fill = [&](const MeshRow& row, std::vector<cv::Point2f>& out) {
        for (int x = 0; x < full_width; ++x) out[static_cast<std::size_t>(x)] = at_column(row, x, table.width);
    };
    fill(rows[0], lower);
    int y = 0;
    for (std::size_t band = 0; band < heights.size(); ++band) {
        std::swap(upper, lower);
        fill(rows[band + 1], lower);
        for (int k = 0; k < heights[band]; ++k, ++y) {
            const float t = static_cast<float>(k) / static_cast<float>(heights[band]);
            auto *mx = table.map_x.ptr<float>(y), *my = table.map_y.ptr<float>(y);
            for (std::size_t x = 0; x < upper.size(); ++x) {
                mx[x] = upper[x].x + t * (lower[x].x - upper[x].x);
                my[x] = upper[x].y + t * (lower[x].y - upper[x].y);
            }
        }
    }
    cv::remap(work.norm, table.norm, table.map_x, table.map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
    table.threshold = work.threshold;
    cv::compare(table.norm, table.threshold, table.ink, cv::CMP_LT);
    table.ink &= 1;
}

cv::Point2d mapped(const Table& table, double x, double y) {
    const int xi = std::clamp(static_cast<int>(std::lround(x)), 0, table.map_x.cols - 1);
    const int yi = std::clamp(static_cast<int>(std::lround(y)), 0, table.map_x.rows - 1);
    return {table.map_x.at<float>(yi, xi), table.map_y.at<float>(yi, xi)};
}

/// The frame's own vertical lines correct the sides that were taken from the rows' ends. True when something moved.
bool correct_sides(const Table& table, std::vector<FullLine>& lines) {
    constexpr int reach = 22;
    const double top = table.rules_y.front(), height = table.rules_y.back() - top;
    bool moved = false;
    std::vector<double> shift[2];
    for (int side = 0; side < 2; ++side) {
        const int x = table.margin + (side == 0 ? 0 : table.width);
        std::vector<double> at, by;
        for (std::size_t band = 0; band + 1 < table.rules_y.size(); ++band) {
            const int y0 = static_cast<int>(table.rules_y[band]) + 3,
                      y1 = static_cast<int>(table.rules_y[band + 1]) - 2;
            if (y1 - y0 < 6) continue;
            const int from = std::max(0, x - reach);
            const auto cover = column_cover(table.ink, from, x + reach + 1, y0, y1, 1);
            const float best = *std::max_element(cover.begin(), cover.end());
            if (best < .8F) continue;
            // The outermost of the columns that are covered best, with what lies beside it.
            std::vector<int> good;
            for (std::size_t i = 0; i < cover.size(); ++i)
                if (cover[i] >= best - .02F) good.push_back(static_cast<int>(i));
            const int outer = side == 0 ? good.front() : good.back();
            double sum = 0;
            int count = 0;
            for (int i : good)
                if (std::abs(i - outer) <= 6) sum += i, ++count;
            at.push_back((y0 + y1) / 2.0);
            by.push_back(from + sum / count - x);
        }
        if (at.size() < 3 || static_cast<double>(at.size()) < .4 * static_cast<double>(table.rules_y.size() - 1))
            continue;
        const auto fit = fit_robustly(at, by, at.size() >= 6 ? 2 : 1, 3, 8, 2);
        for (double y : table.rules_y) shift[side].push_back(fit(std::clamp(y, top, top + height)));
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const double y = table.rules_y[i];
        if (!shift[0].empty()) {
            moved |= std::abs(shift[0][i]) > 1;
            lines[i].left = mapped(table, table.margin + shift[0][i], y).x;
        }
        if (!shift[1].empty()) {
            moved |= std::abs(shift[1][i]) > 1;
            lines[i].right = mapped(table, table.margin + table.width + shift[1][i], y).x;
        }
    }
    return moved;
}

/// Does the straight line through p, q go on outside the table, in the direction away from q?
bool goes_on(const cv::Mat& ink, cv::Point2d p, cv::Point2d q) {
    const cv::Point2d step = (p - q) / cv::norm(p - q);
    int looked = 0, inked = 0;
    for (int k = 12; k < 90; ++k) {
        const cv::Point2d at = p + step * k;
        const int x = static_cast<int>(std::lround(at.x)), y = static_cast<int>(std::lround(at.y));
        if (x <= 4 || x >= ink.cols - 5 || y < 0 || y >= ink.rows) continue;
        ++looked;
        inked += cv::countNonZero(ink.row(y).colRange(x - 4, x + 5)) > 0;
    }
    return looked >= 30 && inked >= .8 * looked;
}

/// Streaks of an earlier copy are not upright: straight lines through nearly all bands that go on outside the table.
void paint_over_tilted_streaks(const WorkingImage& work, Table& table) {
    const std::size_t bands = table.rules_y.size() - 1;
    if (bands < 6) return;
    struct Crossing {
        std::size_t band;
        double y, x;
    };
    std::vector<Crossing> crossings;
    for (std::size_t band = 0; band < bands; ++band) {
        const int y0 = static_cast<int>(table.rules_y[band]), y1 = static_cast<int>(table.rules_y[band + 1]);
        for (const auto& cut : vertical_rules(table.ink, table.margin, table.margin + table.width, y0, y1, .8, 6))
            crossings.push_back({band, (y0 + y1) / 2.0, cut.at});
    }
    std::vector<Polynomial> streaks;
    const double top = table.rules_y.front(), bottom = table.rules_y.back();
    for (const auto& a : crossings) {
        if (a.band >= bands / 4) continue;
        for (const auto& b : crossings) {
            if (b.band < bands * 3 / 4) continue;
            const double slope = (b.x - a.x) / (b.y - a.y);
            if (std::abs(slope) > .15) continue;
            std::vector<double> xs, ys;
            std::vector<std::uint8_t> in_band(bands);
            for (const auto& c : crossings)
                if (std::abs(c.x - (a.x + slope * (c.y - a.y))) <= 6)
                    xs.push_back(c.x), ys.push_back(c.y), in_band[c.band] = 1;
            const auto hit = std::count(in_band.begin(), in_band.end(), 1);
            if (static_cast<double>(hit) < .8 * static_cast<double>(bands)) continue;
            const auto line = fit_polynomial(ys, xs, {}, 1);
            if (std::any_of(streaks.begin(), streaks.end(),
                            [&](const Polynomial& s) { return std::abs(s(top) - line(top)) < 8; }))
                continue;
            const auto head = mapped(table, line(top), top), foot = mapped(table, line(bottom), bottom);
            if (goes_on(work.ink, head, foot) && goes_on(work.ink, foot, head)) streaks.push_back(line);
        }
    }
    for (const auto& line : streaks) {
        for (int y = 0; y < table.norm.rows; ++y) {
            const int x = static_cast<int>(std::lround(line(y)));
            if (x < 8 || x >= table.norm.cols - 9) continue;
            auto* row = table.norm.ptr(y);
            int darkest = x;
            for (int k = x - 3; k <= x + 3; ++k)
                if (row[k] < row[darkest]) darkest = k;
            const auto paper = std::min(row[darkest - 3], row[darkest + 3]);
            for (int k = darkest - 2; k <= darkest + 2; ++k) row[k] = std::max(row[k], paper);
        }
    }
    if (!streaks.empty()) {
        cv::compare(table.norm, table.threshold, table.ink, cv::CMP_LT);
        table.ink &= 1;
    }
}

/// Half way between paper and the print of this page: the line threshold is far more sensitive and clogs blurred
/// glyphs.
int print_threshold_of(const Table& table) {
    std::array<int, 256> histogram{};
    int total = 0;
    for (int y = 0; y < table.norm.rows; y += 2) {
        const auto* row = table.norm.ptr(y);
        for (int x = 0; x < table.norm.cols; x += 2)
            if (row[x] < table.threshold) ++histogram[row[x]], ++total;
    }
    int passed = 0, quarter = 60;
    for (int v = 0; v < 256 && total > 0; ++v) {
        passed += histogram[static_cast<std::size_t>(v)];
        if (4 * passed >= total) {
            quarter = v;
            break;
        }
    }
    return std::min(table.threshold, (255 + quarter) / 2 + 5);
}

} // namespace

Table unroll(const WorkingImage& work, std::vector<FullLine> lines) {
    Table table;
    table.tonal = work.tonal;
    remap_table(work, lines, table);
    if (correct_sides(table, lines)) remap_table(work, lines, table);
    paint_over_tilted_streaks(work, table);
    table.print_threshold = print_threshold_of(table);
    cv::compare(table.norm, table.print_threshold, table.print_ink, cv::CMP_LT);
    table.print_ink &= 1;
    const auto& m = work.to_page;
    for (int y = 0; y < table.map_x.rows; ++y) {
        auto *mx = table.map_x.ptr<float>(y), *my = table.map_y.ptr<float>(y);
        const auto a = static_cast<float>(m(0, 0)), b = static_cast<float>(m(0, 1)), c = static_cast<float>(m(0, 2));
        const auto d = static_cast<float>(m(1, 0)), e = static_cast<float>(m(1, 1)), f = static_cast<float>(m(1, 2));
        for (int x = 0; x < table.map_x.cols; ++x) {
            const float u = mx[x], v = my[x];
            mx[x] = a * u + b * v + c;
            my[x] = d * u + e * v + f;
        }
    }
    return table;
}

void turn_upside_down(Table& table) {
    for (cv::Mat* image : {&table.norm, &table.ink, &table.print_ink, &table.map_x, &table.map_y})
        cv::rotate(*image, *image, cv::ROTATE_180);
    std::reverse(table.rules_y.begin(), table.rules_y.end());
    for (double& y : table.rules_y) y = table.norm.rows - 1 - y;
}

} // namespace dengji::layout
