#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::app {

/// A copy of a delivered page, turned upright, in colour, not larger than needed for looking at it, and paled so that
/// what is drawn on it stands out. Knows where each pixel of the delivered page went.
class UprightPicture {
public:
    /// `orientation`: 0, 90, 180, 270 degrees clockwise that turn `page` upright.
    UprightPicture(const cv::Mat& page, int orientation);

    cv::Mat& pixels() { return pixels_; }
    /// A place of the delivered page on this picture.
    cv::Point2d place(cv::Point2d on_page) const;

    void line(const std::vector<cv::Point>& points, bool closed, const cv::Scalar& colour, int thickness);
    /// Tints the inside.
    void tint(const std::vector<cv::Point>& polygon, const cv::Scalar& colour, double strength);

private:
    int orientation_;
    cv::Size page_size_;
    double scale_;
    cv::Mat pixels_;
};

} // namespace dengji::app
