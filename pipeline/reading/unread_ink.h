#pragma once
#include "pipeline/reading/ctc_greedy.h"

#include <opencv2/core.hpp>

namespace dengji::reading {

/// The widest piece of ink that lies too far from every character of the reading to belong to one, in heights of the
/// line's image: a sign that a character was dropped. `line`: CV_8UC1 as the line reader got it, dark on light;
/// `number`: which line of the reading it is. 0 for an empty image; the whole width of the ink when nothing was read.
double unread_ink(const cv::Mat& line, const GreedyReading& reading, int number);

} // namespace dengji::reading
