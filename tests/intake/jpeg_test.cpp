#include "tests/intake/fixtures.h"

#include "pipeline/intake/pixels.h"

#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::intake::test {
namespace {

using testing::HasSubstr;

TEST(Jpeg, GreyStaysOneChannel) {
    const TempFolder folder;
    const Page page = first_page(folder.write("a.jpg", jpeg(sheet())));
    EXPECT_LT(difference(page.image, sheet()), 2);
}

TEST(Jpeg, ColourIsBgr) {
    const TempFolder folder;
    const Page page = first_page(folder.write("a.jpg", jpeg(colour_sheet())));
    EXPECT_LT(difference(page.image, colour_sheet()), 4);
}

TEST(Jpeg, ProgressiveIsRead) {
    const TempFolder folder;
    EXPECT_LT(difference(first_page(folder.write("a.jpg", progressive_jpeg(sheet()))).image, sheet()), 2);
}

class JpegOrientation : public testing::TestWithParam<std::tuple<int, bool>> {};

// The picture is stored so that the orientation sets it right again.
TEST_P(JpegOrientation, IsApplied) {
    const auto [orientation, little] = GetParam();
    const int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
    const cv::Mat stored = turn_upright(sheet(), inverse);
    const TempFolder folder;
    const Page page = first_page(folder.write("phone.jpg", with_exif(jpeg(stored), orientation, little)));
    EXPECT_LT(difference(page.image, sheet()), 2);
}

INSTANTIATE_TEST_SUITE_P(All, JpegOrientation, testing::Combine(testing::Range(1, 9), testing::Bool()));

TEST(Jpeg, TurnsAsExifSays) {
    // Orientation 6: the stored top left corner belongs at the top right.
    cv::Mat stored(2, 3, CV_8UC1, cv::Scalar(0));
    stored.at<std::uint8_t>(0, 0) = 9;
    const cv::Mat upright = turn_upright(stored, 6);
    ASSERT_EQ(upright.size(), cv::Size(2, 3));
    EXPECT_EQ(upright.at<std::uint8_t>(0, 1), 9);
    // Orientation 5 mirrors along the main diagonal, 7 along the other.
    EXPECT_EQ(turn_upright(stored, 5).at<std::uint8_t>(0, 0), 9);
    EXPECT_EQ(turn_upright(stored, 7).at<std::uint8_t>(2, 1), 9);
}

TEST(Jpeg, BrokenExifIsIgnored) {
    const TempFolder folder;
    Data file = with_exif(jpeg(sheet()), 6);
    file[22] = 0xFF; // the number of entries and their place lie beyond the block
    file[21] = 0xFF;
    file[16] = 0xFF;
    EXPECT_LT(difference(first_page(folder.write("a.jpg", file)).image, sheet()), 2);
}

class JpegInkKinds : public testing::TestWithParam<JpegInks> {};

TEST_P(JpegInkKinds, GiveTheSameColours) {
    // Pure red on white, black text below.
    cv::Mat cmyk(160, 120, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    cmyk(cv::Rect(20, 20, 60, 40)).setTo(cv::Scalar(0, 255, 255, 0));
    cmyk(cv::Rect(20, 90, 60, 40)).setTo(cv::Scalar(0, 0, 0, 255));
    cv::Mat stored = cmyk;
    if (GetParam() != JpegInks::plain_cmyk) cv::bitwise_not(cmyk, stored);

    const TempFolder folder;
    const cv::Mat image = first_page(folder.write("a.jpg", cmyk_jpeg(stored, GetParam()))).image;
    ASSERT_EQ(image.type(), CV_8UC3);
    const auto near = [&](int x, int y, cv::Vec3b colour) { return cv::norm(image.at<cv::Vec3b>(y, x), colour) < 40; };
    EXPECT_TRUE(near(100, 5, {255, 255, 255}));
    EXPECT_TRUE(near(50, 40, {0, 0, 255}));
    EXPECT_TRUE(near(50, 110, {0, 0, 0}));
}

INSTANTIATE_TEST_SUITE_P(All, JpegInkKinds,
                         testing::Values(JpegInks::plain_cmyk, JpegInks::adobe_cmyk, JpegInks::adobe_ycck));

// OpenCV takes a truncated JPEG without a word and fills the rest with grey.
TEST(Jpeg, TruncatedIsRefusedWhereverItEnds) {
    const TempFolder folder;
    for (const Data& whole : {jpeg(sheet()), jpeg(colour_sheet()), progressive_jpeg(sheet())}) {
        for (const double share : {0.2, 0.5, 0.8, 0.97}) {
            const auto size = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
            const auto file = folder.write("cut.jpg", std::span(whole).first(size));
            const Error error = refusal_of([&] { first_page(file); });
            EXPECT_THAT(error.message(), HasSubstr("JPEG")) << share;
        }
    }
}

TEST(Jpeg, OnlyTheEndMarkMissingIsNoLoss) {
    const TempFolder folder;
    const Data whole = jpeg(sheet());
    const auto file = folder.write("a.jpg", std::span(whole).first(whole.size() - 2));
    EXPECT_LT(difference(first_page(file).image, sheet()), 2);
    const Data scans = progressive_jpeg(sheet()); // here whole scans may be missing
    refusal_of([&] { first_page(folder.write("b.jpg", std::span(scans).first(scans.size() - 2))); });
}

TEST(Jpeg, CorruptMiddleIsRefused) {
    const TempFolder folder;
    Data file = jpeg(sheet(600, 800));
    std::fill(file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2),
              file.begin() + static_cast<std::ptrdiff_t>(file.size() / 2 + 200), std::uint8_t{0x55});
    const auto path = folder.write("a.jpg", file);
    EXPECT_THAT(refusal_of([&] { first_page(path); }).message(), HasSubstr("JPEG"));
}

TEST(Jpeg, TooManyPixelsAreRefusedFromTheHeader) {
    const TempFolder folder;
    Data file = jpeg(sheet());
    // Height and width in the frame header.
    const Data start{0xFF, 0xC0};
    const auto frame = std::search(file.begin(), file.end(), start.begin(), start.end());
    ASSERT_NE(frame, file.end());
    std::fill(frame + 5, frame + 9, std::uint8_t{0xF0});
    const Error error = refusal_of([&] { open_document(folder.write("a.jpg", file)); });
    EXPECT_THAT(error.message(), HasSubstr("too large: 61680 x 61680 pixels"));
}

TEST(Jpeg, DensityIsKeptAsTag) {
    const TempFolder folder;
    Data file = jpeg(sheet());
    ASSERT_EQ(std::string(file.begin() + 6, file.begin() + 10), "JFIF");
    file[13] = 1; // dots per inch
    file[14] = 0;
    file[15] = 96;
    EXPECT_EQ(first_page(folder.write("a.jpg", file)).tagged_dpi, 96);
}

} // namespace
} // namespace dengji::intake::test
