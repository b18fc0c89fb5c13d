#pragma once
#include "pipeline/layout/bit_rows.h"
#include "pipeline/layout/box_outline.h"

#include <array>
#include <vector>

namespace dengji::layout {

/// Measures how well a box of about a size is outlined at any place of a picture.
class OutlineFit {
public:
    /// `area`: 0/1. Each side of an outline is covered by `least_side` at least. What cannot reach `least_score` is not
    /// looked at closely.
    OutlineFit(const cv::Mat& area, const OutlineSize& size, double least_side, double least_score);

    int play() const { return play_; } ///< boxes may be larger or smaller by this

    /// The best box whose inside begins at `corner`, with a little play in its size; score 0 when there is none.
    Outline best_at(cv::Point corner) const;

private:
    /// 64 pixels of a line of the picture.
    using Pixels = std::uint64_t;

    /// The part of a side that is judged: without its ends, so that round corners and a label that leans on a corner do
    /// not matter.
    struct Span {
        int length; ///< of the side
        Pixels judged;
        std::array<double, 65> shares; ///< of so many inked pixels
        explicit Span(int side_length);
        double share(Pixels pixels) const { return shares[static_cast<std::size_t>(std::popcount(pixels & judged))]; }
    };

    /// A line of the outline on one side.
    struct Side {
        Pixels thick = 0;          ///< ink within one pixel to either side counts
        Pixels own = 0, inner = 0; ///< of the line alone, and of that two pixels further in
    };

    /// The lines of the picture in one direction.
    struct Lines {
        BitRows own, thick;
        explicit Lines(const cv::Mat& area) : own(area), thick(own.thickened()) {}
        Side side(int line, int from, int inwards) const;
    };

    static Pixels pixels(const BitRows& lines, int line, int from);
    Outline best_under(cv::Point corner, const Span& tall, double best_score) const;

    Lines rows_, columns_; ///< the columns are the rows of the turned picture
    double width_, height_;
    int play_, flank_;
    double least_side_, least_score_;
    Span nominal_width_;
    std::vector<Span> widths_, heights_; ///< nominal size - play, …, nominal size + play
};

} // namespace dengji::layout
