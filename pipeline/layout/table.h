#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::layout {

/// The table of a page, unrolled: upright, every ruling line straight, every cell a rectangle; skew, perspective and
/// curl are gone. All places found later are in pixels of this image ("table pixels", about 200 dpi).
struct Table {
    cv::Mat norm;      ///< CV_8UC1: flat-fielded grey, paper = 255
    cv::Mat ink;       ///< CV_8UC1 0/1: norm < threshold; sensitive, for ruling lines and faint marks
    cv::Mat print_ink; ///< CV_8UC1 0/1: norm < print_threshold; half way between paper and this page's print, for
                       ///< glyphs and outlines
    int threshold = 207;
    int print_threshold = 160;
    bool tonal = true;           ///< the page has greys (not a 1-bit scan)
    int margin = 26;             ///< table pixels around the frame
    int width = 0;               ///< of the table itself
    std::vector<double> rules_y; ///< full-width ruling lines, top to bottom; the first and last are the frame
    /// CV_32FC1: pixel of Page::image (as delivered, before turning upright) for every map_step-th table pixel.
    cv::Mat map_x, map_y;
    static constexpr int map_step = 8;

    /// Table pixel (may lie outside: extrapolated from the edge) to a pixel of Page::image.
    cv::Point2d to_page(cv::Point2d p) const;
};

/// Cuts `area` (table pixels) from the page's own pixels, upright and straight, `height` pixels high (0: at the page's
/// own resolution). Same channels as `page`.
cv::Mat crop(const cv::Mat& page, const Table& table, const cv::Rect2d& area, int height = 0);

} // namespace dengji::layout
