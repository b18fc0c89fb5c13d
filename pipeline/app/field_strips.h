#pragma once
#include "pipeline/app/text_painter.h"
#include "pipeline/reading/result.h"

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::app {

/// A field's picture with lines of text beside it.
struct FieldStrip {
    cv::Mat crop; ///< CV_8UC3
    std::vector<std::string> lines;
    bool bad = false; ///< the first line is written in red
};

/// The field at `box` (as in a Reading) cut from its page, upright, with a little of what surrounds it. Empty when the
/// box is.
cv::Mat cut_field(const cv::Mat& page, const std::array<cv::Point2f, 4>& box);

/// What was seen, thought and decided in a field, as lines of text: key and decision, value, each reader's words, the
/// reasons.
std::vector<std::string> account_of(const reading::Reading& reading);

/// The strips below each other, on white.
cv::Mat draw_strips(const std::vector<FieldStrip>& strips, TextPainter& painter);

} // namespace dengji::app
