#pragma once
#include "pipeline/layout/ink_sums.h"

#include <opencv2/core.hpp>
#include <vector>

namespace dengji::layout {

/// A ruling line inside a band of the unrolled table.
struct Cut {
    double at = 0;    ///< x of a vertical, y of a horizontal line
    double cover = 0; ///< share of its length that carries ink
};

/// Vertical lines that span y0..y1 inside x0..x1: covered at least `threshold`, with light flanks, `smallest` pixels
/// away from both sides.
std::vector<Cut> vertical_rules(const InkSums& ink, int x0, int x1, int y0, int y1, double threshold = .93,
                                int smallest = 22);

/// Horizontal lines across x0..x1 inside y0..y1.
std::vector<Cut> horizontal_rules(const InkSums& ink, int x0, int x1, int y0, int y1, double threshold = .6,
                                  int smallest = 20);

/// The frame's side near x, within the band y0..y1.
double frame_side_near(const InkSums& ink, double x, int y0, int y1);

/// A band cut along its ruling lines: columns, each with its cells from top to bottom.
using BandCells = std::vector<std::vector<cv::Rect2d>>;
BandCells cut_band(const InkSums& ink, double x0, double x1, double y0, double y1);

} // namespace dengji::layout
