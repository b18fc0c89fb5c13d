#pragma once
#include "pipeline/intake/page.h"

namespace dengji::intake {

/// Measures a page (CV_8UC1 or CV_8UC3 BGR): dpi, darkness, contrast, bitonal, blank. Skew and streaks stay as they
/// are: layout knows them. `tagged_dpi` is used only when the picture's shape is not that of a sheet of paper.
Quality measure_quality(const cv::Mat& image, double tagged_dpi = 0);

/// Whether a picture has nothing but black and white; judged by some of its rows.
bool is_bitonal(const cv::Mat& image);

} // namespace dengji::intake
