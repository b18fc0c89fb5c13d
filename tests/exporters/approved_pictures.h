#pragma once
#include <opencv2/core.hpp>
#include <string>

namespace dengji::test {

/// How much two grey pictures of one size differ once both are blurred: another version of a font draws its strokes a
/// little otherwise, which is hardly seen then; a missing or moved word is.
struct PictureDifference {
    double mean = 0;
    int far_off = 0; ///< pixels
};
PictureDifference difference_of(const cv::Mat& picture, const cv::Mat& approved);
/// Whether the difference is one that anybody would see.
bool is_seen(const PictureDifference& difference);

/// The picture of that name in the gallery, grey.
cv::Mat approved_picture(const std::string& name);

/// Compares with the approved picture. With DENGJI_APPROVE_GALLERY set the picture is written instead: look at it
/// before it is committed.
void expect_as_approved(const cv::Mat& picture, const std::string& name);

} // namespace dengji::test
