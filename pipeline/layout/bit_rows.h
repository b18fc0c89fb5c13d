#pragma once
#include <opencv2/core.hpp>

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
    const std::uint64_t* row(int y) const { return bits_.data() + static_cast<std::size_t>(y) * words_; }

    /// The 32 pixels of strip `strip` of row y.
    std::uint32_t strip(int y, int strip) const {
        return static_cast<std::uint32_t>(row(y)[strip / 2] >> (strip % 2 * 32));
    }

    /// Inked pixels of row y in columns [x0, x1). `thick`: ink in the row above or below counts too.
    int count(int y, int x0, int x1, bool thick = false) const;

private:
    int width_ = 0, height_ = 0, words_ = 0;
    std::vector<std::uint64_t> bits_;
};

} // namespace dengji::layout
