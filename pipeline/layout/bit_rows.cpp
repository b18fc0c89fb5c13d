#include "pipeline/layout/bit_rows.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>

namespace dengji::layout {
namespace {

constexpr int lanes = cv::v_uint8x16::nlanes;

std::uint64_t packed(const uchar* pixels, int count) {
    std::uint64_t word = 0;
    int i = 0;
    for (; i + lanes <= count; i += lanes) {
        const cv::v_uint8x16 inked = cv::v_load(pixels + i) != cv::v_setzero_u8();
        word |= static_cast<std::uint64_t>(static_cast<unsigned>(cv::v_signmask(inked))) << i;
    }
    for (; i < count; ++i) word |= static_cast<std::uint64_t>(pixels[i] != 0) << i;
    return word;
}

/// The bits of word `word` that lie in columns [x0, x1).
std::uint64_t columns_of(int word, int x0, int x1) {
    const int from = std::max(0, x0 - word * 64), to = std::min(64, x1 - word * 64);
    if (from >= to) return 0;
    const std::uint64_t below_to = to == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
    return below_to & (~std::uint64_t{0} << from);
}

} // namespace

BitRows::BitRows(const cv::Mat& ink) : width_(ink.cols), height_(ink.rows), words_((ink.cols + 63) / 64) {
    bits_.resize(static_cast<std::size_t>(height_) * (words_ + 1));
    for (int y = 0; y < height_; ++y) {
        const uchar* pixels = ink.ptr(y);
        std::uint64_t* out = bits_.data() + static_cast<std::size_t>(y) * (words_ + 1);
        for (int word = 0; word < words_; ++word)
            out[word] = packed(pixels + word * 64, std::min(64, width_ - word * 64));
    }
}

BitRows BitRows::thickened() const {
    BitRows thick = *this;
    const std::size_t row = static_cast<std::size_t>(words_) + 1;
    for (std::size_t i = row; i < bits_.size(); ++i) {
        thick.bits_[i] |= bits_[i - row];
        thick.bits_[i - row] |= bits_[i];
    }
    return thick;
}

int BitRows::count_many(int y, int x0, int x1, bool thick) const {
    const std::uint64_t* own = row(y);
    const std::uint64_t* up = thick && y > 0 ? row(y - 1) : own;
    const std::uint64_t* down = thick && y + 1 < height_ ? row(y + 1) : own;
    int count = 0;
    for (int word = x0 / 64; word * 64 < x1; ++word)
        count += std::popcount((own[word] | up[word] | down[word]) & columns_of(word, x0, x1));
    return count;
}

} // namespace dengji::layout
