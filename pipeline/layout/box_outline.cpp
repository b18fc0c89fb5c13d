#include "pipeline/layout/box_outline.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int kLeastSide = 9;
constexpr int kMostSide = 60;

/// A stack of white runs with the same ends: the inside of a box while it is being scanned.
struct OpenSquare {
    int left, right; ///< first and one past the last white pixel
    int top, bottom; ///< first and last row seen
    int rows;        ///< rows that fitted
};

double share(const cv::Mat& ink, cv::Rect area) {
    area &= cv::Rect(0, 0, ink.cols, ink.rows);
    return area.empty() ? 0 : cv::sum(ink(area))[0] / area.area();
}

/// Is the row of ink that closes a square there, within a few pixels (round corners start later than the side)?
bool closed_by_row(const cv::Mat& ink, const OpenSquare& square, int from, int step) {
    const int width = square.right - square.left, inset = width / 5;
    int covered = 0;
    for (int x = square.left + inset; x < square.right - inset; ++x) {
        for (int k = 0; k < 4; ++k) {
            const int y = from + k * step;
            if (y < 0 || y >= ink.rows) break;
            if (ink.at<uchar>(y, x)) {
                ++covered;
                break;
            }
        }
    }
    return covered >= 0.75 * (width - 2 * inset);
}

std::optional<cv::Rect> close_square(const cv::Mat& ink, const OpenSquare& square) {
    const int width = square.right - square.left, height = square.bottom - square.top + 1;
    // Round corners cost the stack up to a fifth of its rows; they belong to the inside nevertheless.
    if (height < 0.55 * width || height > 1.5 * width || square.rows < 0.75 * height) return std::nullopt;
    if (!closed_by_row(ink, square, square.top - 1, -1) || !closed_by_row(ink, square, square.bottom + 1, 1))
        return std::nullopt;
    int top = square.top, bottom = square.bottom;
    const int middle = (square.left + square.right) / 2;
    while (top > 0 && square.top - top < 4 && !ink.at<uchar>(top - 1, middle)) --top;
    while (bottom + 1 < ink.rows && bottom - square.bottom < 4 && !ink.at<uchar>(bottom + 1, middle)) ++bottom;
    const cv::Rect inside(square.left, top, width, bottom - top + 1);
    if (std::abs(inside.width - inside.height) > 0.3 * std::max(inside.width, inside.height) + 1) return std::nullopt;
    const cv::Rect core(inside.x + 2, inside.y + 2, inside.width - 4, inside.height - 4);
    if (share(ink, core) > 0.06) return std::nullopt;
    return inside;
}

