#include "tests/exporters/approved_pictures.h"

#include <cstdlib>
#include <dengji_project.h>
#include <filesystem>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::test {
namespace {

std::string file_of(const std::string& name) {
    return (std::filesystem::path(DENGJI_SOURCE_DIR) / "tests/exporters/gallery" / (name + ".png")).string();
}

} // namespace

PictureDifference difference_of(const cv::Mat& picture, const cv::Mat& approved) {
    cv::Mat one, other, difference, far_off;
    cv::GaussianBlur(picture, one, {7, 7}, 0);
    cv::GaussianBlur(approved, other, {7, 7}, 0);
    cv::absdiff(one, other, difference);
    cv::threshold(difference, far_off, 40, 1, cv::THRESH_BINARY);
    return {cv::mean(difference)[0], cv::countNonZero(far_off)};
}

bool is_seen(const PictureDifference& difference) {
    return difference.mean >= 1.5 || difference.far_off >= 40;
}

cv::Mat approved_picture(const std::string& name) {
    return cv::imread(file_of(name), cv::IMREAD_GRAYSCALE);
}

void expect_as_approved(const cv::Mat& picture, const std::string& name) {
    ASSERT_FALSE(picture.empty()) << name;
    if (std::getenv("DENGJI_APPROVE_GALLERY") != nullptr)
        cv::imwrite(file_of(name), picture, {cv::IMWRITE_PNG_COMPRESSION, 9});
    const auto approved = approved_picture(name);
    ASSERT_EQ(approved.size(), picture.size()) << name;
    const auto difference = difference_of(picture, approved);
    EXPECT_FALSE(is_seen(difference)) << name << ": mean " << difference.mean << ", " << difference.far_off
                                      << " pixels far off";
}

} // namespace dengji::test
