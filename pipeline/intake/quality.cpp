#include "pipeline/intake/quality.h"

#include "pipeline/intake/blank.h"

#include <opencv2/imgproc.hpp>

#if defined(__SSSE3__)
#include <tmmintrin.h>
#endif

namespace dengji::intake {
namespace {

constexpr double a4_long_inches = 11.69;
constexpr double a4_short_inches = 8.27;
constexpr double a4_long_mm = 297;

double judge_dpi(const cv::Size& size, double tagged_dpi) {
    const double longer = std::max(size.width, size.height);
    const double shorter = std::min(size.width, size.height);
    const double ratio = longer / shorter; // A4 1.414, Letter 1.294, a photo of a sheet 1.333
    if (ratio > 1.2 && ratio < 1.65) return std::sqrt(longer * shorter / (a4_long_inches * a4_short_inches));
    return tagged_dpi >= 70 && tagged_dpi <= 1300 ? tagged_dpi : 0;
}

/// Every so many bytes of a row, sixteen at a time.
class EveryNth {
public:
    explicit EveryNth(int stride) : stride_(stride) {
#if defined(__SSSE3__)
        // Sixteen bytes are spread over `stride` vectors: which of each vector's bytes go where.
        for (int k = 0; k < most; ++k)
            for (int i = 0; i < lanes; ++i) {
                const int at = i * stride - k * lanes;
                shuffles_[k][i] = at >= 0 && at < lanes ? static_cast<std::uint8_t>(at) : 255;
            }
#endif
    }

    /// to[x] = from[x * stride], or the smaller one of the two when `darker`, for `count` x; `available`: bytes from
    /// `from` on.
    void operator()(const std::uint8_t* from, int available, bool darker, std::uint8_t* to, int count) const {
        int x = 0;
#if defined(__SSSE3__)
        const auto vector_at = [](const void* p) { return _mm_loadu_si128(static_cast<const __m128i*>(p)); };
        for (; stride_ <= most && x + lanes <= count && (x + lanes) * stride_ <= available; x += lanes) {
            __m128i found = _mm_setzero_si128();
            for (int k = 0; k < stride_; ++k)
                found = _mm_or_si128(
                    found, _mm_shuffle_epi8(vector_at(from + x * stride_ + k * lanes), vector_at(shuffles_[k])));
            if (darker) found = _mm_min_epu8(found, vector_at(to + x));
            _mm_storeu_si128(reinterpret_cast<__m128i*>(to + x), found);
        }
#endif
        for (; x < count; ++x) to[x] = darker ? std::min(to[x], from[x * stride_]) : from[x * stride_];
    }

private:
    static constexpr int lanes = 16, most = 12;

