#include "pipeline/layout/bit_rows.h"
#include "pipeline/layout/ink_pieces.h"
#include "pipeline/layout/ink_sums.h"
#include "pipeline/layout/printed_words.h"
#include "pipeline/layout/resample.h"

#include <gtest/gtest.h>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <random>

namespace dengji::layout {
namespace {

/// Blots and dust, so that pieces of all sizes and shapes come about.
cv::Mat random_ink(int width, int height, unsigned seed) {
    cv::RNG random(seed);
    cv::Mat ink(height, width, CV_8UC1);
    random.fill(ink, cv::RNG::UNIFORM, 0, 256);
    cv::GaussianBlur(ink, ink, {5, 5}, 1.1);
    return (ink > 134) / 255;
}

TEST(BitRows, CountsWhatThePictureHolds) {
    for (const int width : {1, 15, 16, 63, 64, 65, 200}) {
        const cv::Mat ink = random_ink(width, 9, static_cast<unsigned>(width));
        const BitRows bits(ink);
        cv::Mat thick;
        cv::dilate(ink, thick, cv::Mat::ones(3, 1, CV_8U));
        for (int y = 0; y < ink.rows; ++y)
            for (const auto& [x0, x1] :
                 {std::pair{0, width}, {width / 3, width}, {0, width / 2}, {width / 2, width / 2}}) {
                EXPECT_EQ(bits.count(y, x0, x1), cv::countNonZero(ink.row(y).colRange(x0, x1)));
                EXPECT_EQ(bits.count(y, x0, x1, true), cv::countNonZero(thick.row(y).colRange(x0, x1)));
            }
    }
}

TEST(InkSums, SharesAreThoseOfThePicture) {
    const cv::Mat ink = random_ink(70, 600, 4); // more rows than a byte can count
    const InkSums sums(ink);
    cv::Mat wide;
    cv::dilate(ink, wide, cv::Mat::ones(1, 3, CV_8U));
    for (const auto& [x0, x1] : {std::pair{0, 70}, {1, 69}, {20, 21}, {0, 3}, {66, 70}})
        for (const bool thick : {false, true}) {
            const auto shares = sums.columns(x0, x1, 10, 590, thick);
            ASSERT_EQ(shares.size(), static_cast<std::size_t>(x1 - x0));
            for (int x = x0; x < x1; ++x)
                EXPECT_FLOAT_EQ(shares[static_cast<std::size_t>(x - x0)],
                                static_cast<float>(cv::countNonZero((thick ? wide : ink).col(x).rowRange(10, 590))) /
                                    580);
        }
}

TEST(InkPieces, AreThoseOfConnectedComponents) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const cv::Mat ink = random_ink(90, 60, seed);
        const cv::Rect area(20, 10, 45, 30);
        auto pieces = ink_pieces(ink, area);
        cv::Mat labels, stats, centres;
        const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
        ASSERT_EQ(pieces.size(), static_cast<std::size_t>(count - 1));
        std::vector<int> own, theirs;
        int inside = 0;
        for (const InkPiece& piece : pieces) {
            own.push_back(piece.pixels);
            inside += piece.inside;
            if (piece.inside > 0) {
                EXPECT_GE(piece.left, 0);
                EXPECT_LT(piece.right, area.width);
                EXPECT_GE(piece.top, 0);
                EXPECT_LT(piece.bottom, area.height);
            }
        }
        for (int i = 1; i < count; ++i) theirs.push_back(stats.at<int>(i, cv::CC_STAT_AREA));
        std::sort(own.begin(), own.end());
        std::sort(theirs.begin(), theirs.end());
        EXPECT_EQ(own, theirs);
        EXPECT_EQ(inside, cv::countNonZero(ink(area)));
    }
}

TEST(Resample, TakesTheNearestPixels) {
    cv::Mat picture(80, 120, CV_8UC1);
    cv::RNG random(7);
    random.fill(picture, cv::RNG::UNIFORM, 0, 256);
    cv::GaussianBlur(picture, picture, {3, 3}, .8);
    for (const double slope : {0., .01, .2, -.05}) {
        const int count = 133; // reaches beyond both sides, and is no multiple of a stretch
        cv::Mat xs(1, count, CV_32F), ys(1, count, CV_32F);
        for (int i = 0; i < count; ++i) {
            xs.at<float>(i) = static_cast<float>(-5.3 + .997 * i);
            ys.at<float>(i) = static_cast<float>(20.4 + slope * i);
        }
        std::vector<uchar> out(count);
        resample_row(picture, xs.ptr<float>(), ys.ptr<float>(), count, out.data());
        for (int i = 0; i < count; ++i) {
            const cv::Point at(cvRound(xs.at<float>(i)), cvRound(ys.at<float>(i)));
            const bool inside = cv::Rect({}, picture.size()).contains(at);
            EXPECT_EQ(out[static_cast<std::size_t>(i)], inside ? picture.at<uchar>(at) : 255) << i;
        }
    }
}

TEST(WordSearch, IsTheNormalisedCorrelation) {
    cv::Mat darkness(40, 101, CV_8UC1);
    cv::RNG random(3);
    random.fill(darkness, cv::RNG::UNIFORM, 0, 256);
    cv::GaussianBlur(darkness, darkness, {5, 5}, 1.2);
    for (const int width : {4, 9, 17, 101}) {
        WordPicture word;
        word.darkness = darkness(cv::Rect(darkness.cols - width, 11, width, 9)).clone();
        const cv::Mat response = WordSearch(darkness).response(word);
        ASSERT_EQ(response.size(), cv::Size(darkness.cols - width + 1, darkness.rows - 9 + 1));
        cv::Mat pattern;
        word.darkness.convertTo(pattern, CV_64F);
        pattern -= cv::mean(pattern)[0];
        for (int y = 0; y < response.rows; ++y)
            for (int x = 0; x < response.cols; ++x) {
                cv::Mat window;
                darkness(cv::Rect({x, y}, pattern.size())).convertTo(window, CV_64F);
                window -= cv::mean(window)[0];
                const double spread = window.dot(window) + static_cast<double>(pattern.total()) * 100; // paper's grain
                EXPECT_NEAR(response.at<float>(y, x), pattern.dot(window) / cv::norm(pattern) / std::sqrt(spread), .01);
            }
    }
    WordPicture large;
    large.darkness = cv::Mat::zeros(9, 102, CV_8UC1);
    EXPECT_TRUE(WordSearch(darkness).response(large).empty());
}

} // namespace
} // namespace dengji::layout
