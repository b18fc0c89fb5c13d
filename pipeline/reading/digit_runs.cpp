#include "pipeline/reading/digit_runs.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

constexpr int least_height = 11, most_height = 120; // pixels; a card photographed alone fills the picture
constexpr double widest = 0.85;                     // of the height; Chinese characters are wider
constexpr double height_tolerance = 0.22;
constexpr double nearest_pitch = 0.35, farthest_pitch = 2.3; // of the height, from middle to middle; one may be missing
constexpr double widest_pitch = 1.4;  // on average: characters below each other in lines of text are farther apart
constexpr double row_tolerance = 0.3; // of the height, between neighbours: skew and noise
constexpr int least_count = 9, whole_number = 18;

/// A piece of ink in the direction of reading: x along the line, y across it.
struct Piece {
    double left = 0, x = 0, y = 0, width = 0, height = 0;
    bool used = false;
};

std::vector<Piece> pieces_along(const std::vector<cv::Rect>& boxes, bool upright) {
    std::vector<Piece> pieces;
    for (const cv::Rect& box : boxes) {
        const double x = box.x + (box.width - 1) / 2.0, y = box.y + (box.height - 1) / 2.0;
        Piece piece = upright ? Piece{static_cast<double>(box.x),      x,    y, static_cast<double>(box.width),
                                      static_cast<double>(box.height), false}
                              : Piece{static_cast<double>(box.y),     y,    x, static_cast<double>(box.height),
                                      static_cast<double>(box.width), false};
        if (piece.height >= least_height && piece.height <= most_height && piece.width <= widest * piece.height)
            pieces.push_back(piece);
    }
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.x < b.x; });
    return pieces;
}

/// The piece that goes on after `from`: the nearest one of the same height on the same line.
std::size_t next_of(const std::vector<Piece>& pieces, std::size_t from) {
    const Piece& here = pieces[from];
    for (std::size_t i = from + 1; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        const double pitch = (piece.x - here.x) / here.height;
        if (pitch > farthest_pitch) break;
        if (pitch < nearest_pitch || piece.used) continue;
        if (std::abs(piece.height - here.height) > height_tolerance * here.height) continue;
        if (std::abs(piece.y - here.y) <= row_tolerance * here.height) return i;
    }
    return pieces.size();
}

void add_runs(std::vector<Piece> pieces, bool upright, std::vector<DigitRun>& runs) {
    for (std::size_t start = 0; start < pieces.size(); ++start) {
        if (pieces[start].used) continue;
        std::vector<std::size_t> chain{start};
        while (true) {
            const std::size_t next = next_of(pieces, chain.back());
            if (next == pieces.size()) break;
            chain.push_back(next);
        }
        if (static_cast<int>(chain.size()) < least_count) continue;
        const double pitch = (pieces[chain.back()].x - pieces[start].x) / static_cast<double>(chain.size() - 1);
        if (pitch > widest_pitch * pieces[start].height) continue;
        double height = 0;
        for (const std::size_t i : chain) {
            pieces[i].used = true;
            height += pieces[i].height;
        }
        const Piece &first = pieces[chain.front()], &last = pieces[chain.back()];
        DigitRun run;
        run.upright = upright;
        run.count = static_cast<int>(chain.size());
        run.height = height / static_cast<double>(chain.size());
        run.first = upright ? cv::Point2d(first.x, first.y) : cv::Point2d(first.y, first.x);
        run.last = upright ? cv::Point2d(last.x, last.y) : cv::Point2d(last.y, last.x);
        runs.push_back(run);
    }
}

} // namespace

std::vector<DigitRun> find_digit_runs(const cv::Mat& ink) {
    std::vector<DigitRun> runs;
    if (ink.empty()) return runs;
    cv::Mat labels, stats, middles;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, middles, 8, CV_32S, cv::CCL_SPAGHETTI);
    std::vector<cv::Rect> boxes;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        const cv::Rect box(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                           row[cv::CC_STAT_HEIGHT]);
        if (std::max(box.width, box.height) >= least_height) boxes.push_back(box);
    }
    add_runs(pieces_along(boxes, true), true, runs);
    add_runs(pieces_along(boxes, false), false, runs);
    std::stable_sort(runs.begin(), runs.end(), [](const DigitRun& a, const DigitRun& b) {
        return std::abs(a.count - whole_number) < std::abs(b.count - whole_number);
    });
    return runs;
}

} // namespace dengji::reading