    int stride_;
#if defined(__SSSE3__)
    std::uint8_t shuffles_[most][lanes];
#endif
};

/// Keeps one pixel of `step` x `step`: the darkest on the block's diagonal, which crosses every line through the block.
/// Of colours the green channel, in which blue and black ink and red seals are all dark.
cv::Mat reduce_darkest(const cv::Mat& image, int step) {
    const int channels = image.channels();
    const int channel = channels == 3 ? 1 : 0;
    const EveryNth pick(step * channels);
    cv::Mat reduced(image.rows / step, image.cols / step, CV_8UC1);
    for (int y = 0; y < reduced.rows; ++y)
        for (int i = 0; i < step; ++i) {
            const int first = i * channels + channel;
            pick(image.ptr(y * step + i) + first, image.cols * channels - first, i > 0, reduced.ptr(y), reduced.cols);
        }
    return reduced;
}

/// Grey level that `share` of the pixels are darker than.
int level_at(const cv::Mat& grey, double share) {
    std::array<int, 256> counts{};
    for (int y = 0; y < grey.rows; ++y) {
        const std::uint8_t* p = grey.ptr(y);
        for (int x = 0; x < grey.cols; ++x) ++counts[p[x]];
    }
    const double wanted = share * static_cast<double>(grey.total());
    double seen = 0;
    for (std::size_t level = 0; level < counts.size(); ++level) {
        seen += counts[level];
        if (seen >= wanted) return static_cast<int>(level);
    }
    return 255;
}

/// Half as wide and high; odd last rows and columns are left off.
cv::Mat halve(const cv::Mat& image) {
    cv::Mat half;
    const cv::Rect even(0, 0, image.cols / 2 * 2, image.rows / 2 * 2);
    cv::resize(image(even), half, {even.width / 2, even.height / 2}, 0, 0, cv::INTER_AREA); // exactly 2: the fast way
    return half;
}

/// 255 where the page is clearly darker than the paper around (`tiles`: its mean levels, 5 mm each). What shines
/// through from the back is fainter than that.
cv::Mat find_ink(const cv::Mat& grey, const cv::Mat& tiles, int paper) {
    constexpr double ink_share = 0.70; // of the paper's level
    constexpr int around = 5;          // tiles: the paper is seen within 1 cm of any ink but a solid edge
    cv::Mat threshold;
    cv::dilate(tiles, threshold, cv::getStructuringElement(cv::MORPH_RECT, {around, around}));
    // A black edge wider than that must not pass for paper.
    threshold = cv::max(threshold, paper * 0.6);
    threshold.convertTo(threshold, CV_8U, ink_share);
    cv::resize(threshold, threshold, grey.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat ink;
    cv::compare(grey, threshold, ink, cv::CMP_LT);
    return ink;
}

struct Darkness {
    double pixels = 0; ///< number of pixels with ink
    double levels = 0; ///< their grey levels, added up
};

Darkness measure_darkness(const cv::Mat& grey, const cv::Mat& ink) {
    Darkness dark;
    for (int y = 0; y < grey.rows; ++y) {
        const std::uint8_t* level = grey.ptr(y);
        const std::uint8_t* is_ink = ink.ptr(y); // 255 or 0
        int pixels = 0;
        int levels = 0;
        for (int x = 0; x < grey.cols; ++x) {
            pixels += is_ink[x] & 1;
            levels += is_ink[x] & level[x];
        }
        dark.pixels += pixels;
        dark.levels += levels;
    }
    return dark;
}

/// Ink without single dots, half as large.
cv::Mat without_dots(const cv::Mat& ink) {
    cv::Mat kept;
    cv::boxFilter(ink, kept, CV_8U, {3, 3}, cv::Point(-1, -1), true); // mean of nine, itself included
    constexpr int three_of_nine = 255 * 3 / 9 - 1;
    cv::compare(kept, three_of_nine, kept, cv::CMP_GT);
    cv::bitwise_and(kept, ink, kept);
    return halve(kept) > 0;
}

} // namespace

bool is_bitonal(const cv::Mat& image) {
    constexpr int every = 32; // rows
    for (int y = every / 2; y < image.rows; y += every) {
        const std::uint8_t* p = image.ptr(y);
        const int samples = image.cols * image.channels();
        for (int x = 0; x < samples; ++x) {
            if (p[x] != 0 && p[x] != 255) return false;
        }
    }
    return true;
}

Quality measure_quality(const cv::Mat& image, double tagged_dpi) {
    Quality quality;
    quality.dpi = judge_dpi(image.size(), tagged_dpi);
    quality.bitonal = is_bitonal(image);

    constexpr double working_long_side = a4_long_inches * 75;
    const int longer = std::max(image.cols, image.rows);
    const int shorter = std::min(image.cols, image.rows);
    const int step = std::max(1, static_cast<int>(std::lround(longer / working_long_side)));
    constexpr int smallest = 48; // pixels; such a strip is no page
    if (shorter / step < smallest) return quality;
    const cv::Mat grey = reduce_darkest(image, step);
    const cv::Mat quarter = halve(halve(grey));
    const int paper = level_at(quarter, 0.9);
    const cv::Mat ink = find_ink(grey, halve(halve(quarter)), paper);
    const Darkness dark = measure_darkness(grey, ink);
    quality.darkness = dark.pixels / static_cast<double>(ink.total());
    if (dark.pixels > 0) quality.contrast = std::max(0.0, paper - dark.levels / dark.pixels);

    // Without paper there is nothing to call blank: the lid was open, or the picture is black.
    constexpr int darkest_paper = 60;
    if (paper >= darkest_paper) {
        const cv::Mat half = without_dots(ink);
        quality.blank = is_blank(half, std::max(half.cols, half.rows) / a4_long_mm);
    }
    return quality;
}

} // namespace dengji::intake
