#include "pipeline/app/field_strips.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::app {
namespace {

TEST(FieldStrips, AFieldIsCutUprightFromATurnedPage) {
    // Dark left half, pale right half of a field that stands on its head on the page.
    cv::Mat page(200, 300, CV_8UC1, cv::Scalar(255));
    page(cv::Rect(150, 80, 50, 30)) = 40;
    page(cv::Rect(100, 80, 50, 30)) = 160;
    const std::array<cv::Point2f, 4> box{cv::Point2f(200, 110), {100, 110}, {100, 80}, {200, 80}};
    const cv::Mat cut = cut_field(page, box);
    ASSERT_EQ(cut.type(), CV_8UC3);
    const int middle = cut.rows / 2;
    EXPECT_LT(cut.at<cv::Vec3b>(middle, cut.cols / 4)[0], 60);
    EXPECT_NEAR(cut.at<cv::Vec3b>(middle, 3 * cut.cols / 4)[0], 160, 10);
    EXPECT_TRUE(cut_field(page, {}).empty());
}

TEST(FieldStrips, TheAccountNamesTheDecisionTheReadersAndTheReasons) {
    reading::Reading reading;
    reading.key = "ethnicity";
    reading.value = std::string("汉族");
    reading.confidence = 0.75;
    reading.opinions = {{"a reader", "汊族", 0.6}};
    reading.reasons = {{"unsure", "识别把握不大，请核对", "not sure"}};
    std::string all;
    for (const auto& line : account_of(reading)) all += line + "\n";
    for (const char* part : {"ethnicity: review 0.750", "汉族", "a reader 0.600: 汊族", "识别把握不大"})
        EXPECT_NE(all.find(part), std::string::npos) << part;
}

TEST(FieldStrips, NothingToShowIsStillAPicture) {
    TextPainter painter;
    EXPECT_FALSE(draw_strips({}, painter).empty());
    EXPECT_FALSE(draw_strips({{{}, {"no crop"}, true}}, painter).empty());
}

} // namespace
} // namespace dengji::app
