#pragma once
#include <opencv2/core.hpp>

#include <optional>

namespace dengji::layout {

/// How the rows of a photograph taken aslant lean: at (x, y) by slope + convergence * (y - centre.y), turned about
/// x = centre.x.
struct Fan {
    cv::Point2d centre;
    double slope = 0;       ///< dy/dx of the row through the centre
    double convergence = 0; ///< change of the slope for each pixel down

    /// Where a pixel of the levelled image comes from.
    cv::Point2d before(cv::Point2d p) const {
        return {p.x, p.y + (p.x - centre.x) * (slope + convergence * (p.y - centre.y))};
    }
};

/// The page at about 200 dpi, flat-fielded, with its way back to the page's own pixels.
struct WorkingImage {
    cv::Mat norm; ///< CV_8UC1, paper = 255
    cv::Mat ink;  ///< CV_8UC1 0/1, norm < threshold
    int threshold = 207;
    int streaks = 0;        ///< scanner streaks that were divided out
    bool tonal = true;      ///< has greys
    std::optional<Fan> fan; ///< how its rows were levelled last; first on the way back to the page
    cv::Matx23d to_page;    ///< pixel of this image (before `fan`) -> pixel of the page as delivered

    /// Pixel of this image -> pixel of the page as delivered.
    cv::Point2d place_on_page(cv::Point2d p) const {
        if (fan) p = fan->before(p);
        return {to_page(0, 0) * p.x + to_page(0, 1) * p.y + to_page(0, 2),
                to_page(1, 0) * p.x + to_page(1, 1) * p.y + to_page(1, 2)};
    }
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

/// The same for rows that converge. `from` must not have been levelled so before.
WorkingImage levelled(const WorkingImage& from, const Fan& fan);

} // namespace dengji::layout
