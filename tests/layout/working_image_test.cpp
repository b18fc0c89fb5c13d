#include "pipeline/layout/flat_field.h"
#include "pipeline/layout/linear_rows.h"
#include "pipeline/layout/paper.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

cv::Mat noise(const cv::Size& size, int type, int least = 0) {
    cv::Mat picture(size, type);
    cv::RNG random(static_cast<std::uint64_t>(size.width) * 31 + static_cast<std::uint64_t>(size.height));
    random.fill(picture, cv::RNG::UNIFORM, least, 256);
    return picture;
}

TEST(LinearRows, AreThoseOfOpenCv) {
    for (const cv::Size& from : {cv::Size(248, 351), {165, 234}, {413, 120}, {17, 5}, {9, 9}, {1, 3}})
        for (const double scale : {.55, .667, .9, 1.4, 3.99})
            for (const int channels : {1, 3}) {
                const cv::Mat picture = noise(from, CV_8UC(channels));
                const cv::Size to(std::max(1, cvRound(from.width * scale)), std::max(1, cvRound(from.height * scale)));
                const int channel = channels - 1;
                cv::Mat one, expected, got(to, CV_8U);
                cv::extractChannel(picture, one, channel);
                cv::resize(one, expected, to, 0, 0, cv::INTER_LINEAR);
                LinearRows rows(picture, channel, to);
                for (int y = 0; y < to.height; ++y) rows.row(y, got.ptr(y));
                EXPECT_EQ(cv::norm(got, expected, cv::NORM_INF), 0) << from << " to " << to << ", " << channels;
            }
}

TEST(FlatField, MakesUnevenPaperWhiteAndKeepsTheInk) {
    cv::Mat page(400, 303, CV_8U);
    for (int x = 0; x < page.cols; ++x) page.col(x).setTo(140 + x / 3);
    const cv::Rect stroke(40, 100, 200, 3);
    page(stroke).setTo(60);
    const FlatField field = flat_field(page, 207);
    cv::Mat ink = field.ink.clone();
    EXPECT_EQ(cv::countNonZero(ink(stroke)), stroke.area());
    ink(stroke).setTo(0);
    EXPECT_EQ(cv::countNonZero(ink), 0);
    cv::Mat norm = field.norm.clone();
    norm(stroke).setTo(255);
    double darkest = 0;
    cv::minMaxLoc(norm, &darkest);
    EXPECT_GE(darkest, 230);
}

TEST(FlatField, InkIsWhatIsDarkerThanTheThreshold) {
    const FlatField field = flat_field(noise({101, 90}, CV_8U), 207);
    EXPECT_EQ(cv::norm(field.ink, (field.norm < 207) / 255, cv::NORM_INF), 0);
    const FlatField black = flat_field(cv::Mat::zeros(60, 40, CV_8U), 207); // no paper to divide by
    EXPECT_EQ(cv::countNonZero(black.norm), 0);
    EXPECT_EQ(cv::countNonZero(black.ink), 60 * 40);
}

TEST(Paper, WhatLiesAroundASheetBecomesPaper) {
    cv::Mat page(1203, 901, CV_8U, cv::Scalar(40));
    const cv::Rect sheet(101, 83, 700, 1003);
    page(sheet).setTo(235);
    page(cv::Rect(300, 400, 200, 4)).setTo(30);
    FlatField field{page.clone(), (page < 207) / 255};
    whiten_around_paper(page, field);
    cv::Mat outside(page.size(), CV_8U, cv::Scalar(255));
    cv::rectangle(outside, sheet, cv::Scalar(0), cv::FILLED);
    EXPECT_EQ(cv::countNonZero(field.ink & outside), 0);
    EXPECT_EQ(cv::countNonZero((field.norm < 255) & outside), 0);
    EXPECT_EQ(cv::countNonZero(field.ink), 200 * 4);
    // Its edge is whitened too, for up to two pixels of the picture reduced to an eighth.
    const cv::Rect inner(sheet.x + 24, sheet.y + 24, sheet.width - 48, sheet.height - 48);
    EXPECT_EQ(cv::norm(field.norm(inner), page(inner), cv::NORM_INF), 0);
}

} // namespace
} // namespace dengji::layout
