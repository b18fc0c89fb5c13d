#include "ocr/digit_framing.h"

#include <dengji_project.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::ocr {
namespace {

/// What training/digits/framing_fixture.py wrote: the net is trained on what the Python makes of a crop.
struct Case {
    cv::Mat grey;
    std::vector<cv::Mat> views; ///< CV_8UC1, ink in 255ths
};

cv::Mat from_hex(const std::string& hex, int rows) {
    std::vector<uchar> bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<uchar>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return cv::Mat(bytes, true).reshape(1, rows);
}

std::vector<Case> cases() {
    std::ifstream file(std::filesystem::path(DENGJI_SOURCE_DIR) / "tests/ocr/data/digit_framing.txt");
    std::vector<Case> found;
    for (std::string word, hex; file >> word;) {
        int width = 0, height = digit_line_height;
        file >> width;
        if (word == "crop") file >> height;
        file >> hex;
        const cv::Mat image = from_hex(hex, height);
        EXPECT_EQ(image.cols, width);
        if (word == "crop")
            found.push_back({image, {}});
        else
            found.back().views.push_back(image);
    }
    return found;
}

const std::vector<DigitMargins> two_views{{0.22, 0.22, 0.35, 0.35, 1.3}, {0.15, 0.19, 0.30, 0.40, 1.15}};

/// Bars like the digits 1111, dark on light.
cv::Mat bars(int paper = 250, int ink = 40) {
    cv::Mat grey(60, 160, CV_8U, cv::Scalar(paper));
    for (int i = 0; i < 4; ++i) cv::rectangle(grey, {30 + 28 * i, 15, 6, 30}, cv::Scalar(ink), cv::FILLED);
    return grey;
}

TEST(DigitFraming, IsThatOfTheTraining) {
    const auto all = cases();
    ASSERT_GE(all.size(), 5u);
    for (const Case& c : all) {
        const auto framed = frame_digits(c.grey, two_views).views;
        ASSERT_EQ(framed.size(), c.views.size());
        for (std::size_t i = 0; i < framed.size(); ++i) {
            cv::Mat bytes, difference;
            framed[i].convertTo(bytes, CV_8U, 255);
            ASSERT_EQ(bytes.size(), c.views[i].size());
            cv::absdiff(bytes, c.views[i], difference);
            double most = 0;
            cv::minMaxLoc(difference, nullptr, &most);
            EXPECT_LE(most, 1);
        }
    }
}

TEST(DigitFraming, FindsNothingOnEmptyPaper) {
    EXPECT_TRUE(frame_digits({}, two_views).views.empty());
    EXPECT_TRUE(frame_digits(cv::Mat(40, 100, CV_8U, cv::Scalar(255)), two_views).views.empty());
    EXPECT_TRUE(frame_digits(cv::Mat(1, 1, CV_8U, cv::Scalar(0)), two_views).views.empty());
    cv::Mat bordered(40, 200, CV_8U, cv::Scalar(240));
    bordered.rowRange(0, 2).setTo(30);
    bordered.colRange(0, 2).setTo(30);
    EXPECT_TRUE(frame_digits(bordered, two_views).views.empty());
}

TEST(DigitFraming, LeavesOutBordersAndUnderlines) {
    const cv::Rect plain = digit_box(digit_ink(bars()));
    EXPECT_NEAR(plain.x, 30, 1);
    EXPECT_NEAR(plain.br().x, 30 + 28 * 3 + 6, 1);
    cv::Mat ruled = bars();
    ruled.rowRange(54, 56).setTo(40);
    ruled.colRange(0, 2).setTo(40);
    const cv::Rect box = digit_box(digit_ink(ruled));
    EXPECT_NEAR(box.x, plain.x, 1);
    EXPECT_NEAR(box.y, plain.y, 1);
    EXPECT_NEAR(box.br().x, plain.br().x, 1);
    EXPECT_NEAR(box.br().y, plain.br().y, 1);
}

TEST(DigitFraming, NoticesWritingThatIsCutOff) {
    EXPECT_FALSE(frame_digits(bars(), two_views).at_edge);
    EXPECT_TRUE(frame_digits(bars().colRange(0, 117), two_views).at_edge);
    EXPECT_TRUE(frame_digits(bars().colRange(33, 160), two_views).at_edge);
    EXPECT_TRUE(frame_digits(bars().rowRange(0, 40), two_views).at_edge);
}

TEST(DigitFraming, DoesNotDependOnPaperInkOrScale) {
    const cv::Mat usual = frame_digits(bars(), two_views).views.front();
    for (const cv::Mat& other : {bars(200, 60), bars(255, 0)})
        EXPECT_LT(cv::norm(usual, frame_digits(other, two_views).views.front(), cv::NORM_INF), 0.02);
    cv::Mat large;
    cv::resize(bars(), large, {}, 2, 2, cv::INTER_NEAREST);
    const cv::Mat framed = frame_digits(large, two_views).views.front();
    EXPECT_NEAR(framed.cols, usual.cols, 3);
    EXPECT_EQ(framed.rows, digit_line_height);
}

TEST(DigitFraming, SurvivesWhatIsNoLine) {
    cv::RNG random(7);
    for (const cv::Size size :
         {cv::Size(1, 80), cv::Size(900, 3), cv::Size(33, 33), cv::Size(2, 2), cv::Size(3000, 40)}) {
        cv::Mat noise(size, CV_8U);
        random.fill(noise, cv::RNG::UNIFORM, 0, 256);
        for (const cv::Mat& view : frame_digits(noise, two_views).views) {
            EXPECT_EQ(view.rows, digit_line_height);
            EXPECT_LE(view.cols, 1024);
            EXPECT_TRUE(cv::checkRange(view, true, nullptr, 0, 1.0001));
        }
    }
}

} // namespace
} // namespace dengji::ocr
