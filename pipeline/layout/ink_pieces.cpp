#include "pipeline/layout/ink_pieces.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace dengji::layout {
namespace {

struct InkRun {
    int begin, end; ///< columns, half open
    int piece;      ///< index of its provisional piece
};

/// Appends the stretches of ink of a row. Paper is skipped eight pixels at a time: there is much more of it.
void find_runs(const uchar* row, int width, std::vector<InkRun>& runs) {
    int x = 0;
    while (x < width) {
        std::uint64_t eight = 0;
        if (x + 8 <= width) {
            std::memcpy(&eight, row + x, sizeof eight);
            if (eight == 0) {
                x += 8;
                continue;
            }
        }
        if (row[x] == 0) {
            ++x;
            continue;
        }
        const int begin = x;
        while (x < width && row[x] != 0) ++x;
        runs.push_back({begin, x, -1});
    }
}

/// Pieces that turn out to be one are joined by letting one point to the other.
class Joined {
public:
    int add() {
        parents_.push_back(static_cast<int>(parents_.size()));
        return parents_.back();
    }
    int root(int piece) {
        while (parent(piece) != piece) {
            parent(piece) = parent(parent(piece)); // shortens the way for the next
            piece = parent(piece);
        }
        return piece;
    }
    /// The older of the two stays.
    int join(int a, int b) {
        a = root(a), b = root(b);
        parent(std::max(a, b)) = std::min(a, b);
        return std::min(a, b);
    }
    int size() const { return static_cast<int>(parents_.size()); }

private:
    int& parent(int piece) { return parents_[static_cast<std::size_t>(piece)]; }

    std::vector<int> parents_;
};

void count_run(InkPiece& piece, const InkRun& run, int y, const cv::Rect& area) {
    piece.pixels += run.end - run.begin;
    const int from = std::max(run.begin, area.x), to = std::min(run.end, area.br().x);
    if (y < area.y || y >= area.br().y || from >= to) return;
    piece.inside += to - from;
    piece.left = std::min(piece.left, from - area.x);
    piece.right = std::max(piece.right, to - 1 - area.x);
    piece.top = std::min(piece.top, y - area.y);
    piece.bottom = std::max(piece.bottom, y - area.y);
}

void add_up(InkPiece& whole, const InkPiece& part) {
    whole.pixels += part.pixels;
    whole.inside += part.inside;
    whole.left = std::min(whole.left, part.left);
    whole.right = std::max(whole.right, part.right);
    whole.top = std::min(whole.top, part.top);
    whole.bottom = std::max(whole.bottom, part.bottom);
}

} // namespace

std::vector<InkPiece> ink_pieces(const cv::Mat& ink, const cv::Rect& area) {
    Joined joined;
    std::vector<InkPiece> parts;
    std::vector<InkRun> above, runs;
    for (int y = 0; y < ink.rows; ++y) {
        std::swap(above, runs);
        runs.clear();
        find_runs(ink.ptr(y), ink.cols, runs);
        auto first = above.begin();
        for (InkRun& run : runs) {
            while (first != above.end() && first->end < run.begin) ++first;
            for (auto other = first; other != above.end() && other->begin <= run.end; ++other)
                run.piece = run.piece < 0 ? joined.root(other->piece) : joined.join(run.piece, other->piece);
            if (run.piece < 0) {
                run.piece = joined.add();
                parts.emplace_back();
            }
            count_run(parts[static_cast<std::size_t>(run.piece)], run, y, area);
        }
    }
    std::vector<InkPiece> pieces;
    std::vector<std::size_t> place(parts.size());
    for (int i = 0; i < joined.size(); ++i) {
        const int root = joined.root(i);
        const auto part = static_cast<std::size_t>(i);
        if (root == i) {
            place[part] = pieces.size();
            pieces.push_back(parts[part]);
        } else {
            add_up(pieces[place[static_cast<std::size_t>(root)]], parts[part]);
        }
    }
    return pieces;
}

} // namespace dengji::layout
