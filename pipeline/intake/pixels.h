#pragma once
#include "pipeline/intake/page.h"

#include <array>
#include <cstdint>

namespace dengji::intake {

/// Turns and mirrors a picture by the orientation of EXIF and TIFF (1..8; anything else leaves it as it is).
cv::Mat turn_upright(const cv::Mat& image, int orientation);

/// Turns a picture clockwise by 0, 90, 180 or 270 degrees.
cv::Mat turn_clockwise(const cv::Mat& image, int degrees);

/// Size of a picture once its pixels are made square. Both resolutions must be known and plausible, else it stays as it
/// is.
cv::Size square_size(cv::Size size, double dpi_x, double dpi_y);

/// Makes pixels square by enlarging the side of the lower resolution (fax: 204 x 98 dpi).
cv::Mat square_pixels(const cv::Mat& image, double dpi_x, double dpi_y);

/// Grey levels for the values that a sample of 1, 2, 4 or 8 bits can have.
using Levels = std::array<std::uint8_t, 256>;
Levels grey_levels(int bits, bool zero_is_white);

/// Unpacks rows of 1, 2, 4 or 8 bits a sample (CV_8UC1, one packed row a row) into grey, through `levels`.
cv::Mat unpack_grey(const cv::Mat& packed, int width, int bits, const Levels& levels);

/// BGR over white paper from BGRA whose colours are not premultiplied.
cv::Mat over_white(const cv::Mat& bgra);

/// BGR from CMYK; `inverted` as Adobe writes it into JPEG files (255 is no ink).
cv::Mat cmyk_to_bgr(const cv::Mat& cmyk, bool inverted);

/// One channel instead of three when a picture has no colour in it at all.
cv::Mat drop_absent_colour(const cv::Mat& image);

} // namespace dengji::intake
