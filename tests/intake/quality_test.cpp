#include "pipeline/intake/quality.h"

#include <opencv2/imgproc.hpp>

#include <gtest/gtest.h>

namespace dengji::intake {
namespace {

constexpr int width = 1654; // A4 at 200 dpi
constexpr int height = 2339;
constexpr int mm = 8; // pixels, nearly

cv::Mat paper(int level = 245, double noise = 3) {
    cv::Mat page(height, width, CV_8UC1);
    cv::RNG random(7);
    random.fill(page, cv::RNG::NORMAL, level, noise);
    return page;
}

void add_specks(cv::Mat& page, int count) {
    cv::RNG random(11);
    for (int i = 0; i < count; ++i) {
        const cv::Point at(random.uniform(10, page.cols - 10), random.uniform(10, page.rows - 10));
        cv::circle(page, at, random.uniform(1, mm / 2), cv::Scalar(random.uniform(0, 120)), cv::FILLED);
    }
}

void write_signature(cv::Mat& page, cv::Point at, int size, int level, int thickness) {
    // Three characters of some loops each.
    for (int i = 0; i < 3; ++i) {
        const cv::Point middle = at + cv::Point(i * size * 5 / 4, 0);
        cv::ellipse(page, middle, {size / 2, size / 3}, 30, 0, 300, cv::Scalar(level), thickness);
        cv::line(page, middle - cv::Point(size / 2, size / 3), middle + cv::Point(size / 3, size / 2),
                 cv::Scalar(level), thickness);
    }
}

void draw_table(cv::Mat& page, int level, int thickness) {
    for (int i = 0; i <= 12; ++i) {
        const int y = 25 * mm + i * 18 * mm;
        cv::line(page, {20 * mm, y}, {page.cols - 20 * mm, y}, cv::Scalar(level), thickness);
    }
    for (int i = 0; i <= 4; ++i) {
        const int x = 20 * mm + i * (page.cols - 40 * mm) / 4;
        cv::line(page, {x, 25 * mm}, {x, 25 * mm + 12 * 18 * mm}, cv::Scalar(level), thickness);
    }
}

bool blank(const cv::Mat& page) {
    return measure_quality(page).blank;
}

TEST(QualityBlank, CleanPaperOfAnyTone) {
    EXPECT_TRUE(blank(paper()));
    EXPECT_TRUE(blank(paper(180, 8)));
    EXPECT_TRUE(blank(cv::Mat(height, width, CV_8UC1, cv::Scalar(255))));
    EXPECT_TRUE(blank(cv::Mat(height, width, CV_8UC3, cv::Scalar(200, 225, 235)))) << "yellowish paper";
}

TEST(QualityBlank, Specks) {
    cv::Mat page = paper();
    add_specks(page, 200);
    EXPECT_TRUE(blank(page));
}

TEST(QualityBlank, DotsOfABlackAndWhiteScan) {
    cv::Mat page(height, width, CV_8UC1, cv::Scalar(255));
    cv::RNG random(5);
    for (int i = 0; i < page.rows * page.cols / 100; ++i) {
        page.at<std::uint8_t>(random.uniform(0, page.rows), random.uniform(0, page.cols)) = 0;
    }
    EXPECT_TRUE(blank(page));
}

TEST(QualityBlank, BlackEdgesOfACopy) {
    cv::Mat page = paper();
    page.colRange(0, 9 * mm).setTo(20);
    page.rowRange(height - 14 * mm, height).setTo(10);
    EXPECT_TRUE(blank(page)) << "straight";

    const std::vector<cv::Point> wedge{{width, 0}, {width - 25 * mm, 0}, {width, height}};
    cv::fillConvexPoly(page, wedge, 15);
    const std::vector<cv::Point> corner{{0, 0}, {30 * mm, 0}, {0, 22 * mm}};
    cv::fillConvexPoly(page, corner, 15);
    EXPECT_TRUE(blank(page)) << "a wedge and a folded corner";
}

TEST(QualityBlank, RaggedEdge) {
    cv::Mat page = paper();
    cv::RNG random(3);
    for (int y = 0; y < height; ++y) page.row(y).colRange(0, random.uniform(1, 5 * mm)).setTo(30);
    EXPECT_TRUE(blank(page));
}

TEST(QualityBlank, StreaksInEitherDirection) {
    cv::Mat page = paper();
    cv::line(page, {40 * mm, 0}, {40 * mm, height - 1}, 60, 3);
    cv::line(page, {140 * mm, 0}, {140 * mm, height - 1}, 120, 6);
    EXPECT_TRUE(blank(page));
    EXPECT_TRUE(blank(page.t()));
}

TEST(QualityBlank, PunchHoles) {
    cv::Mat page = paper();
    for (const int y : {108, 188}) cv::circle(page, {12 * mm, y * mm}, 3 * mm, 20, cv::FILLED);
    EXPECT_TRUE(blank(page));
}

TEST(QualityBlank, WhatShinesThrough) {
    cv::Mat back(height, width, CV_8UC1, cv::Scalar(245));
    draw_table(back, 180, 3);
    write_signature(back, {300, 1200}, 15 * mm, 180, 4);
    cv::GaussianBlur(back, back, {9, 9}, 2);
    cv::flip(back, back, 1);
    EXPECT_TRUE(blank(cv::min(paper(), back)));
}

TEST(QualityBlank, NotWithASignature) {
    for (const int level : {20, 90, 140}) {
        cv::Mat page = paper();
        write_signature(page, {900, 1700}, 8 * mm, level, 3);
        add_specks(page, 50);
        EXPECT_FALSE(blank(page)) << level;
    }
    cv::Mat bitonal(height, width, CV_8UC1, cv::Scalar(255));
    write_signature(bitonal, {900, 1700}, 8 * mm, 0, 2);
    EXPECT_FALSE(blank(bitonal));

    cv::Mat blue(height, width, CV_8UC3, cv::Scalar::all(240));
    cv::line(blue, {800, 1200}, {960, 1300}, {180, 60, 40}, 3);
    EXPECT_FALSE(blank(blue)) << "a stroke of a blue pen";
    cv::Mat red(height, width, CV_8UC3, cv::Scalar::all(240));
    cv::circle(red, {800, 1200}, 20 * mm, {60, 60, 220}, 5);
    EXPECT_FALSE(blank(red)) << "a seal";
}

TEST(QualityBlank, NotWithAnEmptyTable) {
    for (const int thickness : {1, 2, 4}) {
        cv::Mat page = paper();
        draw_table(page, 60, thickness);
        EXPECT_FALSE(blank(page)) << thickness;
    }
    cv::Mat bitonal(height, width, CV_8UC1, cv::Scalar(255));
    draw_table(bitonal, 0, 1);
    EXPECT_FALSE(blank(bitonal));
}

// A crooked copy: the black edge runs into the table.
TEST(QualityBlank, NotWhenATableTouchesTheBlackEdge) {
    cv::Mat page = paper();
    draw_table(page, 30, 3);
    page.colRange(0, 22 * mm).setTo(10);
    page.rowRange(0, 27 * mm).setTo(10);
    EXPECT_FALSE(blank(page));
}

TEST(QualityBlank, NotWhenThereIsNoPaper) {
    EXPECT_FALSE(blank(cv::Mat(height, width, CV_8UC1, cv::Scalar(5)))) << "the lid was open";
}

TEST(Quality, ResolutionFollowsThePapersSize) {
    EXPECT_NEAR(measure_quality(paper(), 96).dpi, 200, 1) << "not the wrong tag";
    EXPECT_NEAR(measure_quality(paper().t(), 96).dpi, 200, 1);
    const cv::Mat receipt(2400, 600, CV_8UC1, cv::Scalar(255));
    EXPECT_EQ(measure_quality(receipt, 203).dpi, 203);
    EXPECT_EQ(measure_quality(receipt, 1).dpi, 0);
}

TEST(Quality, DarknessAndContrast) {
    cv::Mat page = paper(240, 0);
    EXPECT_EQ(measure_quality(page).darkness, 0);
    EXPECT_EQ(measure_quality(page).contrast, 0);
    page(cv::Rect(100, 100, width / 5, height / 5)).setTo(60);
    EXPECT_NEAR(measure_quality(page).darkness, 0.04, 0.003);
    EXPECT_NEAR(measure_quality(page).contrast, 180, 5);
}

TEST(Quality, Bitonal) {
    cv::Mat page(height, width, CV_8UC1, cv::Scalar(255));
    draw_table(page, 0, 2);
    EXPECT_TRUE(measure_quality(page).bitonal);
    EXPECT_FALSE(measure_quality(paper()).bitonal);
}

TEST(Quality, AnySizeIsMeasured) {
    for (const cv::Size size : {cv::Size(1, 1),
                                {1, 5000},
                                {5000, 1},
                                {63, 64},
                                {64, 64},
                                {200, 20000},
                                {64, 1169},
                                {1169, 100},
                                {700, 700}}) {
        measure_quality(cv::Mat(size, CV_8UC1, cv::Scalar(255)));
        measure_quality(cv::Mat(size, CV_8UC3, cv::Scalar::all(0)));
    }
}

} // namespace
} // namespace dengji::intake
