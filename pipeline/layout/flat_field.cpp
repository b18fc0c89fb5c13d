#include "pipeline/layout/flat_field.h"

#include "pipeline/layout/linear_rows.h"

#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

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

} // namespace

FlatField flat_field(const cv::Mat& grey, int threshold) {
    FlatField field{cv::Mat(grey.size(), CV_8U), cv::Mat(grey.size(), CV_8U)};
    LinearRows levels(paper_level(grey), 0, grey.size());
    std::vector<std::uint8_t> level(static_cast<std::size_t>(grey.cols));
    const cv::v_uint8x16 one = cv::v_setall_u8(1), limit = cv::v_setall_u8(static_cast<std::uint8_t>(threshold));
    for (int y = 0; y < grey.rows; ++y) {
        levels.row(y, level.data());
        const std::uint8_t* from = grey.ptr(y);
        std::uint8_t *norm = field.norm.ptr(y), *ink = field.ink.ptr(y);
        int x = 0;
        for (; x + lanes <= grey.cols; x += lanes) {
            const cv::v_uint8x16 share = share_of(cv::v_load(from + x), cv::v_load(level.data() + x));
            cv::v_store(norm + x, share);
            cv::v_store(ink + x, (share < limit) & one);
        }
        for (; x < grey.cols; ++x) {
            norm[x] = share_of(from[x], level[static_cast<std::size_t>(x)]);
            ink[x] = norm[x] < threshold;
        }
    }
    return field;
}

} // namespace dengji::layout
