#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// The grey level (0..255) below or at which `share` (0..1) of the pixels lie. 255 for an empty image. CV_8UC1.
int quantile(const cv::Mat& grey, double share);

/// A colour or grey image as grey in which a red seal is paper: the red channel. Blue and black pens stay dark.
cv::Mat without_red(const cv::Mat& image);

/// Divides the paper's own shade out, strip by strip: paper becomes 255. One level for the whole field would turn pale
/// first characters into paper where the light falls off. `strip`: width of a strip, pixels.
cv::Mat flattened(const cv::Mat& grey, int strip);

} // namespace dengji::reading
