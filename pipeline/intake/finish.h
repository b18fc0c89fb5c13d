#pragma once
#include "pipeline/intake/page.h"

#include <filesystem>

namespace dengji::intake {

/// A picture as its file stores it, and what is needed to show it as it was meant.
struct StoredPicture {
    cv::Mat image;    ///< CV_8UC1 or CV_8UC3 BGR
    double dpi_x = 0; ///< along the stored rows; 0 unknown
    double dpi_y = 0;
    int orientation = 1; ///< 1..8 as in EXIF
    int clockwise = 0;   ///< a turn after that, as PDF's /Rotate: 0, 90, 180, 270
};

/// The page: pixels square, upright, quality measured.
Page finish_page(const std::filesystem::path& file, int number, const StoredPicture& stored);

/// Throws Error(internal) when `number` is not a page of a document of `count` pages.
void check_number(int number, int count);

} // namespace dengji::intake
