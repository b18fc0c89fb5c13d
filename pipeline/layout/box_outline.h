#pragma once
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

namespace dengji::layout {

/// Size of the printed check boxes of a page, between the inner edges of their outline, and the thickness of that
/// outline.
struct OutlineSize {
    double width = 0, height = 0;
    double stroke = 2;
    int seen = 0; ///< squares it was measured on
};

/// A place that looks like a box's printed outline, with or without a mark in it.
struct Outline {
    cv::Rect rect;    ///< between the inner edges
    double score = 0; ///< share of the outline that is there, lowered by ink where paper should surround it; 0..1
    bool clean = false;
    double left_ink =
        0; ///< share of ink in the half box width left of it: glyphs have neighbours there, boxes hardly ever
};

/// White squares bounded by ink on all four sides within `area`: the boxes without a mark, and a few glyphs.
/// Corners may be round, and a side may be broken in a row or two. `ink` is 0/1.
std::vector<cv::Rect> white_squares(const cv::Mat& ink, const cv::Rect& area);

/// The size that the boxes share, when `expected` boxes are printed. Nothing when there are no squares.
std::optional<OutlineSize> common_size(const cv::Mat& ink, const std::vector<cv::Rect>& squares, int expected);

/// Every outline of about `size` within `area` that scores at least `least`, best first, none of them overlapping much.
std::vector<Outline> find_outlines(const cv::Mat& ink, const cv::Rect& area, const OutlineSize& size, double least);

} // namespace dengji::layout
