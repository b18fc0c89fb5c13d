#include "pipeline/reading/digit_runs.h"

#include "tests/reading/drawn_card.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

cv::Mat ink_of(const cv::Mat& grey) {
    cv::Mat ink;
    cv::threshold(grey, ink, 200, 1, cv::THRESH_BINARY_INV);
    return ink;
}

cv::Mat page_with_number(double tilt) {
    cv::Mat strip(80, 700, CV_8UC1, cv::Scalar(255));
    int x = 20;
    for (const char digit : std::string("510225198311029922")) {
        draw_text(strip, std::string(1, digit), {x, 25}, 34, 20);
        x += 20;
    }
    return page_with_card(strip, tilt, {300, 900});
}

TEST(DigitRuns, ANumberIsFoundEveryWayUpAndTilted) {
    for (const double tilt : {-6.0, 0.0, 6.0}) {
        cv::Mat page = page_with_number(tilt);
        for (int quarter = 0; quarter < 4; ++quarter) {
            const auto runs = find_digit_runs(ink_of(page));
            ASSERT_EQ(runs.size(), 1u) << tilt << " " << quarter;
            EXPECT_GE(runs[0].count, 16);
            EXPECT_EQ(runs[0].upright, quarter % 2 == 0);
            EXPECT_NEAR(cv::norm(runs[0].last - runs[0].first), 17 * 20, 25);
            cv::rotate(page, page, cv::ROTATE_90_CLOCKWISE);
        }
    }
}

TEST(DigitRuns, RunningTextHasNone) {
    cv::Mat page(2339, 1654, CV_8UC1, cv::Scalar(255));
    for (int y = 150; y < 2100; y += 45)
        draw_text(page, "各镇街要进一步加强对失业人员的登记服务引导通过网上渠道办理有关事项并按月上报", {150, y}, 30,
                  20);
    EXPECT_TRUE(find_digit_runs(ink_of(page)).empty());
}

TEST(DigitRuns, NothingHasNone) {
    EXPECT_TRUE(find_digit_runs(cv::Mat()).empty());
    EXPECT_TRUE(find_digit_runs(cv::Mat::zeros(50, 50, CV_8UC1)).empty());
}

} // namespace
} // namespace dengji::reading
