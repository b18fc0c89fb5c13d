#include "pipeline/layout/linear_rows.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <cstring>

#if defined(__SSSE3__)
#include <immintrin.h>
#endif

namespace dengji::layout {
namespace {

// OpenCV's fixed point: weights in 1/2048, stretched rows in 1/128.
constexpr float one = 2048;
constexpr int dropped_bits = 4;
constexpr int group = 8;
constexpr int load = 16;

#if defined(__SSSE3__)
/// Blends two stretched rows as LinearRows::row() does, 32 columns at a time. Returns how many were done.
__attribute__((target("avx2"))) int blend_avx2(const std::int16_t* first, const std::int16_t* second,
                                               std::int16_t weight_first, std::int16_t weight_second, int width,
                                               std::uint8_t* out) {
    const __m256i a = _mm256_set1_epi16(weight_first), b = _mm256_set1_epi16(weight_second),
                  half = _mm256_set1_epi16(2);
    int x = 0;
    for (; x + 2 * load <= width; x += 2 * load) {
        __m256i blended[2];
        for (int k = 0; k < 2; ++k) {
            const auto* of_first = reinterpret_cast<const __m256i*>(first + x + k * load);
            const auto* of_second = reinterpret_cast<const __m256i*>(second + x + k * load);
            const __m256i sum = _mm256_adds_epi16(_mm256_mulhi_epi16(_mm256_loadu_si256(of_first), a),
                                                  _mm256_mulhi_epi16(_mm256_loadu_si256(of_second), b));
            blended[k] = _mm256_srai_epi16(_mm256_adds_epi16(sum, half), 2);
        }
        // Packing works within halves: put their quarters in order.
        const __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi16(blended[0], blended[1]), 0xD8);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + x), packed);
    }
    return x;
}

__attribute__((target("avx2"))) inline __m256i vector256(const void* p) {
    return _mm256_loadu_si256(static_cast<const __m256i*>(p));
}

const bool has_avx2 = cv::checkHardwareSupport(CV_CPU_AVX2);
#endif

} // namespace

LinearRows::LinearRows(const cv::Mat& from, int channel, const cv::Size& to) : from_(from), channel_(channel), to_(to) {
    columns_.reserve(static_cast<std::size_t>(to.width));
    for (int x = 0; x < to.width; ++x) {
        Taps taps = taps_at(x, from.cols, to.width);
        if (taps.first == taps.second) taps.weight_first = static_cast<std::int16_t>(one), taps.weight_second = 0;
        columns_.push_back(taps);
    }
    for (auto& row : rows_) row.resize(static_cast<std::size_t>((to.width + load - 1) / load * load));
#if defined(__SSSE3__)
    make_groups();
#endif
}

LinearRows::Taps LinearRows::taps_at(int at, int from, int to) {
    const double scale = 1. / (static_cast<double>(to) / from);
    auto place = static_cast<float>((at + .5) * scale - .5);
    const int first = cvFloor(place);
    place -= static_cast<float>(first);
    return {std::clamp(first, 0, from - 1), std::clamp(first + 1, 0, from - 1),
            cv::saturate_cast<std::int16_t>((1.F - place) * one), cv::saturate_cast<std::int16_t>(place * one)};
}

void LinearRows::make_groups() {
    const int channels = from_.channels(), bytes = from_.cols * channels;
    int widest = 0;
    for (int x = 0; x < to_.width; x += group) {
        const int last = std::min(x + group, to_.width) - 1;
        const int span =
            (columns_[static_cast<std::size_t>(last)].second - columns_[static_cast<std::size_t>(x)].first);
        widest = std::max(widest, span * channels + 1);
    }
    const int loads = (widest + load - 1) / load;
    if (loads > 3 || loads * load > bytes) return;
    loads_ = loads;
    for (int x = 0; x < to_.width; x += 2 * group) {
        Group made{};
        std::memset(made.bytes, 255, sizeof made.bytes);
        for (int half = 0; half < 2; ++half) {
            const int begin = std::min(x + half * group, to_.width - 1);
            int& start = made.start[half];
            start =
                std::min(columns_[static_cast<std::size_t>(begin)].first * channels + channel_, bytes - loads * load);
            for (int i = 0; i < std::min(group, to_.width - x - half * group); ++i) {
                const Taps& taps = columns_[static_cast<std::size_t>(begin + i)];
                const int from[] = {taps.first, taps.second};
                for (int k = 0; k < 2; ++k) {
                    const int byte = from[k] * channels + channel_ - start;
                    made.bytes[byte / load][half][2 * i + k] = static_cast<std::uint8_t>(byte % load);
                }
                std::int16_t* weights = &made.weights[i / 4][half][2 * (i % 4)];
                weights[0] = taps.weight_first, weights[1] = taps.weight_second;
            }
        }
        groups_.push_back(made);
    }
}

