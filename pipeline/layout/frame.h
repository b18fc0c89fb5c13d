#pragma once
#include "pipeline/layout/ruling_lines.h"

#include <vector>

namespace dengji::layout {

/// A ruling line that runs over the table's full width, with the x of its meeting with the frame's sides.
struct FullLine {
    Curve curve;
    double left = 0, right = 0;
    double cover = 0; ///< share of it that carries ink
};

/// The full-width lines of the page's table, top to bottom. Fewer than two: no table.
std::vector<FullLine> full_width_lines(const cv::Mat& ink, const std::vector<Track>& tracks);

} // namespace dengji::layout
