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

cv::v_int16x8 expanded(const uchar* pixels) {
    return cv::v_reinterpret_as_s16(cv::v_load_expand(pixels));
}

/// Eight places, of which neighbours are about a pixel apart.
class EightPlaces {
public:
    EightPlaces(const float* xs, const float* ys)
        : x_low_(cv::v_load(xs) - steps()), x_high_(cv::v_load(xs + 4) - steps() - cv::v_setall_f32(4)),
          y_low_(cv::v_load(ys)), y_high_(cv::v_load(ys + 4)) {}

    /// The samples of those places that lie between columns x0 + i and x0 + i + 1, rows y0 and y0 + 1, put into `sums`;
    /// true when that is all.
    bool sample(const cv::Mat& image, int x0, int y0, cv::v_int16x8& sums, cv::v_int16x8& done) const {
        const cv::v_int16x8 wx = weights(x_low_, x_high_, x0), wy = weights(y_low_, y_high_, y0);
        const cv::v_int16x8 whole = cv::v_setall_s16(one), none = cv::v_setzero_s16();
        const cv::v_int16x8 here = (wx >= none) & (wx <= whole) & (wy >= none) & (wy <= whole);
        const auto between = [&](const uchar* pixels) {
            return cv::v_mul_wrap(expanded(pixels), whole - wx) + cv::v_mul_wrap(expanded(pixels + 1), wx);
        };
        const cv::v_int16x8 upper = between(image.ptr(y0) + x0), lower = between(image.ptr(y0 + 1) + x0);
        cv::v_int16x8 pixels_low, pixels_high, weights_low, weights_high;
        cv::v_zip(upper, lower, pixels_low, pixels_high);
        cv::v_zip(whole - wy, wy, weights_low, weights_high);
        const cv::v_int32x4 low = cv::v_dotprod(pixels_low, weights_low);
        const cv::v_int32x4 high = cv::v_dotprod(pixels_high, weights_high);
        const cv::v_int16x8 all = cv::v_reinterpret_as_s16(cv::v_rshr_pack_u<weight_bits>(low, high));
        sums = cv::v_select(here, all, sums);
        done = done | here;
        return cv::v_check_all(done);
    }

private:
    static cv::v_float32x4 steps() { return {0, 1, 2, 3}; }

    /// How far the places lie beyond `from`, as weights; others than 0 to `one` are of no use.
    static cv::v_int16x8 weights(const cv::v_float32x4& low, const cv::v_float32x4& high, int from) {
        const cv::v_float32x4 start = cv::v_setall_f32(static_cast<float>(from)), scale = cv::v_setall_f32(one);
        return cv::v_pack(cv::v_round((low - start) * scale), cv::v_round((high - start) * scale));
    }

    cv::v_float32x4 x_low_, x_high_, y_low_, y_high_;
};

/// Eight places on two or three rows. False when they lie too far apart, or at the image's edge.
bool sample_neighbours(const cv::Mat& image, const float* xs, const float* ys, uchar* out) {
    const int first_x = cvFloor(xs[0]), last_x = cvFloor(xs[lanes - 1]) - (lanes - 1);
    const int first_y = cvFloor(ys[0]), last_y = cvFloor(ys[lanes - 1]);
    if (std::min(first_x, last_x) < 0 || std::max(first_x, last_x) + lanes >= image.cols) return false;
    if (std::min(first_y, last_y) < 0 || std::max(first_y, last_y) + 1 >= image.rows) return false;
    const EightPlaces places(xs, ys);
    cv::v_int16x8 sums = cv::v_setzero_s16(), done = sums;
    const bool all = places.sample(image, first_x, first_y, sums, done) ||
                     (last_y != first_y && places.sample(image, first_x, last_y, sums, done)) ||
                     (last_x != first_x && places.sample(image, last_x, first_y, sums, done)) ||
                     (last_x != first_x && last_y != first_y && places.sample(image, last_x, last_y, sums, done));
    if (all) cv::v_pack_u_store(out, sums);
    return all;
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
