#pragma once
#include "pipeline/intake/bytes.h"
#include "pipeline/intake/document.h"

namespace dengji::intake {

/// What the header of a picture says, before a pixel is decoded.
struct PictureHeader {
    int width = 0;
    int height = 0;
    int orientation = 1; ///< 1..8 as in EXIF
    double dpi = 0;      ///< 0 unknown
};

/// A format of one picture a file. read_header takes the file's bytes and checks nothing but itself; decode gives the
/// pixels as stored (CV_8UC1 or CV_8UC3 BGR, not yet turned upright). Both throw Error(input) for what is damaged.
struct PictureFormat {
    PictureHeader (*read_header)(Bytes file);
    cv::Mat (*decode)(Bytes file);
};

extern const PictureFormat jpeg_format;
extern const PictureFormat png_format;
extern const PictureFormat webp_format;

/// Opens a file of a single picture.
std::unique_ptr<Document> open_picture(const std::filesystem::path& file, const PictureFormat& format,
                                       const Limits& limits);

} // namespace dengji::intake
