#pragma once
#include "templates/form.h"

#include <opencv2/core.hpp>

namespace dengji::layout {

/// How a form page is drawn for a test.
struct Drawing {
    cv::Size size{1654, 2339};
    int thickness = 2;
    int darkness = 255;                    ///< of the rules, 0 paper .. 255
    int dash = 0, gap = 0;                 ///< 0: solid
    double grain = 0;                      ///< standard deviation of noise
    int first_row = 0, last_row = 1 << 20; ///< only these rows (last exclusive)
    cv::Rect table{120, 200, 1400, 1900};
};

struct DrawnForm {
    cv::Mat image;
    std::vector<cv::Rect2d> cells; ///< in the order of rows, columns, cells
};

/// Ruling lines only, columns of different widths.
DrawnForm draw_form(const templates::FormPage& page, const Drawing& drawing = {});

/// The image under a 2 x 3 transformation of its pixels, on white.
cv::Mat transformed(const cv::Mat& image, const cv::Matx23d& forward);

} // namespace dengji::layout
