#include "pipeline/app/upright_picture.h"

#include "pipeline/intake/upright.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace dengji::app {
namespace {

constexpr double longest_side = 2200;
constexpr double paleness = 0.35;

} // namespace

UprightPicture::UprightPicture(const cv::Mat& page, int orientation)
    : orientation_(orientation), page_size_(page.size()),
      scale_(std::min(1.0, longest_side / std::max(page.cols, page.rows))) {
    cv::Mat small;
    cv::resize(page, small, {}, scale_, scale_, cv::INTER_AREA);
    if (small.channels() == 1) cv::cvtColor(small, small, cv::COLOR_GRAY2BGR);
    small = intake::turned_upright(small, orientation);
    small.convertTo(pixels_, CV_8UC3, 1 - paleness, 255 * paleness);
}

cv::Point2d UprightPicture::place(cv::Point2d p) const {
    return intake::upright_place(p, page_size_, orientation_) * scale_;
}

void UprightPicture::line(const std::vector<cv::Point>& points, bool closed, const cv::Scalar& colour, int thickness) {
    cv::polylines(pixels_, points, closed, colour, thickness, cv::LINE_AA);
}

void UprightPicture::tint(const std::vector<cv::Point>& polygon, const cv::Scalar& colour, double strength) {
    const cv::Rect area = cv::boundingRect(polygon) & cv::Rect({}, pixels_.size());
    if (area.empty()) return;
    cv::Mat part = pixels_(area), filled = part.clone();
    cv::fillPoly(filled, std::vector<std::vector<cv::Point>>{polygon}, colour, cv::LINE_8, 0, -area.tl());
    cv::addWeighted(filled, strength, part, 1 - strength, 0, part);
}

} // namespace dengji::app
