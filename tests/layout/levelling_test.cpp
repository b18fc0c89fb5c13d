#include "pipeline/layout/working_image.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

TEST(Levelling, LeavesTheImageItWasGivenAsItIs) {
    cv::Mat page(600, 400, CV_8U, cv::Scalar(255));
    cv::line(page, {20, 200}, {380, 230}, cv::Scalar(0), 3);
    const WorkingImage work = make_working_image(page);
    const cv::Mat norm = work.norm.clone(), ink = work.ink.clone();
    const WorkingImage level = levelled(work, 30.0 / 360);
    EXPECT_EQ(cv::norm(work.norm, norm, cv::NORM_INF), 0);
    EXPECT_EQ(cv::norm(work.ink, ink, cv::NORM_INF), 0);
    EXPECT_GT(cv::norm(level.norm, norm, cv::NORM_INF), 0);
}

TEST(Levelling, MakesConvergingRowsLevelAndKnowsTheWayBack) {
    cv::Mat page(2339, 1654, CV_8U, cv::Scalar(255));
    const double top = .03, bottom = -.03;
    const auto slope_at = [&](double y) { return top + (bottom - top) * y / page.rows; };
    const std::vector<double> middles{400, 1100, 1900};
    for (const double y : middles)
        cv::line(page, {100, cvRound(y - 727 * slope_at(y))}, {1554, cvRound(y + 727 * slope_at(y))}, cv::Scalar(0), 3);
    const WorkingImage work = make_working_image(page);
    const Fan fan{{827, 0}, top, (bottom - top) / page.rows};
    const WorkingImage level = levelled(work, fan);
    for (const double y : middles) {
        EXPECT_GT(cv::countNonZero(level.ink.row(cvRound(y))), 1300) << y;
        for (const double x : {150., 827., 1500.}) {
            const cv::Point2d place = level.place_on_page({x, y});
            EXPECT_NEAR(place.x, x, 1);
            EXPECT_NEAR(place.y, y + (x - 827) * slope_at(y), 1.5);
        }
    }
}

} // namespace
} // namespace dengji::layout
