#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// Of a field's written lines the one that its number stands in: that with most room. There must be one.
cv::Rect number_extent(const std::vector<cv::Rect>& extents);

/// That line cut from a field whose paper flatten_paper has flattened, with some paper around the writing, as the digit
/// net takes it. CV_8UC1.
cv::Mat number_line(const cv::Mat& flat, const cv::Rect& extent);

} // namespace dengji::reading
