#include "pipeline/reading/picture_correlation.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

cv::Mat noise(int width, int height, int seed, double softness) {
    cv::Mat made(height, width, CV_8UC1);
    cv::RNG(static_cast<std::uint64_t>(seed)).fill(made, cv::RNG::UNIFORM, 0, 256);
    if (softness > 0) cv::GaussianBlur(made, made, {}, softness);
    return made;
}

double by_opencv(const cv::Mat& picture, const cv::Mat& within) {
    cv::Mat response;
    cv::matchTemplate(within, picture, response, cv::TM_CCOEFF_NORMED);
    double best = 0;
    cv::minMaxLoc(response, nullptr, &best);
    return best;
}

TEST(BestCorrelation, IsTheMaximumOfOpenCvsTemplateMatch) {
    int seed = 1;
    for (const int width : {2, 7, 15, 16, 17, 40, 211})
        for (const int height : {2, 9, 28})
            for (const int slack : {0, 1, 8}) {
                const cv::Mat picture = noise(width, height, seed++, 0.7);
                const cv::Mat within = noise(width + slack, height + slack, seed++, 0.7);
                EXPECT_NEAR(best_correlation(picture, within), by_opencv(picture, within), 1e-4)
                    << width << " x " << height << " + " << slack;
            }
}

TEST(BestCorrelation, FindsThePictureWhereverItStands) {
    const cv::Mat picture = noise(30, 20, 5, 1), brighter = picture * 0.5 + 60;
    for (const cv::Point at : {cv::Point(0, 0), cv::Point(3, 1), cv::Point(8, 8)}) {
        cv::Mat within = noise(38, 28, 6, 1);
        brighter.copyTo(within(cv::Rect(at, picture.size())));
        EXPECT_GT(best_correlation(picture, within), 0.99);
    }
    EXPECT_NEAR(best_correlation(picture, picture), 1, 1e-9);
    EXPECT_NEAR(best_correlation(picture, 255 - picture), -1, 1e-9);
}

TEST(BestCorrelation, WithoutContrastThereIsNothingToCompare) {
    const cv::Mat flat(12, 12, CV_8UC1, cv::Scalar(90)), lively = noise(12, 12, 3, 0);
    EXPECT_EQ(best_correlation(flat, lively), 1);
    EXPECT_EQ(best_correlation(lively, flat), 0);
}

} // namespace
} // namespace dengji::reading
