#pragma once
#include <opencv2/core.hpp>

#include <bit>
#include <cstdint>
#include <vector>

namespace dengji::layout {

/// A 0/1 picture packed to one bit a pixel: a whole page fits into the processor's cache.
class BitRows {
public:
    BitRows() = default;
    /// `ink`: CV_8UC1, 0 or 1.
    explicit BitRows(const cv::Mat& ink);

    int width() const { return width_; }
    int height() const { return height_; }
    int words() const { return words_; } ///< of a row

    /// Row y: pixel x is bit x % 64 of word x / 64. What lies beyond the width is 0.
    const std::uint64_t* row(int y) const { return bits_.data() + static_cast<std::size_t>(y) * (words_ + 1); }

    /// The 32 pixels of strip `strip` of row y.
    std::uint32_t strip(int y, int strip) const {
        return static_cast<std::uint32_t>(row(y)[strip / 2] >> (strip % 2 * 32));
    }

    /// Inked pixels of row y in columns [x0, x1). `thick`: ink in the row above or below counts too.
    int count(int y, int x0, int x1, bool thick = false) const {
        return x1 - x0 <= 64 ? count_few(y, x0, x1, thick) : count_many(y, x0, x1, thick);
    }

    /// The 64 pixels of row y from x on: the first one is the lowest bit.
    std::uint64_t from(int y, int x) const {
        const std::uint64_t* bits = row(y) + x / 64;
        const int shift = x % 64;
        return bits[0] >> shift | bits[1] << 1 << (63 - shift);
    }

    /// With ink in the row above or below counted too.
    BitRows thickened() const;

private:
    int count_many(int y, int x0, int x1, bool thick) const;

    int count_few(int y, int x0, int x1, bool thick) const {
        if (x1 <= x0) return 0;
        std::uint64_t bits = from(y, x0);
        if (thick && y > 0) bits |= from(y - 1, x0);
        if (thick && y + 1 < height_) bits |= from(y + 1, x0);
        return std::popcount(bits << (64 - (x1 - x0)));
    }

    int width_ = 0, height_ = 0, words_ = 0;
    std::vector<std::uint64_t> bits_; ///< each row followed by a word of 0
};

} // namespace dengji::layout
