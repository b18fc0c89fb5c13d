#pragma once
#include <opencv2/core.hpp>
#include <vector>

namespace dengji::ocr {

/// Paper left around the writing when a line of digits is framed, in heights of the writing.
struct DigitMargins {
    double up = 0.22, down = 0.22, left = 0.35, right = 0.35;
    double stretch = 1; ///< of the width
};

constexpr int digit_line_height = 32;

/// Ink, 0 (paper) to 1, CV_32FC1, of a grey crop (CV_8UC1, dark on light). The paper's level is taken from strips along
/// the line, so that uneven light does not turn pale digits into paper.
cv::Mat digit_ink(const cv::Mat& grey);

/// Where the writing stands in the ink: ruling lines, cell borders and specks left out, pale ends kept. Empty when
/// there is none.
cv::Rect digit_box(const cv::Mat& ink);

/// Whether writing in this box may go on beyond the crop.
bool reaches_edge(const cv::Rect& box, const cv::Size& crop);

/// The line as the net takes it, once for each of the margins: CV_32FC1 ink, 32 rows. None when nothing is written.
/// training/digits/lines/framing.py does the same to the pixel; the net is only as good as this agreement.
struct FramedDigits {
    std::vector<cv::Mat> views;
    bool at_edge = false; ///< see reaches_edge
};
FramedDigits frame_digits(const cv::Mat& grey, const std::vector<DigitMargins>& margins);

} // namespace dengji::ocr