/// Thickness of the outline left of and above a square, in pixels.
double stroke_around(const cv::Mat& ink, const cv::Rect& square) {
    const int x = square.x + square.width / 2, y = square.y + square.height / 2;
    int left = 0, top = 0;
    while (square.x - 1 - left >= 0 && left < square.width && ink.at<uchar>(y, square.x - 1 - left)) ++left;
    while (square.y - 1 - top >= 0 && top < square.height && ink.at<uchar>(square.y - 1 - top, x)) ++top;
    return 0.5 * (left + top);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Sums of ink along columns and rows, so that the cover of any side of a box is one subtraction.
class SideCover {
public:
    explicit SideCover(const cv::Mat& area) : rows_(area.rows), cols_(area.cols) {
        cv::Mat wide, tall;
        cv::dilate(area, wide, cv::Mat::ones(1, 3, CV_8U));
        cv::dilate(area, tall, cv::Mat::ones(3, 1, CV_8U));
        along_columns(wide, tolerant_down_);
        along_rows(tall, tolerant_across_);
        along_columns(area, plain_down_);
        along_rows(area, plain_across_);
    }

    /// Share of ink in a column x, rows [y0, y1), within one pixel left or right when tolerant. Outside the area: none.
    double column(int x, int y0, int y1, bool tolerant) const {
        if (x < 0 || x >= cols_) return 0;
        const int a = std::clamp(y0, 0, rows_), b = std::clamp(y1, 0, rows_);
        const cv::Mat& sums = tolerant ? tolerant_down_ : plain_down_;
        return y1 > y0 ? double(sums.at<ushort>(b, x) - sums.at<ushort>(a, x)) / (y1 - y0) : 0;
    }
    double row(int y, int x0, int x1, bool tolerant) const {
        if (y < 0 || y >= rows_) return 0;
        const int a = std::clamp(x0, 0, cols_), b = std::clamp(x1, 0, cols_);
        const cv::Mat& sums = tolerant ? tolerant_across_ : plain_across_;
        return x1 > x0 ? double(sums.at<ushort>(y, b) - sums.at<ushort>(y, a)) / (x1 - x0) : 0;
    }
    const cv::Mat& tolerant_down() const { return tolerant_down_; }

private:
    static void along_columns(const cv::Mat& area, cv::Mat& sums) {
        sums.create(area.rows + 1, area.cols, CV_16U);
        sums.row(0).setTo(0);
        for (int y = 0; y < area.rows; ++y) {
            const uchar* in = area.ptr<uchar>(y);
            const ushort* above = sums.ptr<ushort>(y);
            ushort* out = sums.ptr<ushort>(y + 1);
            for (int x = 0; x < area.cols; ++x) out[x] = static_cast<ushort>(above[x] + in[x]);
        }
    }
    static void along_rows(const cv::Mat& area, cv::Mat& sums) {
        sums.create(area.rows, area.cols + 1, CV_16U);
        for (int y = 0; y < area.rows; ++y) {
            const uchar* in = area.ptr<uchar>(y);
            ushort* out = sums.ptr<ushort>(y);
            ushort sum = 0;
            out[0] = 0;
            for (int x = 0; x < area.cols; ++x) out[x + 1] = sum = static_cast<ushort>(sum + in[x]);
        }
    }

    int rows_, cols_;
    cv::Mat tolerant_down_, tolerant_across_, plain_down_, plain_across_;
};

/// How well a rectangle is outlined. Sides are judged without their ends, so that round corners and a label that leans
/// on a corner do not matter.
double outline_score(const SideCover& cover, const cv::Rect& inside, int flank, double nominal_width) {
    const int cut_x = inside.width / 6, cut_y = inside.height / 6;
    const int x0 = inside.x + cut_x, x1 = inside.x + inside.width - cut_x;
    const int y0 = inside.y + cut_y, y1 = inside.y + inside.height - cut_y;
    const int left = inside.x - 1, right = inside.x + inside.width, top = inside.y - 1,
              bottom = inside.y + inside.height;
    const double sides[] = {cover.column(left, y0, y1, true), cover.column(right, y0, y1, true),
                            cover.row(top, x0, x1, true), cover.row(bottom, x0, x1, true)};
    const double weakest = *std::min_element(std::begin(sides), std::end(sides));
    double score = 0.6 * weakest + 0.1 * (sides[0] + sides[1] + sides[2] + sides[3]);
    score -= 0.25 * (cover.column(left - flank, y0, y1, false) + cover.row(top - flank, x0, x1, false) +
                     cover.row(bottom + flank, x0, x1, false));
    // Within the tolerance of a pixel, settle on the place where the outline itself is, and no outline just inside.
    score += 0.05 * (cover.column(left, y0, y1, false) + cover.column(right, y0, y1, false) +
                     cover.row(top, x0, x1, false) + cover.row(bottom, x0, x1, false) - 4);
    score -= 0.03 * (cover.column(left + 2, y0, y1, false) + cover.column(right - 2, y0, y1, false) +
                     cover.row(top + 2, x0, x1, false) + cover.row(bottom - 2, x0, x1, false));
    return score - 0.01 * std::abs(inside.width - nominal_width);
}

} // namespace

std::vector<cv::Rect> white_squares(const cv::Mat& ink, const cv::Rect& area) {
    const cv::Rect within = area & cv::Rect(0, 0, ink.cols, ink.rows);
    std::vector<cv::Rect> found;
    if (within.empty()) return found;
    const cv::Mat cut = ink(within);
    std::vector<OpenSquare> open, still_open;
    const auto close = [&](const OpenSquare& square) {
        if (square.rows < kLeastSide / 2) return;
        if (const auto inside = close_square(cut, square)) found.push_back(*inside + within.tl());
    };
    std::vector<std::pair<int, int>> runs;
    for (int y = 0; y < cut.rows; ++y) {
        const uchar* row = cut.ptr<uchar>(y);
        runs.clear();
        int last_ink = -1;
        for (int x = 0; x < cut.cols; ++x) {
            if (!row[x]) continue;
            const int length = x - last_ink - 1;
            if (last_ink >= 0 && length >= kLeastSide && length <= kMostSide) runs.emplace_back(last_ink + 1, x);
            last_ink = x;
        }
        still_open.clear();
        for (const auto& [left, right] : runs) {
            bool extended = false;
            for (OpenSquare& square : open) {
                if (square.rows == 0 || std::abs(square.left - left) > 1 || std::abs(square.right - right) > 1)
                    continue;
                OpenSquare grown = square;
                grown.bottom = y;
                ++grown.rows;
                still_open.push_back(grown);
                square.rows = 0;
                extended = true;
                break;
            }
            if (!extended) still_open.push_back({left, right, y, y, 1});
        }
        for (const OpenSquare& square : open) {
            if (square.rows == 0) continue;
            if (y - square.bottom <= 2)
                still_open.push_back(square);
            else
                close(square);
        }
        open.swap(still_open);
    }
    for (const OpenSquare& square : open) close(square);
    return found;
}

