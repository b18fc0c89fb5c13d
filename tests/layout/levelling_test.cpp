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

} // namespace
} // namespace dengji::layout
