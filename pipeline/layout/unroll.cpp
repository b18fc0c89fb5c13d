#include "pipeline/layout/unroll.h"

#include "pipeline/layout/cuts.h"
#include "pipeline/layout/median.h"
#include "pipeline/layout/polynomial.h"
#include "pipeline/layout/resample.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int mesh_nodes = 65;
constexpr int table_margin = 26;

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

/// The table's own grid laid over the working image: mesh rows on the full-width lines, with a margin around.
class Mesh {
public:
    explicit Mesh(const std::vector<FullLine>& lines) {
        for (const auto& line : lines) rows_.push_back(along(line));
        std::vector<double> widths;
        for (const auto& row : rows_) widths.push_back(cv::norm(row.back() - row.front()));
        width_ = std::max(1, static_cast<int>(std::lround(median(widths))));
        for (std::size_t i = 0; i + 1 < rows_.size(); ++i) {
            std::vector<double> distances;
            for (std::size_t k = 0; k < rows_[i].size(); ++k)
                distances.push_back(cv::norm(rows_[i + 1][k] - rows_[i][k]));
            heights_.push_back(std::max(1, static_cast<int>(std::lround(median(distances)))));
        }
        rules_y_ = {static_cast<double>(table_margin)};
        for (int h : heights_) rules_y_.push_back(rules_y_.back() + h);
        rows_.insert(rows_.begin(), beyond(rows_[0], rows_[1], static_cast<double>(table_margin) / heights_.front()));
        rows_.push_back(
            beyond(rows_.back(), rows_[rows_.size() - 2], static_cast<double>(table_margin) / heights_.back()));
        heights_.insert(heights_.begin(), table_margin);
        heights_.push_back(table_margin);
    }

    int table_width() const { return width_; }
    const std::vector<double>& rules_y() const { return rules_y_; }
    cv::Size size() const { return {width_ + 2 * table_margin, static_cast<int>(rules_y_.back()) + table_margin}; }

    /// The mesh at a height of the table, between two of its rows.
    MeshRow row_at(double y) const {
        double top = 0;
        std::size_t band = 0;
        while (band + 1 < heights_.size() && y >= top + heights_[band]) top += heights_[band++];
        const double t = (y - top) / heights_[band];
        MeshRow row = rows_[band];
        for (std::size_t i = 0; i < row.size(); ++i) row[i] += (rows_[band + 1][i] - row[i]) * t;
        return row;
    }

    /// Working-image place of a table pixel inside the mesh.
    cv::Point2d at(double x, double y) const { return at_column(row_at(y), x, width_); }

    /// Columns [from, to) of the table, taken from `image`.
    cv::Mat unrolled(const cv::Mat& image, int from, int to) const {
        const int columns = to - from;
        const auto n = static_cast<std::size_t>(columns);
        cv::Mat out(size().height, columns, CV_8U);
        std::vector<float> upper_x(n), upper_y(n), lower_x(n), lower_y(n);
        const auto fill = [&](const MeshRow& row, std::vector<float>& to_x, std::vector<float>& to_y) {
            for (std::size_t i = 0; i < n; ++i) {
                const auto p = at_column(row, from + static_cast<double>(i), width_);
                to_x[i] = static_cast<float>(p.x), to_y[i] = static_cast<float>(p.y);
            }
        };
        fill(rows_[0], lower_x, lower_y);
        int y = 0;
        for (std::size_t band = 0; band < heights_.size(); ++band) {
            std::swap(upper_x, lower_x);
            std::swap(upper_y, lower_y);
            fill(rows_[band + 1], lower_x, lower_y);
            for (int k = 0; k < heights_[band]; ++k, ++y) {
                const float t = static_cast<float>(k) / static_cast<float>(heights_[band]);
                const auto place = [&](int at) {
                    const auto i = static_cast<std::size_t>(at);
                    return cv::Point2f(upper_x[i] + t * (lower_x[i] - upper_x[i]),
                                       upper_y[i] + t * (lower_y[i] - upper_y[i]));
                };
                resample_row(image, place, columns, out.ptr(y));
            }
        }
        return out;
    }

private:
    std::vector<MeshRow> rows_;
    std::vector<int> heights_;
    std::vector<double> rules_y_;
    int width_ = 0;
};

