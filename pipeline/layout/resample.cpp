#include "pipeline/layout/resample.h"

#include <algorithm>

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

/// `n` - `less`, as sixteen signed bytes.
__m128i bytes_above(const __m128i* n, int less) {
    const __m128i least = _mm_set1_epi32(less);
    return _mm_packs_epi16(_mm_packs_epi32(_mm_sub_epi32(n[0], least), _mm_sub_epi32(n[1], least)),
                           _mm_packs_epi32(_mm_sub_epi32(n[2], least), _mm_sub_epi32(n[3], least)));
}

/// Are all of sixteen bytes from 0 to `most`?
bool within(const __m128i& bytes, int most) {
    return _mm_movemask_epi8(_mm_or_si128(bytes, _mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(most))))) == 0;
}

/// A stretch that lies on few rows, with pixels left out or doubled here and there. False when it does not.
bool shuffle_stretch(const cv::Mat& image, const float* xs, const float* ys, uchar* out) {
    constexpr int most_rows = 4;
    const int left = cvRound(xs[0]);
    const auto [top, bottom] = std::minmax({cvRound(ys[0]), cvRound(ys[stretch - 1])});
    if (left < 0 || left + stretch > image.cols || top < 0 || bottom >= image.rows || bottom - top >= most_rows)
        return false;
    __m128i columns[4], rows[4];
    for (int i = 0; i < 4; ++i) {
        columns[i] = _mm_cvtps_epi32(_mm_loadu_ps(xs + 4 * i));
        rows[i] = _mm_cvtps_epi32(_mm_loadu_ps(ys + 4 * i));
    }
    const __m128i column = bytes_above(columns, left), row = bytes_above(rows, top);
    if (!within(column, stretch - 1) || !within(row, bottom - top)) return false;
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
