#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// One written line, framed for a recogniser.
struct LineImage {
    cv::Mat
        grey; ///< CV_8UC1: paper flattened to 255, the writing scaled to the height that was asked for, paper around it
    cv::Rect extent;  ///< of the writing, in pixels of the field's image
    double scale = 1; ///< pixels of `grey` for one pixel of the field
    int border = 0;   ///< paper around the writing, in pixels of `grey`
};

/// How lines are framed.
struct Framing {
    int text_height = 30;    ///< height of the writing in the framed line, pixels
    int border = 10;         ///< paper around it, pixels
    double least_height = 1; ///< pixels of the field; a line lower than this (a lone 一) is not blown up
};

/// The field's image as grey with flat paper (255) and the ruling lines' remains at its edges painted over. Colour is
/// reduced to its red channel: a red seal becomes paper, a blue or black pen stays dark. `em`: size of a printed
/// character, pixels.
cv::Mat flatten_paper(const cv::Mat& field, double em);

/// Finds the written lines of a flattened field, top to bottom (nearly always one), and frames each.
std::vector<LineImage> frame_lines(const cv::Mat& flat, double em, const Framing& framing = {});

/// Where the written lines of a flattened field lie, top to bottom, specks left out.
std::vector<cv::Rect> find_lines(const cv::Mat& flat, double em);

/// Frames one of them.
LineImage frame_line(const cv::Mat& flat, const cv::Rect& extent, const Framing& framing = {});

/// The same, 48 pixels high and closely cut: as ocr::PpOcr reads best. `em` as for flatten_paper.
cv::Mat tight_line(const cv::Mat& flat, const cv::Rect& extent, double em);

/// A line as tight_line frames it, and what stands beside it, an em to each side where there is room: strokes that a
/// scan lost may have left dots there.
struct WideLine {
    cv::Mat image;                   ///< CV_8UC1, 48 pixels high
    double scale = 1;                ///< how many of its pixels are one of the field's
    double ink_from = 0, ink_to = 0; ///< its columns of the line itself
};
WideLine wide_line(const cv::Mat& flat, const cv::Rect& extent, double em);

} // namespace dengji::reading
