#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// Cuts the line that a number stands in from the image of its field (as cut from the page; `em`: size of the form's
/// printed characters in it, pixels): paper flattened, remains of ruling lines painted over, some paper around the
/// writing. CV_8UC1; empty when nothing is written. Of several lines the one with most room.
cv::Mat number_line(const cv::Mat& field, double em);

/// The same from a field that flatten_paper has already made.
cv::Mat number_line_of_flat(const cv::Mat& flat, double em);

} // namespace dengji::reading
