#include "pipeline/layout/flat_field.h"

#include "pipeline/layout/linear_rows.h"

#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace dengji::layout {
namespace {

/// Local paper level at a quarter of the size: the brighter part of the neighbourhood, smoothed.
cv::Mat paper_level(const cv::Mat& grey) {
    // Whole halves only: at exactly 2:1 the area filter has a fast path.
    const cv::Rect quarters(0, 0, grey.cols / 4 * 4, grey.rows / 4 * 4);
    cv::Mat half, quarter;
    cv::resize(grey(quarters), half, cv::Size(quarters.width / 2, quarters.height / 2), 0, 0, cv::INTER_AREA);
    cv::resize(half, quarter, cv::Size(quarters.width / 4, quarters.height / 4), 0, 0, cv::INTER_AREA);
    cv::dilate(quarter, quarter, cv::Mat::ones(7, 7, CV_8U));
    cv::blur(quarter, quarter, {15, 15});
    return quarter;
}

constexpr int lanes = cv::v_uint8x16::nlanes;

/// 255 * grey / level for four pixels; a level of 0 gives something below 0.
cv::v_int32x4 share_of_four(const cv::v_uint32x4& grey, const cv::v_uint32x4& level) {
    const auto floats = [](const cv::v_uint32x4& v) { return cv::v_cvt_f32(cv::v_reinterpret_as_s32(v)); };
    return cv::v_round(floats(grey) * cv::v_setall_f32(255) / floats(level));
}

cv::v_uint8x16 share_of(const cv::v_uint8x16& grey, const cv::v_uint8x16& level) {
    cv::v_uint16x8 grey_halves[2], level_halves[2];
    cv::v_expand(grey, grey_halves[0], grey_halves[1]);
    cv::v_expand(level, level_halves[0], level_halves[1]);
    cv::v_int16x8 shares[2];
    for (int i = 0; i < 2; ++i) {
        cv::v_uint32x4 a, b, c, d;
        cv::v_expand(grey_halves[i], a, b);
        cv::v_expand(level_halves[i], c, d);
        shares[i] = cv::v_pack(share_of_four(a, c), share_of_four(b, d));
    }
    return cv::v_pack_u(shares[0], shares[1]);
}

std::uint8_t share_of(std::uint8_t grey, std::uint8_t level) {
    return level == 0 ? 0 : cv::saturate_cast<std::uint8_t>(grey * 255.F / static_cast<float>(level));
}

/// A row of pixels divided by the paper's level, and whether they are ink.
struct Row {
    const std::uint8_t *grey, *level;
    std::uint8_t *norm, *ink;
    int threshold;
};

/// From pixel x on.
void divide_from(int x, const Row& row, int columns) {
    const cv::v_uint8x16 one = cv::v_setall_u8(1), limit = cv::v_setall_u8(static_cast<std::uint8_t>(row.threshold));
    for (; x + lanes <= columns; x += lanes) {
        const cv::v_uint8x16 share = share_of(cv::v_load(row.grey + x), cv::v_load(row.level + x));
        cv::v_store(row.norm + x, share);
        cv::v_store(row.ink + x, (share < limit) & one);
    }
    for (; x < columns; ++x) {
        row.norm[x] = share_of(row.grey[x], row.level[x]);
        row.ink[x] = row.norm[x] < row.threshold;
    }
}

void divide_plain(const Row& row, int columns) {
    divide_from(0, row, columns);
}

#if defined(__x86_64__) && defined(__GNUC__)

__attribute__((target("avx2"))) inline __m256 eight(const std::uint8_t* bytes) {
    return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes))));
}

/// The same for processors with vectors twice as long.
__attribute__((target("avx2"))) void divide_avx2(const Row& row, int columns) {
    constexpr int step = 32;
    const __m256i in_order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7), one = _mm256_set1_epi8(1),
                  last_ink = _mm256_set1_epi8(static_cast<char>(row.threshold - 1));
    int x = 0;
    for (; x + step <= columns; x += step) {
        __m256i shares[4];
        for (int i = 0; i < 4; ++i) {
            const __m256 grey = eight(row.grey + x + 8 * i), level = eight(row.level + x + 8 * i);
            shares[i] = _mm256_cvtps_epi32(_mm256_div_ps(_mm256_mul_ps(grey, _mm256_set1_ps(255)), level));
        }
        const __m256i mixed =
            _mm256_packus_epi16(_mm256_packs_epi32(shares[0], shares[1]), _mm256_packs_epi32(shares[2], shares[3]));
        const __m256i share = _mm256_permutevar8x32_epi32(mixed, in_order);
        const __m256i is_ink = _mm256_cmpeq_epi8(_mm256_min_epu8(share, last_ink), share);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(row.norm + x), share);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(row.ink + x), _mm256_and_si256(is_ink, one));
    }
    divide_from(x, row, columns);
}

const auto divide = cv::checkHardwareSupport(CV_CPU_AVX2) ? divide_avx2 : divide_plain;

#else

const auto divide = divide_plain;

#endif

} // namespace

FlatField flat_field(const cv::Mat& grey, int threshold) {
    FlatField field{cv::Mat(grey.size(), CV_8U), cv::Mat(grey.size(), CV_8U)};
    LinearRows levels(paper_level(grey), 0, grey.size());
    std::vector<std::uint8_t> level(static_cast<std::size_t>(grey.cols));
    for (int y = 0; y < grey.rows; ++y) {
        levels.row(y, level.data());
        divide({grey.ptr(y), level.data(), field.norm.ptr(y), field.ink.ptr(y), threshold}, grey.cols);
    }
    return field;
}

} // namespace dengji::layout
