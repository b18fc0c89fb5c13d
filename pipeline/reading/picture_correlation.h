#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// The best normalised correlation (-1..1) of `picture` with the places of `within` where it fits: the maximum of
/// cv::matchTemplate's TM_CCOEFF_NORMED, several times faster for pictures of a few characters. A picture without
/// contrast fits anywhere: 1; a place without contrast fits nothing: 0. Both CV_8UC1, up to 500 high; `within` is at
/// least as large as `picture`.
double best_correlation(const cv::Mat& picture, const cv::Mat& within);

} // namespace dengji::reading
