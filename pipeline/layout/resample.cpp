#include "pipeline/layout/resample.h"

#include <opencv2/core/hal/intrin.hpp>

#include <cmath>

namespace dengji::layout {
namespace {

constexpr int lanes = cv::v_int16x8::nlanes;
constexpr int one = 128; ///< a whole pixel, as a weight
constexpr int weight_bits = 14;
constexpr uchar paper = 255;

int rounded(int sum) {
    return (sum + (1 << (weight_bits - 1))) >> weight_bits;
}

uchar sample(const cv::Mat& image, float x, float y) {
    const int x0 = cvFloor(x), y0 = cvFloor(y);
    const int wx = cvRound((x - static_cast<float>(x0)) * one), wy = cvRound((y - static_cast<float>(y0)) * one);
    if (x0 >= 0 && y0 >= 0 && x0 + 1 < image.cols && y0 + 1 < image.rows) {
        const uchar *upper = image.ptr(y0) + x0, *lower = image.ptr(y0 + 1) + x0;
        return static_cast<uchar>(rounded((upper[0] * (one - wx) + upper[1] * wx) * (one - wy) +
                                          (lower[0] * (one - wx) + lower[1] * wx) * wy));
    }
    const auto at = [&](int dx, int dy) {
        const bool inside = x0 + dx >= 0 && y0 + dy >= 0 && x0 + dx < image.cols && y0 + dy < image.rows;
        return inside ? image.ptr(y0 + dy)[x0 + dx] : paper;
    };
    return static_cast<uchar>(
        rounded((at(0, 0) * (one - wx) + at(1, 0) * wx) * (one - wy) + (at(0, 1) * (one - wx) + at(1, 1) * wx) * wy));
}

/// How far beyond `from` and the pixels after it the eight places lie, as weights.
cv::v_int16x8 weights(const float* places, const cv::v_float32x4& from, const cv::v_float32x4& from_fifth) {
    const cv::v_float32x4 whole = cv::v_setall_f32(one);
    const cv::v_int32x4 low = cv::v_round((cv::v_load(places) - from) * whole);
    const cv::v_int32x4 high = cv::v_round((cv::v_load(places + 4) - from_fifth) * whole);
    const cv::v_int16x8 least = cv::v_setzero_s16(), most = cv::v_setall_s16(one);
    return cv::v_min(cv::v_max(cv::v_pack(low, high), least), most);
}

cv::v_int16x8 expanded(const uchar* pixels) {
    return cv::v_reinterpret_as_s16(cv::v_load_expand(pixels));
}

/// Eight places whose pixels are eight neighbours of two rows. False when they are not.
bool sample_neighbours(const cv::Mat& image, const float* xs, const float* ys, uchar* out) {
    const int x0 = cvFloor(xs[0]), y0 = cvFloor(ys[0]);
    if (x0 < 0 || y0 < 0 || x0 + lanes >= image.cols || y0 + 1 >= image.rows) return false;
    if (cvFloor(xs[lanes - 1]) != x0 + lanes - 1 || cvFloor(ys[lanes - 1]) != y0) return false;
    const cv::v_float32x4 steps(0, 1, 2, 3);
    const cv::v_float32x4 left = cv::v_setall_f32(static_cast<float>(x0)) + steps;
    const cv::v_float32x4 row = cv::v_setall_f32(static_cast<float>(y0));
    const cv::v_int16x8 wx = weights(xs, left, left + cv::v_setall_f32(4)), wy = weights(ys, row, row);
    const cv::v_int16x8 whole = cv::v_setall_s16(one);
    const auto between = [&](const uchar* pixels) {
        return cv::v_mul_wrap(expanded(pixels), whole - wx) + cv::v_mul_wrap(expanded(pixels + 1), wx);
    };
    const cv::v_int16x8 upper = between(image.ptr(y0) + x0), lower = between(image.ptr(y0 + 1) + x0);
    cv::v_int16x8 pixels_low, pixels_high, weights_low, weights_high;
    cv::v_zip(upper, lower, pixels_low, pixels_high);
    cv::v_zip(whole - wy, wy, weights_low, weights_high);
    const cv::v_int32x4 low = cv::v_dotprod(pixels_low, weights_low), high = cv::v_dotprod(pixels_high, weights_high);
    const cv::v_uint16x8 sums = cv::v_rshr_pack_u<weight_bits>(low, high);
    cv::v_pack_store(out, sums);
    return true;
}

} // namespace

void resample_row(const cv::Mat& image, const float* xs, const float* ys, int count, uchar* out) {
    int i = 0;
    for (; i + lanes <= count; i += lanes)
        if (!sample_neighbours(image, xs + i, ys + i, out + i))
            for (int k = i; k < i + lanes; ++k) out[k] = sample(image, xs[k], ys[k]);
    for (; i < count; ++i) out[i] = sample(image, xs[i], ys[i]);
}

} // namespace dengji::layout
