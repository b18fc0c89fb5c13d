#include "pipeline/layout/resample.h"

#include <algorithm>
#include <cstring>

namespace dengji::layout {
namespace {

constexpr int stretch = 16; ///< pixels copied together where they lie side by side
constexpr uchar paper = 255;

uchar nearest(const cv::Mat& image, float x, float y) {
    const int column = cvRound(x), row = cvRound(y);
    const bool inside = column >= 0 && row >= 0 && column < image.cols && row < image.rows;
    return inside ? image.ptr(row)[column] : paper;
}

/// False when the places are not a stretch of one row.
bool copy_stretch(const cv::Mat& image, const float* xs, const float* ys, uchar* out) {
    const int left = cvRound(xs[0]), right = cvRound(xs[stretch - 1]);
    const int row = cvRound(ys[0]);
    if (right - left != stretch - 1 || cvRound(ys[stretch - 1]) != row) return false;
    if (left < 0 || right >= image.cols || row < 0 || row >= image.rows) return false;
    std::memcpy(out, image.ptr(row) + left, stretch);
    return true;
}

} // namespace

void resample_row(const cv::Mat& image, const float* xs, const float* ys, int count, uchar* out) {
    for (int i = 0; i < count; i += stretch) {
        if (i + stretch <= count && copy_stretch(image, xs + i, ys + i, out + i)) continue;
        for (int k = i; k < std::min(i + stretch, count); ++k) out[k] = nearest(image, xs[k], ys[k]);
    }
}

} // namespace dengji::layout
