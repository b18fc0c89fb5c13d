#pragma once
#include <opencv2/core.hpp>

namespace dengji::layout {

/// The ink (0/1) and, added to it, level lines that are too faint or too broken for the threshold: places that are
/// darker, averaged along the line, than the paper above and below. Hairlines on grainy copies, dashed and dotted rules
/// become whole. `norm`: flat-fielded grey of the same size.
cv::Mat with_faint_level_lines(const cv::Mat& norm, const cv::Mat& ink);

} // namespace dengji::layout
