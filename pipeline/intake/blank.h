#pragma once
#include <opencv2/core.hpp>

namespace dengji::intake {

/// Whether a page shows nothing but specks, a copy's black edges, punch holes and scanner streaks. `ink` is CV_8UC1,
/// 255 where the page is dark against its paper, at about 1.5 pixels a millimetre. When in doubt the answer is no: a
/// sheet taken for blank would be lost.
bool is_blank(const cv::Mat& ink, double pixels_per_mm);

} // namespace dengji::intake
