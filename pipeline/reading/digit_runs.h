#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// A row of printed characters that look like the digits of a long number: narrow, of one height, evenly spaced. It may
/// run across the picture or down it.
struct DigitRun {
    cv::Point2d first, last; ///< middles of the outermost digits, in the picture's pixels
    double height = 0;       ///< of the digits, pixels
    int count = 0;           ///< digits that were seen; merged and broken ones are not among them
    bool upright = true;     ///< runs across the picture (0 or 180 degrees), else down it (90 or 270)
};

/// The runs of at least 9 digits in a picture, the ones nearest to an identity number's 18 first. Looks at shapes only,
/// reads nothing. `ink`: CV_8UC1, 0 or 1, about 200 dpi. Running text in Chinese has none; tables of numbers have many.
std::vector<DigitRun> find_digit_runs(const cv::Mat& ink);

} // namespace dengji::reading
