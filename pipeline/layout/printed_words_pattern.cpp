#include "pipeline/layout/printed_words_pattern.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <cmath>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace dengji::layout {
namespace {

constexpr int lanes = cv::v_int32x4::nlanes;
static_assert(WordPattern::block == 4 * lanes);

struct PairsView {
    const int* pairs; ///< a row of zeros above and below them
    int rows, columns;
};

// Words are small, so this is quicker than a Fourier transform.

void multiply_plain(const PairsView& pattern, const int* place, std::size_t stride, int* products) {
    cv::v_int32x4 a = cv::v_setzero_s32(), b = a, c = a, d = a;
    const int* pair = pattern.pairs;
    for (int y = 0; y < pattern.rows; ++y, place += stride) {
        const int* row = place;
        for (int i = 0; i < pattern.columns; ++i, row += 2, ++pair) {
            const cv::v_int16x8 factors = cv::v_reinterpret_as_s16(cv::v_setall_s32(*pair));
            const auto at = [&](int lane) { return cv::v_reinterpret_as_s16(cv::v_load(row + lane * lanes)); };
            a = cv::v_dotprod(at(0), factors, a);
            b = cv::v_dotprod(at(1), factors, b);
            c = cv::v_dotprod(at(2), factors, c);
            d = cv::v_dotprod(at(3), factors, d);
        }
    }
    cv::v_store(products, a);
    cv::v_store(products + lanes, b);
    cv::v_store(products + 2 * lanes, c);
    cv::v_store(products + 3 * lanes, d);
}

void multiply_two_plain(const PairsView& pattern, const int* place, std::size_t stride, int* products) {
    multiply_plain(pattern, place, stride, products);
    multiply_plain(pattern, place + stride, stride, products + WordPattern::block);
}

#if defined(__x86_64__) && defined(__GNUC__)

__attribute__((target("avx2"))) inline __m256i eight(const int* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
}

__attribute__((target("avx2"))) inline void store(int* to, __m256i sums) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sums);
}

/// The same sums, for processors with vectors twice as long.
__attribute__((target("avx2"))) void multiply_avx2(const PairsView& pattern, const int* place, std::size_t stride,
                                                   int* products) {
    __m256i a = _mm256_setzero_si256(), b = a;
    const int* pair = pattern.pairs;
    for (int y = 0; y < pattern.rows; ++y, place += stride) {
        const int* row = place;
        for (int i = 0; i < pattern.columns; ++i, row += 2, ++pair) {
            const __m256i factors = _mm256_set1_epi32(*pair);
            a = _mm256_add_epi32(a, _mm256_madd_epi16(eight(row), factors));
            b = _mm256_add_epi32(b, _mm256_madd_epi16(eight(row + 2 * lanes), factors));
        }
    }
    store(products, a);
    store(products + 2 * lanes, b);
}

/// Two rows of places at once: what is loaded of the picture serves both.
__attribute__((target("avx2"))) void multiply_two_avx2(const PairsView& pattern, const int* place, std::size_t stride,
                                                       int* products) {
    __m256i a = _mm256_setzero_si256(), b = a, a_below = a, b_below = a;
    const int *pair = pattern.pairs, *pair_below = pattern.pairs - pattern.columns;
    for (int y = 0; y <= pattern.rows; ++y, place += stride) {
#pragma GCC unroll 4
        for (std::ptrdiff_t i = 0; i < pattern.columns; ++i) {
            const __m256i left = eight(place + 2 * i), right = eight(place + 2 * i + 2 * lanes);
            const __m256i factors = _mm256_set1_epi32(pair[i]), below = _mm256_set1_epi32(pair_below[i]);
            a = _mm256_add_epi32(a, _mm256_madd_epi16(left, factors));
            b = _mm256_add_epi32(b, _mm256_madd_epi16(right, factors));
            a_below = _mm256_add_epi32(a_below, _mm256_madd_epi16(left, below));
            b_below = _mm256_add_epi32(b_below, _mm256_madd_epi16(right, below));
        }
        pair_below = pair;
        pair += pattern.columns;
    }
    store(products, a);
    store(products + 2 * lanes, b);
    store(products + WordPattern::block, a_below);
    store(products + WordPattern::block + 2 * lanes, b_below);
}

const bool has_avx2 = cv::checkHardwareSupport(CV_CPU_AVX2);
const auto best_multiply = has_avx2 ? multiply_avx2 : multiply_plain;
const auto best_multiply_two = has_avx2 ? multiply_two_avx2 : multiply_two_plain;

#else

const auto best_multiply = multiply_plain;
const auto best_multiply_two = multiply_two_plain;

#endif

} // namespace

WordPattern::WordPattern(const cv::Mat& picture)
    : rows_(picture.rows), columns_((picture.cols + 1) / 2), pairs_(static_cast<std::size_t>(rows_ + 2) * columns_, 0) {
    int sum = 0;
    for (int y = 0; y < picture.rows; ++y) {
        const uchar* row = picture.ptr(y);
        for (int x = 0; x < picture.cols; ++x) sum += row[x];
    }
    const auto mean = static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, picture.total())));
    std::int64_t rest = 0, squares = 0;
    const auto centred = [&](uchar pixel) {
        const int value = cvRound(static_cast<float>(pixel) - mean);
        rest += value;
        squares += value * value;
        return value;
    };
    int* pairs = pairs_.data() + columns_;
    for (int y = 0; y < picture.rows; ++y) {
        const uchar* row = picture.ptr(y);
        for (int x = 0; x < picture.cols; x += 2) {
            const int left = centred(row[x]);
            *pairs++ = pair(left, x + 1 < picture.cols ? centred(row[x + 1]) : 0);
        }
    }
    rest_ = static_cast<double>(rest);
    norm_ = std::max(1.0, std::sqrt(static_cast<double>(squares)));
}

void WordPattern::multiply(const int* place, std::size_t stride, int* products) const {
    best_multiply({pairs_.data() + columns_, rows_, columns_}, place, stride, products);
}

void WordPattern::multiply_two(const int* place, std::size_t stride, int* products) const {
    best_multiply_two({pairs_.data() + columns_, rows_, columns_}, place, stride, products);
}

} // namespace dengji::layout
