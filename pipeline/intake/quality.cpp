#include "pipeline/intake/quality.h"

namespace dengji::intake {
Quality measure_quality(const cv::Mat& image, double tagged_dpi) {
    Quality quality;
    quality.dpi = image.empty() ? tagged_dpi : std::max(image.cols, image.rows) / 11.69;
    return quality;
}
} // namespace dengji::intake