#if defined(__SSSE3__)
void LinearRows::stretch_groups(const std::uint8_t* row, std::int16_t* out) const {
    const auto vector_at = [](const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); };
    const __m128i none = _mm_setzero_si128();
    for (const Group& both : groups_) {
        for (int half = 0; half < 2; ++half, out += group) {
            const std::uint8_t* from = row + both.start[half];
            __m128i pairs = _mm_shuffle_epi8(vector_at(from), vector_at(both.bytes[0][half]));
            for (int k = 1; k < loads_; ++k)
                pairs =
                    _mm_or_si128(pairs, _mm_shuffle_epi8(vector_at(from + k * load), vector_at(both.bytes[k][half])));
            const __m128i low = _mm_madd_epi16(_mm_unpacklo_epi8(pairs, none), vector_at(both.weights[0][half]));
            const __m128i high = _mm_madd_epi16(_mm_unpackhi_epi8(pairs, none), vector_at(both.weights[1][half]));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(out),
                             _mm_packs_epi32(_mm_srai_epi32(low, dropped_bits), _mm_srai_epi32(high, dropped_bits)));
        }
    }
}

/// The same for both halves of a group at once.
__attribute__((target("avx2"))) void LinearRows::stretch_groups_avx2(const std::uint8_t* row, std::int16_t* out) const {
    const __m256i none = _mm256_setzero_si256();
    for (const Group& both : groups_) {
        const std::uint8_t *first = row + both.start[0], *second = row + both.start[1];
        __m256i pairs = none;
        for (int k = 0; k < loads_; ++k, first += load, second += load) {
            const __m256i there =
                _mm256_loadu2_m128i(reinterpret_cast<const __m128i*>(second), reinterpret_cast<const __m128i*>(first));
            pairs = _mm256_or_si256(pairs, _mm256_shuffle_epi8(there, vector256(both.bytes[k])));
        }
        const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi8(pairs, none), vector256(both.weights[0]));
        const __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi8(pairs, none), vector256(both.weights[1]));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_packs_epi32(_mm256_srai_epi32(low, dropped_bits),
                                                                                _mm256_srai_epi32(high, dropped_bits)));
        out += 2 * group;
    }
}
#endif

void LinearRows::stretch(const std::uint8_t* row, std::int16_t* out) const {
#if defined(__SSSE3__)
    if (loads_ > 0) return has_avx2 ? stretch_groups_avx2(row, out) : stretch_groups(row, out);
#endif
    const int channels = from_.channels();
    row += channel_;
    for (const Taps& taps : columns_)
        *out++ = static_cast<std::int16_t>(
            (row[taps.first * channels] * taps.weight_first + row[taps.second * channels] * taps.weight_second) >>
            dropped_bits);
}

const std::int16_t* LinearRows::stretched(int y) {
    // Of two neighbouring rows, one is even.
    const auto place = static_cast<std::size_t>(y % 2);
    if (at_[place] != y) {
        stretch(from_.ptr(y), rows_[place].data());
        at_[place] = y;
    }
    return rows_[place].data();
}

void LinearRows::row(int y, std::uint8_t* out) {
    const Taps taps = taps_at(y, from_.rows, to_.height);
    const std::int16_t *first = stretched(taps.first), *second = stretched(taps.second);
    const cv::v_int16x8 weight_first = cv::v_setall_s16(taps.weight_first),
                        weight_second = cv::v_setall_s16(taps.weight_second);
    const auto blended = [&](int x) {
        return cv::v_mul_hi(cv::v_load(first + x), weight_first) + cv::v_mul_hi(cv::v_load(second + x), weight_second);
    };
    int x = 0;
#if defined(__SSSE3__)
    if (has_avx2) x = blend_avx2(first, second, taps.weight_first, taps.weight_second, to_.width, out);
#endif
    for (; x + load <= to_.width; x += load) cv::v_store(out + x, cv::v_rshr_pack_u<2>(blended(x), blended(x + group)));
    for (; x < to_.width; ++x)
        out[x] = cv::saturate_cast<std::uint8_t>(
            (((first[x] * taps.weight_first) >> 16) + ((second[x] * taps.weight_second) >> 16) + 2) >> 2);
}

} // namespace dengji::layout
