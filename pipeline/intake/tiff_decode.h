#pragma once
#include "pipeline/intake/tiff_file.h"

#include <opencv2/core.hpp>

namespace dengji::intake {

/// What the current directory says of its picture.
struct TiffHeader {
    std::int64_t width = 0;
    std::int64_t height = 0;
    int orientation = 1;
    double dpi_x = 0; ///< 0 unknown
    double dpi_y = 0;
    bool is_page = true; ///< not a thumbnail or mask
};

TiffHeader read_tiff_header(TIFF* tiff);

/// Decodes the current directory's picture as stored: grey or BGR, not turned, pixels not yet square.
/// Throws Error(input) when any part is missing or damaged.
cv::Mat decode_tiff(TiffFile& file, const TiffHeader& header);

} // namespace dengji::intake
