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

TEST(LineCleaning, KeepsTheDotBetweenThePartsOfAName) {
    cv::Mat field(80, 400, CV_8U, cv::Scalar(255));
    write_character(field, 40);
    write_character(field, 150);
    const cv::Point dot(115, 40);
    blot(field, dot);
    clean_field(field, em);
    EXPECT_TRUE(is_there(field, dot));
}

TEST(LineCleaning, PaintsOverDustBehindTheWriting) {
    cv::Mat field(80, 400, CV_8U, cv::Scalar(255));
    write_character(field, 40);
    write_character(field, 100);
    const cv::Point dust(250, 40);
    blot(field, dust);
    clean_field(field, em);
    EXPECT_FALSE(is_there(field, dust));
    EXPECT_TRUE(is_there(field, {40, 40}));
}

TEST(LineCleaning, PaintsOverDustBelowTheMiddle) {
    cv::Mat field(80, 400, CV_8U, cv::Scalar(255));
    write_character(field, 40);
    write_character(field, 150);
    const cv::Point dust(115, 66);
    blot(field, dust);
    clean_field(field, em);
    EXPECT_FALSE(is_there(field, dust));
}

} // namespace
} // namespace dengji::reading
