#pragma once
#include <opencv2/core.hpp>

namespace dengji::layout {

/// A picture of a page with its paper made evenly white, and its ink.
struct FlatField {
    cv::Mat norm; ///< 255 paper
    cv::Mat ink;  ///< 1 where darker than the threshold, else 0
};

/// Divides the local paper level out of `grey` (CV_8UC1).
FlatField flat_field(const cv::Mat& grey, int threshold);

} // namespace dengji::layout
