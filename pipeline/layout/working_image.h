#pragma once
#include <opencv2/core.hpp>

namespace dengji::layout {

/// The page at about 200 dpi, flat-fielded, with its way back to the page's own pixels.
struct WorkingImage {
    cv::Mat norm; ///< CV_8UC1, paper = 255
    cv::Mat ink;  ///< CV_8UC1 0/1, norm < threshold
    int threshold = 207;
    int streaks = 0;     ///< scanner streaks that were divided out
    bool tonal = true;   ///< has greys
    cv::Matx23d to_page; ///< pixel of this image -> pixel of the page as delivered
};

/// Long side of the working image: A4 at 200 dpi.
inline constexpr int working_long_side = 2339;

/// `image`: CV_8UC1 or CV_8UC3 (BGR). In colour the red channel counts: a red seal turns into paper, blue and black
/// pens stay.
WorkingImage make_working_image(const cv::Mat& image);

/// The same turned by 90 degrees clockwise.
WorkingImage turned_clockwise(const WorkingImage& from);

/// The same with rows of slope `slope` (dy/dx) made level.
WorkingImage levelled(const WorkingImage& from, double slope);

} // namespace dengji::layout
