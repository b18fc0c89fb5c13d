#include "pipeline/layout/faint_lines.h"

#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

constexpr int along = 25;    ///< pixels over which a line is averaged: longer than the period of any dash
constexpr int flank = 6;     ///< distance of the paper beside it
constexpr int contrast = 10; ///< grey levels by which it must be darker than both sides

} // namespace

cv::Mat with_faint_level_lines(const cv::Mat& norm, const cv::Mat& ink) {
    cv::Mat lines = ink.clone(), line, beside;
    cv::blur(norm, line, {along, 1});
    cv::blur(line, beside, {1, 3});
    for (int y = flank; y + flank < norm.rows; ++y) {
        const auto *own = line.ptr(y), *above = beside.ptr(y - flank), *below = beside.ptr(y + flank);
        auto* out = lines.ptr(y);
        for (int x = 0; x < norm.cols; ++x)
            out[x] = static_cast<std::uint8_t>(out[x] | (own[x] + contrast <= std::min(above[x], below[x])));
    }
    return lines;
}

} // namespace dengji::layout
