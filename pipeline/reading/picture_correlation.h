#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// Where a picture fits best.
struct Correlation {
    double score = -1; ///< normalised, -1..1
    cv::Point place;   ///< of the picture's first pixel
};

/// The best normalised correlation of `picture` with the places of `within` where it fits: the maximum of
/// cv::matchTemplate's TM_CCOEFF_NORMED, several times faster for pictures of a few characters. A picture without
/// contrast fits anywhere: 1; a place without contrast fits nothing: 0. Both CV_8UC1, up to 500 high; `within` is at
/// least as large as `picture`.
Correlation best_place(const cv::Mat& picture, const cv::Mat& within);

inline double best_correlation(const cv::Mat& picture, const cv::Mat& within) {
    return best_place(picture, within).score;
}

} // namespace dengji::reading
