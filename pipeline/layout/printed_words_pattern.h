#pragma once
#include <opencv2/core.hpp>

#include <cstddef>
#include <vector>

namespace dengji::layout {

/// A word's picture without its mean, made ready for being multiplied with many places of another picture.
class WordPattern {
public:
    static constexpr int block = 16; ///< places looked at together: their sums stay in registers

    /// `picture`: CV_8UC1.
    explicit WordPattern(const cv::Mat& picture);

    double rest() const { return rest_; } ///< sum of the values: what rounding left of the mean
    double norm() const { return norm_; }

    /// Products with the `block` places from `place` on. There each pixel is held with its right neighbour (`pair`),
    /// and rows are `stride` apart.
    void multiply(const int* place, std::size_t stride, int* products) const;

    /// The same, followed by the products with the `block` places one row below. Reads `rows` + 1 rows.
    void multiply_two(const int* place, std::size_t stride, int* products) const;

    /// Two neighbouring values, 16 bits each.
    static int pair(int left, int right) {
        return (left & 0xFFFF) | static_cast<int>(static_cast<unsigned>(right) << 16);
    }

private:
    int rows_, columns_;     ///< of the pairs
    std::vector<int> pairs_; ///< two columns in each, an odd last one with 0; a row of zeros above and below
    double rest_ = 0;
    double norm_ = 1;
};

} // namespace dengji::layout
