#include "pipeline/layout/resample.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <cstring>

#if defined(__SSSE3__)
#include <tmmintrin.h>
#endif

namespace dengji::layout {
namespace {

constexpr int stretch = resample_stretch;
constexpr uchar paper = 255;

uchar nearest(const cv::Mat& image, float x, float y) {
    const int column = cvRound(x), row = cvRound(y);
    const bool inside = column >= 0 && row >= 0 && column < image.cols && row < image.rows;
    return inside ? image.ptr(row)[column] : paper;
}

#if defined(__SSSE3__)

/// Smallest and largest of sixteen numbers.
std::pair<int, int> range_of(const __m128i* n) {
    const cv::v_int32x4 a(n[0]), b(n[1]), c(n[2]), d(n[3]);
    return {cv::v_reduce_min(cv::v_min(cv::v_min(a, b), cv::v_min(c, d))),
            cv::v_reduce_max(cv::v_max(cv::v_max(a, b), cv::v_max(c, d)))};
}

/// `n` - `less`, as sixteen bytes.
__m128i bytes_above(const __m128i* n, int less) {
    const __m128i least = _mm_set1_epi32(less);
    return _mm_packus_epi16(_mm_packs_epi32(_mm_sub_epi32(n[0], least), _mm_sub_epi32(n[1], least)),
                            _mm_packs_epi32(_mm_sub_epi32(n[2], least), _mm_sub_epi32(n[3], least)));
}

/// A stretch that lies on few rows, with pixels left out or doubled here and there. False when it does not.
bool shuffle_stretch(const cv::Mat& image, const float* xs, const float* ys, uchar* out) {
    constexpr int most_rows = 4;
    __m128i columns[4], rows[4];
    for (int i = 0; i < 4; ++i) {
        columns[i] = _mm_cvtps_epi32(_mm_loadu_ps(xs + 4 * i));
        rows[i] = _mm_cvtps_epi32(_mm_loadu_ps(ys + 4 * i));
    }
    const auto [left, right] = range_of(columns);
    const auto [top, bottom] = range_of(rows);
    if (left < 0 || right - left >= stretch || left + stretch > image.cols || top < 0 || bottom >= image.rows ||
        bottom - top >= most_rows)
        return false;
    const __m128i column = bytes_above(columns, left), row = bytes_above(rows, top);
    __m128i pixels = _mm_setzero_si128();
    for (int y = top; y <= bottom; ++y) {
        const __m128i there = _mm_loadu_si128(reinterpret_cast<const __m128i*>(image.ptr(y) + left));
        const __m128i on_row = _mm_cmpeq_epi8(row, _mm_set1_epi8(static_cast<char>(y - top)));
        pixels = _mm_or_si128(pixels, _mm_and_si128(on_row, _mm_shuffle_epi8(there, column)));
    }
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), pixels);
    return true;
}

#else

bool shuffle_stretch(const cv::Mat&, const float*, const float*, uchar*) {
    return false;
}

#endif

} // namespace

bool copy_stretch(const cv::Mat& image, const cv::Point2f& first, const cv::Point2f& last, uchar* out) {
    const int left = cvRound(first.x), right = cvRound(last.x);
    const int row = cvRound(first.y);
    if (right - left != stretch - 1 || cvRound(last.y) != row) return false;
    if (left < 0 || right >= image.cols || row < 0 || row >= image.rows) return false;
    std::memcpy(out, image.ptr(row) + left, stretch);
    return true;
}

void resample_row(const cv::Mat& image, const float* xs, const float* ys, int count, uchar* out) {
    for (int i = 0; i < count; i += stretch) {
        const int last = i + stretch - 1;
        if (last < count && (copy_stretch(image, {xs[i], ys[i]}, {xs[last], ys[last]}, out + i) ||
                             shuffle_stretch(image, xs + i, ys + i, out + i)))
            continue;
        for (int k = i; k < std::min(i + stretch, count); ++k) out[k] = nearest(image, xs[k], ys[k]);
    }
}

} // namespace dengji::layout
