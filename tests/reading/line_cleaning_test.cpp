#include "pipeline/reading/line_cleaning.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr int em = 40;

/// A field with a written character from `left` on: a square of strokes.
void write_character(cv::Mat& field, int left) {
    const cv::Rect box(left, 20, em, em);
    cv::rectangle(field, box, cv::Scalar(40), 3);
    cv::line(field, box.tl(), box.br(), cv::Scalar(40), 3);
}

void blot(cv::Mat& field, cv::Point spot) {
    cv::rectangle(field, {spot.x - 3, spot.y - 3, 7, 7}, cv::Scalar(30), cv::FILLED);
}

bool is_there(const cv::Mat& field, cv::Point spot) {
    return field.at<uchar>(spot) < 128;
}

/// Two characters, the second from `second` on, and a spot. Is it left?
bool is_kept(int second, cv::Point spot) {
    cv::Mat field(80, 400, CV_8U, cv::Scalar(255));
    write_character(field, 40);
    write_character(field, second);
    blot(field, spot);
    clean_field(field, em);
    EXPECT_TRUE(is_there(field, {40, 40})) << "the writing is gone";
    return is_there(field, spot);
}

TEST(LineCleaning, KeepsTheDotBetweenThePartsOfAName) {
    EXPECT_TRUE(is_kept(150, {115, 40}));
}

TEST(LineCleaning, PaintsOverDustBehindTheWriting) {
    EXPECT_FALSE(is_kept(100, {250, 40}));
}

TEST(LineCleaning, PaintsOverDustBelowTheMiddle) {
    EXPECT_FALSE(is_kept(150, {115, 66}));
}

} // namespace
} // namespace dengji::reading
