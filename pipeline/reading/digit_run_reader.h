#pragma once
#include "ocr/digit_net.h"
#include "pipeline/reading/address_decoder.h"

#include <opencv2/core.hpp>
#include <vector>

namespace dengji::reading {

/// Has the digit net read the runs of digits inside the lines of an address. `lines`: CV_8UC1, the images that the line
/// reader was given, top to bottom. What was read once is remembered, by all copies. `net` must outlive what is
/// returned, which belongs to the same worker.
DigitRunReader digit_run_reader(ocr::DigitNet& net, std::vector<cv::Mat> lines);

} // namespace dengji::reading
