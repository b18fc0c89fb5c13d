#include "pipeline/reading/number_line.h"

#include <algorithm>
#include <cmath>

namespace dengji::reading {
namespace {

// Pale ends lie beyond the extent of the firm strokes; above and below other things begin sooner.
constexpr double beside = 1.2, above_and_below = 0.3; ///< paper kept, in heights of the writing

} // namespace

cv::Rect number_extent(const std::vector<cv::Rect>& extents) {
    return *std::max_element(extents.begin(), extents.end(),
                             [](const cv::Rect& a, const cv::Rect& b) { return a.area() < b.area(); });
}

cv::Mat number_line(const cv::Mat& flat, const cv::Rect& extent) {
    const int x = static_cast<int>(std::lround(beside * extent.height));
    const int y = static_cast<int>(std::lround(above_and_below * extent.height));
    const cv::Rect wanted(extent.x - x, extent.y - y, extent.width + 2 * x, extent.height + 2 * y);
    return flat(wanted & cv::Rect(0, 0, flat.cols, flat.rows)).clone();
}

} // namespace dengji::reading
