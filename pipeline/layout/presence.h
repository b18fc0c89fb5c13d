#pragma once
#include "pipeline/layout/seal.h"
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <optional>

namespace dengji::layout {

/// What lies in a field, in ems. Extents are the longer sides of the connected pieces.
struct InkAmount {
    double sure = 0;    ///< pieces that are surely writing of this field
    double longest = 0; ///< the longest of them
    double unsure = 0;  ///< pieces that may be a blot, or hang over a rule from the neighbouring cell
    double specks = 0;  ///< area of what is too small to be writing, square ems
    int speck_count = 0;
};

/// The ink of a table with its ruling lines taken out; strokes that cross a rule stay whole.
cv::Mat without_rules(const Table& table, const std::vector<PlacedCell>& cells);

/// Measures what lies in `area` of `ink` (0/1). `around`: how far to look beyond the area on the sides where a ruling
/// line bounds it (left, top, right, bottom; pixels), so that pieces which mostly belong to a neighbour are told apart.
/// `softness`: pixels by which smoothing has widened the strokes.
InkAmount measure_ink(const cv::Mat& ink, const cv::Rect& area, const cv::Vec4i& around, double em,
                      double softness = 0);

/// Enough for writing, too much for nothing, or neither.
Presence judge(const InkAmount& amount);

} // namespace dengji::layout
