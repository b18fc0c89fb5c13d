#include "exporters/certificate/photo.h"
#include "tests/exporters/booklets.h"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

namespace dengji::certificate::test {
namespace {

cv::Size size_of(const std::string& jpeg) {
    return cv::imdecode(std::vector<char>(jpeg.begin(), jpeg.end()), cv::IMREAD_COLOR).size();
}

TEST(CertificatePhoto, ComesOutInTheSizeOfTwoInches) {
    for (const auto& [width, height] :
         {std::pair(413, 579), std::pair(826, 1158), std::pair(413, 626), std::pair(600, 800)}) {
        const auto photo = prepare_photo(drawn_photo(width, height));
        ASSERT_FALSE(photo.problem) << width << 'x' << height;
        EXPECT_EQ(size_of(photo.jpeg), cv::Size(photo_width, photo_height));
    }
    cv::Mat grey(579, 413, CV_8UC1, cv::Scalar(128));
    EXPECT_FALSE(prepare_photo(grey).problem);
}

TEST(CertificatePhoto, WhatCannotBeUsedIsRefusedWithTheReason) {
    EXPECT_EQ(prepare_photo(drawn_photo(300, 420)).problem->code, "photo-small");
    EXPECT_EQ(prepare_photo(drawn_photo(600, 600)).problem->code, "photo-shape");
    EXPECT_EQ(prepare_photo(drawn_photo(1158, 826)).problem->code, "photo-shape");
    EXPECT_EQ(prepare_photo(cv::Mat()).problem->code, "photo-broken");
}

TEST(CertificatePhoto, IsFoundOnAScannedPage) {
    cv::Mat page(3508, 2480, CV_8UC3, cv::Scalar(250, 250, 250));
    EXPECT_TRUE(photo_on_page(page).empty());
    drawn_photo(420, 588).copyTo(page(cv::Rect(300, 400, 420, 588)));
    const auto found = photo_on_page(page);
    ASSERT_FALSE(found.empty());
    EXPECT_NEAR(found.cols, 420, 4);
    EXPECT_NEAR(found.rows, 588, 4);
    drawn_photo(420, 588).copyTo(page(cv::Rect(1300, 400, 420, 588)));
    EXPECT_TRUE(photo_on_page(page).empty()) << "which of two is meant is not guessed";
}

} // namespace
} // namespace dengji::certificate::test
