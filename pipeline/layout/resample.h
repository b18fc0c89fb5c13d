#pragma once
#include <opencv2/core.hpp>

namespace dengji::layout {

/// The pixels of `image` (CV_8UC1) nearest to `count` places; beyond its edges lies paper (255). Quick where
/// neighbouring places are about a pixel apart and on about the same row, as along the rows of a scan.
void resample_row(const cv::Mat& image, const float* xs, const float* ys, int count, uchar* out);

} // namespace dengji::layout
