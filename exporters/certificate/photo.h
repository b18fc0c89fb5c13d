#pragma once
#include "pipeline/base/reason.h"

#include <opencv2/core.hpp>
#include <optional>
#include <string>

namespace dengji::certificate {

// 2寸: 35 x 49 mm at 300 dpi.
constexpr int photo_width = 413, photo_height = 579;

/// A photo for a certificate.
struct PreparedPhoto {
    std::string jpeg;              ///< photo_width x photo_height, colour; empty when it can't be used
    std::optional<Reason> problem; ///< why not
};

/// Crops an upright picture (CV_8UC1 or CV_8UC3 BGR) to the shape of 2寸, from the middle and a little above it, and
/// brings it to its size. Refused: what is not upright or too far from that shape (over 8 %), and what has fewer than
/// 300 pixels an inch at that size.
PreparedPhoto prepare_photo(const cv::Mat& picture);

/// The photo on a scanned page: the largest upright patch of the shape of 2寸 that is not paper. Empty when there is
/// none, or more than one.
cv::Mat photo_on_page(const cv::Mat& page);

} // namespace dengji::certificate
