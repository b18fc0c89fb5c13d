#pragma once
// The kernels for vectors of DENGJI_LANES numbers, included once by each net_kernels_*.cpp, which is compiled for its
// own kind of processor. Everything is local to that file and no inline function of a library is called: the linker
// would keep one copy of it, perhaps one that an older processor cannot run.
#include "ocr/net_kernels.h"
#include "ocr/net_panels.h"

namespace dengji::ocr {
namespace {

constexpr int lanes = DENGJI_LANES;
constexpr bool many_registers = lanes == 16; ///< 32 instead of 16 of them

using Vector = float __attribute__((vector_size(lanes * sizeof(float))));
using Integers = int __attribute__((vector_size(lanes * sizeof(int))));
using Unaligned = float __attribute__((vector_size(lanes * sizeof(float)), aligned(alignof(float)), may_alias));

#define DENGJI_INLINE inline __attribute__((always_inline))

DENGJI_INLINE void load(Vector& to, const float* from) {
    to = *reinterpret_cast<const Unaligned*>(from);
}
DENGJI_INLINE void store(float* to, const Vector& from) {
    *reinterpret_cast<Unaligned*>(to) = from;
}
DENGJI_INLINE void fill(Vector& vector, float value) {
    vector = Vector{} + value;
}
DENGJI_INLINE void smaller(Vector& vector, const Vector& limit) {
    vector = vector < limit ? vector : limit;
}
DENGJI_INLINE void larger(Vector& vector, const Vector& limit) {
    vector = vector > limit ? vector : limit;
}

/// The activation's numbers as vectors.
struct Finish {
    bool active;
    Vector scale, shift;

