#pragma once
#include <opencv2/core.hpp>

/// The colours of pictures that are made to be looked at, as blue, green, red.
namespace dengji::app::colours {

inline const cv::Scalar green(70, 140, 20), red(40, 40, 215), blue(210, 100, 20), violet(170, 30, 140),
    grey(150, 150, 150), orange(0, 130, 240), black(30, 30, 30), white(255, 255, 255);

} // namespace dengji::app::colours
