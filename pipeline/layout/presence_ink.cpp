#include "pipeline/layout/presence.h"

#include "pipeline/layout/fields_cell.h"
#include "pipeline/layout/ink_pieces.h"

#include <algorithm>
#include <cmath>

namespace dengji::layout {
namespace {

// All in ems.
constexpr double speck = 0.24;
constexpr double small_blot = 0.36;
constexpr double blot = 0.55;

/// Takes out the rows of a horizontal rule, but keeps the columns where ink goes on above and below: strokes across it.
/// For vertical rules `ink` is given transposed by the accessors.
template <typename At>
void take_out(At at, int from, int to, int start, int end, int along_limit, int across_limit) {
    if (start < 2 || end + 2 >= across_limit) {
        for (int i = std::max(0, from); i < std::min(to, along_limit); ++i) {
            for (int j = std::max(0, start); j <= std::min(end, across_limit - 1); ++j) {
                at(i, j) = 0;
            }
        }
        return;
    }
    for (int i = std::max(1, from); i < std::min(to, along_limit - 1); ++i) {
        const auto inked = [&](int j) { return at(i - 1, j) != 0 || at(i, j) != 0 || at(i + 1, j) != 0; };
        const bool crossed = inked(start - 1) && inked(start - 2) && inked(end + 1) && inked(end + 2);
        for (int j = start; j <= end; ++j) {
            at(i, j) = crossed ? 1 : 0;
        }
    }
}

bool round_blot(int width, int height, int pixels) {
    return pixels > 0.5 * width * height && std::max(width, height) < 1.8 * std::min(width, height);
}

/// Thin leftovers of a rule or of a printed word along the area's edge.
bool leftover(const InkPiece& p, const cv::Size& area, double em) {
    const int width = p.right - p.left + 1;
    const int height = p.bottom - p.top + 1;
    const bool beside = p.left <= 1 || p.right >= area.width - 2;
    const bool above = p.top <= 1 || p.bottom >= area.height - 2;
    return (above && height <= 0.17 * em) || (beside && width <= 0.16 * em);
}

void count_piece(const InkPiece& piece, const cv::Size& area, double em, InkAmount& amount) {
    if (piece.inside == 0) {
        return;
    }
    const int width = piece.right - piece.left + 1;
    const int height = piece.bottom - piece.top + 1;
    const double extent = std::max(width, height) / em;
    if (leftover(piece, area, em)) {
        return;
    }
    if (extent < speck || (extent < small_blot && round_blot(width, height, piece.inside))) {
        amount.specks += piece.inside / (em * em);
        ++amount.speck_count;
        return;
    }
    const double share = piece.inside / static_cast<double>(piece.pixels);
    if (share < 0.35) {
        return; // a neighbour's
    }
    if (share < 0.6 || (extent < blot && round_blot(width, height, piece.inside))) {
        amount.unsure += extent;
        return;
    }
    amount.sure += extent;
    amount.longest = std::max(amount.longest, extent);
}

/// Extent of a piece along and across a side of the area, and how far it lies from that side.
struct AlongSide {
    int length = 0;
    int spread = 0;   ///< across the side
    double thick = 0; ///< across the side, its lean taken off
    int distance = 0; ///< of its middle
};

AlongSide along(const InkPiece& p, int side, const cv::Size& area) {
    const bool upright = side == 0 || side == 2; // left, right
    const int middle = upright ? (p.left + p.right) / 2 : (p.top + p.bottom) / 2;
    const int far = upright ? area.width : area.height;
    const int length = upright ? p.bottom - p.top + 1 : p.right - p.left + 1;
    const int spread = upright ? p.right - p.left + 1 : p.bottom - p.top + 1;
    return {length, spread, p.inside / static_cast<double>(length), side < 2 ? middle : far - 1 - middle};
}

/// A leaning, dashed or second ruling line just inside a side of the area: thin pieces in one line that together reach
/// along most of the side. They are emptied.
void drop_rule_remains(std::vector<InkPiece>& pieces, const cv::Size& area, const cv::Vec4i& around, double em,
                       double softness) {
    constexpr double near = 0.6; // ems from the side
    constexpr double thin = 0.2;
    constexpr double leaning = 0.3;    // spread of a hairline that leans
    constexpr double hair = 0.1;       // pens are thicker
    constexpr double one_line = 0.3;   // spread of the pieces' distances
    constexpr double one_piece = 0.85; // of the side, when it is a single piece
    constexpr double dashes = 0.45;    // of the side, when there are several
    for (int side = 0; side < 4; ++side) {
        if (around[side] == 0) {
            continue;
        }
        const int length = side == 0 || side == 2 ? area.height : area.width;
        std::vector<size_t> line;
        int total = 0;
        int longest = 0;
        int nearest = 1 << 20;
        int farthest = 0;
        for (size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].inside == 0) {
                continue;
            }
            const AlongSide piece = along(pieces[i], side, area);
            const bool straight =
                piece.spread <= thin * em || (piece.spread <= leaning * em && piece.thick - softness <= hair * em);
            if (straight && piece.distance <= near * em && piece.length >= piece.spread) {
                line.push_back(i);
                total += piece.length;
                longest = std::max(longest, piece.length);
                nearest = std::min(nearest, piece.distance);
                farthest = std::max(farthest, piece.distance);
            }
        }
        const bool rule = longest >= one_piece * length ||
                          (line.size() > 1 && total >= dashes * length && farthest - nearest <= one_line * em);
        for (const size_t i : rule ? line : std::vector<size_t>{}) {
            pieces[i].inside = 0;
        }
    }
}

} // namespace

cv::Mat without_rules(const Table& table, const std::vector<PlacedCell>& cells) {
    cv::Mat ink = table.ink.clone();
    const auto across = [&](int along, int at) -> uchar& { return ink.at<uchar>(at, along); };
    const auto upright = [&](int along, int at) -> uchar& { return ink.at<uchar>(along, at); };
    for (const PlacedCell& placed : cells) {
        const cv::Rect2d& r = placed.rect;
        for (const double y : {r.y, r.br().y}) {
            const RuleReach reach = horizontal_rule(table, y, r.x, r.br().x);
            take_out(across, cvRound(r.x), cvRound(r.br().x), cvRound(y) - reach.before, cvRound(y) + reach.after,
                     ink.cols, ink.rows);
        }
        for (const double x : {r.x, r.br().x}) {
            const RuleReach reach = vertical_rule(table, x, r.y, r.br().y);
            take_out(upright, cvRound(r.y), cvRound(r.br().y), cvRound(x) - reach.before, cvRound(x) + reach.after,
                     ink.rows, ink.cols);
        }
    }
    return ink;
}

InkAmount measure_ink(const cv::Mat& ink, const cv::Rect& area, const cv::Vec4i& around, double em, double softness) {
    const cv::Rect window = cv::Rect(cv::Point(area.x - around[0], area.y - around[1]),
                                     cv::Point(area.br().x + around[2], area.br().y + around[3])) &
                            cv::Rect({}, ink.size());
    std::vector<InkPiece> pieces = ink_pieces(ink(window), cv::Rect(area.tl() - window.tl(), area.size()));
    drop_rule_remains(pieces, area.size(), around, em, softness);
    InkAmount amount;
    for (const InkPiece& piece : pieces) {
        count_piece(piece, area.size(), em, amount);
    }
    return amount;
}

} // namespace dengji::layout
