#pragma once
#include "ocr/aligned.h"

#include <vector>

namespace dengji::ocr {

/// What happens to each number that a layer computes, after its shift.
/// hard_swish: x -> scale * x * clamp(x + 3, 0, 6) + shift.
struct Activation {
    enum class Kind { none, hard_swish } kind = Kind::none;
    float scale = 1, shift = 0;
};

/// A matrix of weights in the order in which one kernel set reads it, and the shift of each column.
struct MatrixView {
    int rows, columns;
    const float* values; ///< panels of columns (net_panels.h), each row by row
    const float* shifts; ///< padded with zeros to whole vectors
};
struct PackedMatrix {
    int rows = 0, columns = 0;
    Floats values, shifts;
    MatrixView view() const { return {rows, columns, values.data(), shifts.data()}; }
};

/// A depthwise convolution over height x width x channels, padded with zeros by half its size.
struct DepthwiseView {
    int size;               ///< 3 or 5
    int stride_y, stride_x; ///< 1 or 2
    int channels;           ///< a multiple of 16
    const float* weights;   ///< size * size rows, a column for each channel
    const float* shifts;
};

/// The inner loops of a net, built several times, for the vectors that different processors have. All functions are
/// free of state. Matrices lie row by row; a stride is the distance of two rows in numbers.
struct NetKernels {
    const char* name;
    int lanes; ///< numbers in a vector

    /// out (rows x matrix.columns) = a (rows x matrix.rows) * matrix + shifts, activated.
    void (*multiply)(const float* a, int rows, int stride, const MatrixView& matrix, const Activation& activation,
                     float* out, int out_stride);
    /// `out` holds ceil(height / stride_y) x ceil(width / stride_x) x channels.
    void (*convolve)(const DepthwiseView& layer, const Activation& activation, const float* in, int height, int width,
                     float* out);
    /// Each row becomes positive and adds up to 1.
    void (*softmax)(float* values, int rows, int columns, int stride);
    /// x -> x / (1 + exp(-x)), in place.
    void (*swish)(float* values, int count);

    /// `values`: rows x columns, row by row; `shifts`: a number for each column.
    PackedMatrix pack(const float* values, const float* shifts, int rows, int columns) const;
};

/// Those that this processor can run, the best one first. Never empty.
const std::vector<const NetKernels*>& net_kernels();

} // namespace dengji::ocr