/// The frame's own vertical lines correct the sides that were taken from the rows' ends. True when something moved.
bool correct_sides(const WorkingImage& work, const Mesh& mesh, std::vector<FullLine>& lines) {
    constexpr int reach = 22;
    const auto& rules_y = mesh.rules_y();
    bool moved = false;
    for (int side = 0; side < 2; ++side) {
        const int x = table_margin + (side == 0 ? 0 : mesh.table_width());
        const cv::Mat strip = mesh.unrolled(work.norm, x - reach, x + reach + 1);
        cv::Mat ink;
        cv::threshold(strip, ink, work.threshold - 1, 1, cv::THRESH_BINARY_INV);
        const InkSums sums(ink);
        std::vector<double> at, by;
        for (std::size_t band = 0; band + 1 < rules_y.size(); ++band) {
            const int y0 = static_cast<int>(rules_y[band]) + 3, y1 = static_cast<int>(rules_y[band + 1]) - 2;
            if (y1 - y0 < 6) continue;
            const auto cover = sums.columns(0, ink.cols, y0, y1, true);
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
            by.push_back(sum / count - reach);
        }
        if (at.size() < 3 || static_cast<double>(at.size()) < .4 * static_cast<double>(rules_y.size() - 1)) continue;
        const auto fit = fit_robustly(at, by, at.size() >= 6 ? 2 : 1, 3, 8, 2);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const double shift = fit(rules_y[i]);
            moved |= std::abs(shift) > .3;
            (side == 0 ? lines[i].left : lines[i].right) = mesh.at(x + shift, rules_y[i]).x;
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
/// True when there were any.
bool paint_over_tilted_streaks(const WorkingImage& work, const Mesh& mesh, const InkSums& sums, Table& table) {
    const std::size_t bands = table.rules_y.size() - 1;
    if (bands < 6) return false;
    struct Crossing {
        std::size_t band;
        double y, x;
    };
    std::vector<Crossing> crossings;
    for (std::size_t band = 0; band < bands; ++band) {
        const int y0 = static_cast<int>(table.rules_y[band]), y1 = static_cast<int>(table.rules_y[band + 1]);
        for (const auto& cut : vertical_rules(sums, table.margin, table.margin + table.width, y0, y1, .8, 6))
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
            const auto head = mesh.at(line(top), top), foot = mesh.at(line(bottom), bottom);
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
    return !streaks.empty();
}

/// Half way between paper and the print of this page: the line threshold is far more sensitive and clogs blurred
/// glyphs.
int print_threshold_of(const Table& table) {
    std::array<int, 256> histogram{};
    int total = 0;
    constexpr int every = 3; // a ninth of the pixels is plenty
    for (int y = 0; y < table.norm.rows; y += every) {
        const auto* row = table.norm.ptr(y);
        for (int x = 0; x < table.norm.cols; x += every)
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

Unrolled unroll(const WorkingImage& work, std::vector<FullLine> lines, bool faint) {
    Mesh mesh(lines);
    if (correct_sides(work, mesh, lines)) mesh = Mesh(lines);
    Table table;
    table.tonal = work.tonal;
    table.margin = table_margin;
    table.width = mesh.table_width();
    table.rules_y = mesh.rules_y();
    table.threshold = work.threshold;
    table.norm = mesh.unrolled(work.norm, 0, mesh.size().width);
    const auto find_ink = [&] {
        cv::threshold(table.norm, table.ink, table.threshold - 1, 1, cv::THRESH_BINARY_INV);
        return faint ? InkSums(table.ink, table.norm) : InkSums(table.ink);
    };
    InkSums sums = find_ink();
    if (paint_over_tilted_streaks(work, mesh, sums, table)) sums = find_ink();
    table.print_threshold = print_threshold_of(table);
    cv::threshold(table.norm, table.print_ink, table.print_threshold - 1, 1, cv::THRESH_BINARY_INV);
    // One node more than there are pixels: every pixel lies between nodes.
    const cv::Size nodes((table.norm.cols - 1) / Table::map_step + 2, (table.norm.rows - 1) / Table::map_step + 2);
    table.map_x.create(nodes, CV_32F);
    table.map_y.create(nodes, CV_32F);
    for (int y = 0; y < nodes.height; ++y) {
        const auto row = mesh.row_at(y * Table::map_step);
        for (int x = 0; x < nodes.width; ++x) {
            const auto p = work.place_on_page(at_column(row, x * Table::map_step, mesh.table_width()));
            table.map_x.at<float>(y, x) = static_cast<float>(p.x);
            table.map_y.at<float>(y, x) = static_cast<float>(p.y);
        }
    }
    return {std::move(table), std::move(sums)};
}

void turn_upside_down(Unrolled& unrolled) {
    Table& table = unrolled.table;
    // The maps' nodes count from the top left corner, which becomes another one: they are sampled anew.
    const Table old = table;
    for (cv::Mat* image : {&table.norm, &table.ink, &table.print_ink}) {
        cv::Mat turned;
        cv::rotate(*image, turned, cv::ROTATE_180);
        *image = turned;
    }
    table.map_x = old.map_x.clone();
    table.map_y = old.map_y.clone();
    for (int y = 0; y < table.map_x.rows; ++y)
        for (int x = 0; x < table.map_x.cols; ++x) {
            const auto p = old.to_page({static_cast<double>(old.norm.cols - 1 - x * Table::map_step),
                                        static_cast<double>(old.norm.rows - 1 - y * Table::map_step)});
            table.map_x.at<float>(y, x) = static_cast<float>(p.x);
            table.map_y.at<float>(y, x) = static_cast<float>(p.y);
        }
    unrolled.sums = unrolled.sums.knows_grey() ? InkSums(table.ink, table.norm) : InkSums(table.ink);
    std::reverse(table.rules_y.begin(), table.rules_y.end());
    for (double& y : table.rules_y) y = table.norm.rows - 1 - y;
}

} // namespace dengji::layout
