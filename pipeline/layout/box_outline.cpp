#include "pipeline/layout/box_outline.h"

#include "pipeline/layout/box_outline_fit.h"
#include "pipeline/layout/median.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int kLeastSide = 9;
constexpr int kMostSide = 60;
constexpr double kLeastSideCover = 0.5; ///< of each side of an outline

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

/// Round corners end the stack of equal runs early: so far beyond it the row that closes the square may lie.
int corner_reach(int width) {
    return std::max(4, 2 * width / 5);
}

/// Is the row of ink that closes a square there?
bool closed_by_row(const cv::Mat& ink, const OpenSquare& square, int from, int step) {
    const int width = square.right - square.left, inset = width / 5;
    int covered = 0;
    for (int x = square.left + inset; x < square.right - inset; ++x) {
        for (int k = 0; k < corner_reach(width); ++k) {
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
    if (height < 0.2 * width || height > 1.5 * width || square.rows < 0.75 * height) return std::nullopt;
    if (!closed_by_row(ink, square, square.top - 1, -1) || !closed_by_row(ink, square, square.bottom + 1, 1))
        return std::nullopt;
    int top = square.top, bottom = square.bottom;
    const int middle = (square.left + square.right) / 2, reach = corner_reach(width);
    while (top > 0 && square.top - top < reach && !ink.at<uchar>(top - 1, middle)) --top;
    while (bottom + 1 < ink.rows && bottom - square.bottom < reach && !ink.at<uchar>(bottom + 1, middle)) ++bottom;
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
            const void* ink_at = std::memchr(row + x, 1, static_cast<std::size_t>(cut.cols - x));
            if (ink_at == nullptr) break;
            x = static_cast<int>(static_cast<const uchar*>(ink_at) - row);
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

std::optional<OutlineSize> common_size(const cv::Mat& ink, const std::vector<cv::Rect>& squares, int expected) {
    const auto alike = [](const cv::Rect& a, const cv::Rect& b) {
        return std::abs(a.width - b.width) <= std::max(1.5, 0.07 * b.width) &&
               std::abs(a.height - b.height) <= std::max(1.5, 0.07 * b.height);
    };
    // Glyphs have holes too, smaller than the boxes and sometimes more of them: the largest size that about half of the
    // boxes can have wins; else the most common one.
    const cv::Rect* best_square = nullptr;
    int best = 0;
    for (const cv::Rect& candidate : squares) {
        const auto count = static_cast<int>(std::count_if(
            squares.begin(), squares.end(), [&](const cv::Rect& other) { return alike(other, candidate); }));
        const bool enough = 2 * count >= expected, best_enough = 2 * best >= expected;
        const double growth = best_square ? double(candidate.width) / best_square->width : 1;
        const bool other_size = std::abs(growth - 1) > 0.2;
        const bool wins = enough && best_enough && other_size ? growth > 1 : count > best;
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
    const OutlineFit fit(cut, size, kLeastSideCover, least);
    const int play = fit.play();
    const int inset = height / 5, span = height - 2 * inset, enough = cvCeil(kLeastSideCover * span);

    // Ink of each column over the height of a side, kept up to date from row to row.
    cv::Mat wide;
    cv::dilate(cut, wide, cv::Mat::ones(1, 3, CV_8U));
    std::vector<uchar> sums(static_cast<std::size_t>(cut.cols), 0), side(sums.size());
    std::vector<Outline> all;
    for (int y = inset; y < inset + span - 1; ++y)
        for (int x = 0; x < cut.cols; ++x) sums[x] = static_cast<uchar>(sums[x] + wide.ptr<uchar>(y)[x]);
    for (int y = 0; y + height - play < cut.rows && y + inset + span <= cut.rows; ++y) {
        const uchar* entering = wide.ptr<uchar>(y + inset + span - 1);
        const uchar* leaving = wide.ptr<uchar>(y + inset);
        for (int x = 0; x < cut.cols; ++x) {
            const auto sum = static_cast<uchar>(sums[x] + entering[x]);
            side[x] = sum >= enough;
            sums[x] = static_cast<uchar>(sum - leaving[x]);
        }
        if (y == 0) continue;
        const int last = cut.cols - (width - play);
        for (int x = 1; x < last; ++x) {
            const void* left_side = std::memchr(&side[x - 1], 1, static_cast<std::size_t>(last - x));
            if (left_side == nullptr) break;
            x = static_cast<int>(static_cast<const uchar*>(left_side) - side.data()) + 1;
            const auto from = side.begin() + x + width - play;
            const auto to = side.begin() + std::min(x + width + play + 1, cut.cols);
            if (std::find(from, to, 1) == to) continue;
            const Outline best = fit.best_at({x, y});
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
        const int skin = std::max(3, r.width / 8);
        outline.clean = share(cut, {r.x + skin, r.y + skin, r.width - 2 * skin, r.height - 2 * skin}) < 0.04;
        const int to = r.x - cvRound(size.stroke) - 2, from = std::max(0, to - width / 2);
        if (to > from) outline.left_ink = share(cut, {from, r.y, to - from, r.height});
        outline.score = std::clamp(outline.score, 0.0, 1.0);
        outline.rect += within.tl();
        found.push_back(outline);
    }
    return found;
}

} // namespace dengji::layout
