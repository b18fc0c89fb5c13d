#include "pipeline/layout/paper.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {

void whiten_around_paper(const cv::Mat& grey, cv::Mat& norm) {
    constexpr int reduction = 8;
    cv::Mat small, bright;
    cv::resize(grey, small, {std::max(1, grey.cols / reduction), std::max(1, grey.rows / reduction)}, 0, 0,
               cv::INTER_NEAREST);
    cv::medianBlur(small, small, 5); // writing and rules vanish, the paper's edge stays
    cv::threshold(small, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    cv::Mat labels, statistics, centres;
    const int count = cv::connectedComponentsWithStats(bright, labels, statistics, centres, 4);
    int largest = 0, largest_area = 0;
    for (int i = 1; i < count; ++i)
        if (statistics.at<int>(i, cv::CC_STAT_AREA) > largest_area)
            largest = i, largest_area = statistics.at<int>(i, cv::CC_STAT_AREA);
    const double whole = static_cast<double>(small.total());
    if (largest_area < .3 * whole || largest_area > .97 * whole) return;
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(labels == largest, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    if (outlines.empty()) return;
    std::vector<cv::Point> hull;
    cv::convexHull(outlines.front(), hull);
    const double area = cv::contourArea(hull);
    // A sheet is a solid shape, and what lies around it is clearly darker.
    if (area > .97 * whole || cv::contourArea(outlines.front()) < .88 * area) return;
    cv::Mat inside = cv::Mat::zeros(small.size(), CV_8U);
    cv::fillConvexPoly(inside, hull, 255);
    if (cv::mean(small, inside)[0] - cv::mean(small, ~inside)[0] < 25) return;
    cv::erode(inside, inside, cv::Mat::ones(3, 3, CV_8U), {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar(255));
    cv::Mat outside;
    cv::resize(inside, outside, norm.size(), 0, 0, cv::INTER_NEAREST);
    norm.setTo(255, outside == 0);
}

} // namespace dengji::layout