    DENGJI_INLINE explicit Finish(const Activation& activation)
        : active(activation.kind == Activation::Kind::hard_swish) {
        fill(scale, activation.scale);
        fill(shift, activation.shift);
    }
    DENGJI_INLINE void operator()(Vector& x) const {
        if (!active) return;
        Vector gate = x + 3.F, low{}, high;
        fill(high, 6);
        larger(gate, low);
        smaller(gate, high);
        x = x * gate * scale + shift;
    }
};

/// A tile of the product: `Rows` rows, `Width` vectors wide, kept in registers.
template <int Rows, int Width>
DENGJI_INLINE void tile(const float* a, int stride, const float* panel, int inner, const float* shifts,
                        const Finish& finish, float* out, int out_stride, int columns) {
    Vector sums[Rows][Width];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
#pragma GCC unroll 4
        for (int w = 0; w < Width; ++w) load(sums[r][w], shifts + w * lanes);
    for (int k = 0; k < inner; ++k, panel += Width * lanes) {
        Vector weights[Width];
#pragma GCC unroll 4
        for (int w = 0; w < Width; ++w) load(weights[w], panel + w * lanes);
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            Vector value;
            fill(value, a[static_cast<long>(r) * stride + k]);
#pragma GCC unroll 4
            for (int w = 0; w < Width; ++w) sums[r][w] += value * weights[w];
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
        float* to = out + static_cast<long>(r) * out_stride;
#pragma GCC unroll 4
        for (int w = 0; w < Width; ++w) {
            finish(sums[r][w]);
            const int left = columns - w * lanes;
            if (left >= lanes)
                store(to + w * lanes, sums[r][w]);
            else
                for (int i = 0; i < left; ++i) to[w * lanes + i] = sums[r][w][i];
        }
    }
}

/// A panel's product: tiles of `Rows` rows, then of half as many, and so on.
template <int Rows, int Width>
void panel_product(const float* a, int rows, int stride, const float* panel, int inner, const float* shifts,
                   const Finish& finish, float* out, int out_stride, int columns) {
    for (; rows >= Rows;
         rows -= Rows, a += static_cast<long>(Rows) * stride, out += static_cast<long>(Rows) * out_stride)
        tile<Rows, Width>(a, stride, panel, inner, shifts, finish, out, out_stride, columns);
    if constexpr (Rows > 1)
        if (rows > 0)
            panel_product<Rows / 2, Width>(a, rows, stride, panel, inner, shifts, finish, out, out_stride, columns);
}

void multiply(const float* a, int rows, int stride, const MatrixView& matrix, const Activation& activation, float* out,
              int out_stride) {
    constexpr int at_once = 96; // rows of a that stay in the cache while all panels pass
    const Finish finish(activation);
    const int vectors = (matrix.columns + lanes - 1) / lanes, inner = matrix.rows;
    for (int row = 0; row < rows; row += at_once) {
        const int count = rows - row < at_once ? rows - row : at_once;
        const float* from = a + static_cast<long>(row) * stride;
        const float* panel = matrix.values;
        for (int vector = 0; vector < vectors;) {
            const int width = panel_width(vectors - vector), column = vector * lanes;
            const auto product = width == 3 ? panel_product < many_registers ? 8 : 4,
                       3 > : width == 2 ? panel_product < many_registers ? 12 : 6,
                       2 >
        : panel_product < many_registers ? 16
                                         : 8,
                       1 > ;
            product(from, count, stride, panel, inner, matrix.shifts + column, finish,
                    out + static_cast<long>(row) * out_stride + column, out_stride, matrix.columns - column);
            panel += static_cast<long>(width) * lanes * inner;
            vector += width;
        }
    }
}

/// Of a depthwise layer: `Count` neighbours of one row, all channels. Only the places of the window from..to count.
template <int Size, int Stride, int Count>
DENGJI_INLINE void convolve_places(const DepthwiseView& layer, const Finish& finish, const float* in, int line,
                                   int y_from, int y_to, int x_from, int x_to, float* out) {
    const int channels = layer.channels;
    for (int c = 0; c < channels; c += lanes) {
        Vector sums[Count];
#pragma GCC unroll 4
        for (int i = 0; i < Count; ++i) load(sums[i], layer.shifts + c);
        for (int y = y_from; y < y_to; ++y) {
            const float* row = in + static_cast<long>(y) * line + c;
            const float* weights = layer.weights + y * Size * channels + c;
            if constexpr (Count == 1) {
                for (int x = x_from; x < x_to; ++x) {
                    Vector value, weight;
                    load(value, row + x * channels);
                    load(weight, weights + x * channels);
                    sums[0] += value * weight;
                }
            } else {
#pragma GCC unroll 8
                for (int x = 0; x < Size; ++x) {
                    Vector weight;
                    load(weight, weights + x * channels);
#pragma GCC unroll 4
                    for (int i = 0; i < Count; ++i) {
                        Vector value;
                        load(value, row + (x + i * Stride) * channels);
                        sums[i] += value * weight;
                    }
                }
            }
        }
#pragma GCC unroll 4
        for (int i = 0; i < Count; ++i) {
            finish(sums[i]);
            store(out + i * channels + c, sums[i]);
        }
    }
}

template <int Size, int Stride>
void convolve_rows(const DepthwiseView& layer, const Activation& activation, const float* in, int height, int width,
                   float* out) {
    constexpr int half = Size / 2, together = 4;
    const Finish finish(activation);
    const int channels = layer.channels, line = width * channels;
    const int out_height = (height - 1) / layer.stride_y + 1, out_width = (width - 1) / Stride + 1;
    for (int y = 0; y < out_height; ++y) {
        const int top = y * layer.stride_y - half;
        const int y_from = top < 0 ? -top : 0, y_to = top + Size > height ? height - top : Size;
        for (int x = 0; x < out_width;) {
            const int left = x * Stride - half;
            const float* place = in + static_cast<long>(top) * line + static_cast<long>(left) * channels;
            float* to = out + (static_cast<long>(y) * out_width + x) * channels;
            if (left >= 0 && left + (together - 1) * Stride + Size <= width && x + together <= out_width) {
                convolve_places<Size, Stride, together>(layer, finish, place, line, y_from, y_to, 0, Size, to);
                x += together;
            } else {
                const int x_from = left < 0 ? -left : 0, x_to = left + Size > width ? width - left : Size;
                convolve_places<Size, Stride, 1>(layer, finish, place, line, y_from, y_to, x_from, x_to, to);
                ++x;
            }
        }
    }
}

void convolve(const DepthwiseView& layer, const Activation& activation, const float* in, int height, int width,
              float* out) {
    const auto rows = layer.size == 3 ? (layer.stride_x == 1 ? convolve_rows<3, 1> : convolve_rows<3, 2>)
                                      : (layer.stride_x == 1 ? convolve_rows<5, 1> : convolve_rows<5, 2>);
    rows(layer, activation, in, height, width, out);
}

/// e to the x: 2 to the whole part of x / ln 2 through the exponent, the rest by a polynomial (Cephes' expf).
DENGJI_INLINE void exponential(Vector& x) {
    Vector low, high;
    fill(low, -87);
    fill(high, 88);
    larger(x, low);
    smaller(x, high);
    constexpr float rounder = 12582912.F; // 1.5 * 2^23: adding it leaves no place for a fraction
    const Vector whole = (x * 1.44269504088896341F + rounder) - rounder;
    const Vector rest = (x - whole * .693359375F) - whole * -2.12194440e-4F;
    Vector sum = rest * 1.9875691500e-4F + 1.3981999507e-3F;
    sum = sum * rest + 8.3334519073e-3F;
    sum = sum * rest + 4.1665795894e-2F;
    sum = sum * rest + 1.6666665459e-1F;
    sum = sum * rest + 5.0000001201e-1F;
    sum = sum * rest * rest + rest + 1.F;
    const Integers power = (__builtin_convertvector(whole, Integers) + 127) << 23;
    x = sum * __builtin_bit_cast(Vector, power);
}

/// The first `count` numbers, at most a vector; the others become `filling`.
DENGJI_INLINE void load_some(Vector& to, const float* from, int count, float filling) {
    if (count >= lanes) return load(to, from);
    fill(to, filling);
    for (int i = 0; i < count; ++i) to[i] = from[i];
}
DENGJI_INLINE void store_some(float* to, const Vector& from, int count) {
    if (count >= lanes) return store(to, from);
    for (int i = 0; i < count; ++i) to[i] = from[i];
}

void softmax(float* values, int rows, int columns, int stride) {
    constexpr float nothing = -1e30F;
    for (int r = 0; r < rows; ++r) {
        float* row = values + static_cast<long>(r) * stride;
        Vector most, x;
        fill(most, nothing);
        for (int c = 0; c < columns; c += lanes) {
            load_some(x, row + c, columns - c, nothing);
            larger(most, x);
        }
        float top = most[0];
        for (int i = 1; i < lanes; ++i) top = most[i] > top ? most[i] : top;
        Vector sums{};
        for (int c = 0; c < columns; c += lanes) {
            load_some(x, row + c, columns - c, nothing);
            x -= top;
            exponential(x);
            if (columns - c < lanes)
                for (int i = columns - c; i < lanes; ++i) x[i] = 0;
            sums += x;
            store_some(row + c, x, columns - c);
        }
        float sum = 0;
        for (int i = 0; i < lanes; ++i) sum += sums[i];
        const float share = 1 / sum;
        for (int c = 0; c < columns; c += lanes) {
            load_some(x, row + c, columns - c, 0);
            x *= share;
            store_some(row + c, x, columns - c);
        }
    }
}

void swish(float* values, int count) {
    for (int i = 0; i < count; i += lanes) {
        Vector x, power;
        load_some(x, values + i, count - i, 0);
        power = -x;
        exponential(power);
        x = x / (power + 1.F);
        store_some(values + i, x, count - i);
    }
}

} // namespace
} // namespace dengji::ocr
