#pragma once
#include <opencv2/core.hpp>
#include <string>

namespace dengji::intake {

/// How good the scan is. Filled by intake from the pixels; layout adds skew, streaks and a better resolution.
struct Quality {
    double dpi = 0; ///< resolution judged from the paper's size (A4 assumed), not from the file's tag; 0 unknown
    double skew_degrees = 0; ///< how far the table's rows rise to the right, after turning upright; 0 when no table
    double darkness = 0;     ///< share of the page's squares of a third of a millimetre that hold ink, 0..1
    double contrast = 0;     ///< paper level minus ink level, 0..255
    int streaks = 0;         ///< scanner streaks that were removed
    bool bitonal = false;    ///< only black and white
    bool blank = false;      ///< nothing but specks, edges and streaks
};

/// One image with its provenance.
struct Page {
    std::string source; ///< the file as it was named when delivered
    int number = 1;     ///< 1-based within the file
    cv::Mat
        image; ///< CV_8UC1 or CV_8UC3 (BGR), square pixels; EXIF orientation and PDF /Rotate applied, alpha on white
    double tagged_dpi = 0; ///< what the file says; 0 unknown, often wrong
    Quality quality;
};

} // namespace dengji::intake