std::optional<OutlineSize> common_size(const cv::Mat& ink, const std::vector<cv::Rect>& squares) {
    const auto alike = [](const cv::Rect& a, const cv::Rect& b) {
        return std::abs(a.width - b.width) <= std::max(1.5, 0.07 * b.width) &&
               std::abs(a.height - b.height) <= std::max(1.5, 0.07 * b.height);
    };
    const cv::Rect* best_square = nullptr;
    int best = 0;
    for (const cv::Rect& candidate : squares) {
        const auto count = static_cast<int>(std::count_if(
            squares.begin(), squares.end(), [&](const cv::Rect& other) { return alike(other, candidate); }));
        // Holes in glyphs are smaller than boxes: of two sizes that are about as common the larger one is the box.
        const double growth = best_square ? double(candidate.width) / best_square->width : 1;
        const bool wins = growth > 1.2 ? count >= 0.7 * best : growth < 1 / 1.2 ? 0.7 * count > best : count > best;
        if (wins) {
            best = count;
            best_square = &candidate;
        }
    }
    if (best_square == nullptr) return std::nullopt;
    std::vector<double> widths, heights, strokes;
    for (const cv::Rect& square : squares) {
        if (!alike(square, *best_square)) continue;
        widths.push_back(square.width);
        heights.push_back(square.height);
        strokes.push_back(stroke_around(ink, square));
    }
    OutlineSize size;
    size.seen = best;
    size.width = median(widths);
    size.height = median(heights);
    size.stroke = std::clamp(median(strokes), 1.0, 0.35 * size.width);
    return size;
}

std::vector<Outline> find_outlines(const cv::Mat& ink, const cv::Rect& area, const OutlineSize& size, double least) {
    std::vector<Outline> found;
    const cv::Rect within = area & cv::Rect(0, 0, ink.cols, ink.rows);
    const int width = cvRound(size.width), height = cvRound(size.height);
    if (within.width < width + 4 || within.height < height + 4) return found;
    const cv::Mat cut = ink(within);
    const SideCover cover(cut);
    const int tolerance = std::max(1, cvRound(0.06 * size.width));
    const int flank = cvRound(size.stroke) + 3;
    const int cut_y = height / 6, span = height - 2 * cut_y, enough = cvFloor(0.5 * span);

    const cv::Mat& down = cover.tolerant_down();
    std::vector<Outline> all;
    std::vector<uchar> side(static_cast<std::size_t>(cut.cols));
    for (int y = 1; y + height - tolerance < cut.rows; ++y) {
        const ushort* upper = down.ptr<ushort>(std::min(y + cut_y, cut.rows));
        const ushort* lower = down.ptr<ushort>(std::min(y + cut_y + span, cut.rows));
        for (int x = 0; x < cut.cols; ++x) side[static_cast<std::size_t>(x)] = lower[x] - upper[x] >= enough;
        for (int x = 1; x + width - tolerance < cut.cols; ++x) {
            if (!side[static_cast<std::size_t>(x) - 1]) continue;
            Outline best;
            for (int w = width - tolerance; w <= width + tolerance; ++w) {
                if (x + w >= cut.cols || !side[static_cast<std::size_t>(x + w)]) continue;
                for (int h = height - tolerance; h <= height + tolerance; ++h) {
                    if (y + h >= cut.rows) break;
                    const cv::Rect inside(x, y, w, h);
                    const double score =
                        outline_score(cover, inside, flank, size.width) - 0.01 * std::abs(h - size.height);
                    if (score > best.score) best = {inside, score, false, 0};
                }
            }
            if (best.score >= least) all.push_back(best);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Outline& a, const Outline& b) { return a.score > b.score; });
    for (Outline& outline : all) {
        const bool beside_better = std::any_of(found.begin(), found.end(), [&](const Outline& better) {
            return std::abs(better.rect.x - within.x - outline.rect.x) <= 0.6 * width &&
                   std::abs(better.rect.y - within.y - outline.rect.y) <= 0.6 * height;
        });
        if (beside_better) continue;
        const cv::Rect& r = outline.rect;
        const int inset = std::max(3, r.width / 8);
        outline.clean = share(cut, {r.x + inset, r.y + inset, r.width - 2 * inset, r.height - 2 * inset}) < 0.04;
        const int to = r.x - cvRound(size.stroke) - 2, from = std::max(0, to - width / 2);
        if (to > from) outline.left_ink = share(cut, {from, r.y, to - from, r.height});
        outline.score = std::clamp(outline.score, 0.0, 1.0);
        outline.rect += within.tl();
        found.push_back(outline);
    }
    return found;
}

} // namespace dengji::layout
