#pragma once
#include <opencv2/core.hpp>

#include <algorithm>
#include <cstring>

namespace dengji::layout {

/// The pixels of `image` (CV_8UC1) nearest to `count` places; beyond its edges lies paper (255). Quick where
/// neighbouring places are about a pixel apart and on about the same row, as along the rows of a scan.
void resample_row(const cv::Mat& image, const float* xs, const float* ys, int count, uchar* out);

/// Pixels looked at together.
inline constexpr int resample_stretch = 16;

/// Copies a stretch of pixels that lie side by side on one row, from `first` to `last`. False when they do not.
inline bool copy_stretch(const cv::Mat& image, const cv::Point2f& first, const cv::Point2f& last, uchar* out) {
    constexpr int further = resample_stretch - 1;
    const int left = cvRound(first.x), row = cvRound(first.y);
    if (cvRound(last.x) - left != further || cvRound(last.y) != row) return false;
    if (left < 0 || left + further >= image.cols || row < 0 || row >= image.rows) return false;
    std::memcpy(out, image.ptr(row) + left, resample_stretch);
    return true;
}

/// The same for places that are worked out as they are needed: places(i) is that of pixel i. Of stretches that lie on
/// one row it is asked for both ends only.
template <typename Places>
void resample_row(const cv::Mat& image, const Places& places, int count, uchar* out) {
    constexpr int stretch = resample_stretch;
    for (int i = 0; i < count; i += stretch) {
        if (i + stretch <= count && copy_stretch(image, places(i), places(i + stretch - 1), out + i)) continue;
        const int n = std::min(stretch, count - i);
        float xs[stretch], ys[stretch];
        for (int k = 0; k < n; ++k) {
            const cv::Point2f place = places(i + k);
            xs[k] = place.x, ys[k] = place.y;
        }
        resample_row(image, xs, ys, n, out + i);
    }
}

} // namespace dengji::layout
