#pragma once
#include "pipeline/layout/box_outline.h"

#include <vector>

namespace dengji::layout {

/// What was added to one box, compared with the page's own blank ones.
struct AddedInk {
    double inside = 0; ///< share of the inside that carries added ink; specks are left out
    double faint = 0;  ///< the same for the faintest ink that stands out from this page's noise (pencil)
    double core = 0;   ///< share of ink in the middle of the box: near 1 when it is filled
    double extent = 0; ///< largest extent of one stroke inside, in box widths
    double astray = 0; ///< largest extent of one stroke outside that reaches the outline, in box widths
    double left = 0, above = 0, below = 0; ///< shares of added ink in the bands beside the box
};

/// The blank box of a page: the picture that most of its boxes share, outline, paper and shade. What differs from it is
/// a mark.
class BlankBox {
public:
    /// `norm`: paper = 255. `boxes`: all boxes found. `label_gap`: pixels of paper from a box to its label. Darker than
    /// `threshold` is ink. A page without greys (not `tonal`) has no faint ink.
    BlankBox(const cv::Mat& norm, const std::vector<cv::Rect>& boxes, const OutlineSize& size, double label_gap,
             int threshold, bool tonal);

    AddedInk measure(const cv::Rect& box) const;

private:
    cv::Mat patch(const cv::Rect& box) const;
    int shade(const cv::Mat& seen) const;

    cv::Mat norm_;
    int width_, height_, margin_, stroke_;
    int label_begin_; ///< column of a patch from where on the label stands
    int threshold_;
    bool tonal_;
    double faint_step_ = 0; ///< how much darker than the blank counts as faint ink
    cv::Mat blank_; ///< darkest of the blank within a pixel, so that a box that lies half a pixel off adds nothing
};

/// Cover of the best nearly straight line through a word, from column x0 to x1 in rows [y, y + height): 1 when a stroke
/// runs all along it. Printed words reach about 0.8 by themselves.
double strike_cover(const cv::Mat& ink, int x0, int x1, int y, int height);

} // namespace dengji::layout
