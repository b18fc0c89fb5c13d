#include "pipeline/reading/character_cuts.h"

#include "pipeline/reading/line_cleaning.h"

#include <algorithm>
#include <cmath>

namespace dengji::reading {

namespace {

constexpr double width_of_height = 1.05; // a character's cell is a little wider than a line's ink is high

} // namespace

cv::Rect first_characters(const cv::Mat& flat, const cv::Rect& extent, int characters) {
    const double pitch = width_of_height * extent.height;
    const double wanted = extent.x + characters * pitch;
    const int from = std::max(extent.x + 1, static_cast<int>(std::lround(wanted - 0.4 * pitch)));
    const int to = std::min(extent.br().x, static_cast<int>(std::lround(wanted + 0.4 * pitch)));
    if (to <= from) return wanted - extent.br().x < 0.3 * pitch ? extent : cv::Rect();

    cv::Mat darkness;
    cv::reduce(255 - flat(cv::Rect(from, extent.y, to - from, extent.height)), darkness, 0, cv::REDUCE_SUM, CV_32S);
    int cut = from;
    double least = 1e18;
    for (int x = from; x < to; ++x) {
        // Ink counts first; among empty columns the one nearest to the expected place.
        const double cost = darkness.at<int>(0, x - from) + 20.0 * std::abs(x - wanted) / pitch * 255;
        if (cost < least) {
            least = cost;
            cut = x;
        }
    }
    cv::Rect part(extent.x, extent.y, cut - extent.x, extent.height);
    // Its own ink, without the gap.
    cv::Mat columns;
    cv::reduce(flat(part) < ink_threshold(flat), columns, 0, cv::REDUCE_MAX, CV_8U);
    while (part.width > 1 && columns.at<uchar>(0, part.width - 1) == 0) --part.width;
    return part;
}

} // namespace dengji::reading
