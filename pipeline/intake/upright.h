#pragma once
#include <opencv2/core.hpp>

namespace dengji::intake {

/// A page turned by 0, 90, 180 or 270 degrees clockwise.
cv::Mat turned_upright(const cv::Mat& page, int orientation);

/// Where a place of the delivered page, whose size is `page`, lies on the turned one.
cv::Point2d upright_place(cv::Point2d place, cv::Size page, int orientation);

} // namespace dengji::intake
