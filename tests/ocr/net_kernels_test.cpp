#include "ocr/net_kernels.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <random>

namespace dengji::ocr {
namespace {

std::mt19937 dice(7);

Floats numbers(int count, float least = -1, float most = 1) {
    std::uniform_real_distribution<float> number(least, most);
    Floats made(static_cast<std::size_t>(count));
    for (float& value : made) value = number(dice);
    return made;
}

double activated(const Activation& activation, double x) {
    if (activation.kind == Activation::Kind::none) return x;
    return static_cast<double>(activation.scale) * x * std::clamp(x + 3, 0., 6.) +
           static_cast<double>(activation.shift);
}

const Activation plain, bent{Activation::Kind::hard_swish, .3F, -.2F};

/// Each kernel set that this processor can run.
class Kernels : public testing::TestWithParam<const NetKernels*> {
protected:
    const NetKernels& kernels = *GetParam();

    void expect_product(int rows, int inner, int columns, const Activation& activation) const {
        const int stride = inner + 2, out_stride = columns + 5;
        const Floats a = numbers(rows * stride), b = numbers(inner * columns), shifts = numbers(columns);
        constexpr float untouched = 77;
        Floats out(static_cast<std::size_t>(rows * out_stride), untouched);
        const PackedMatrix packed = kernels.pack(b.data(), shifts.data(), inner, columns);
        kernels.multiply(a.data(), rows, stride, packed.view(), activation, out.data(), out_stride);
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < out_stride; ++c) {
                const float got = out[static_cast<std::size_t>(r * out_stride + c)];
                if (c >= columns) {
                    ASSERT_EQ(got, untouched) << "wrote beside the product, row " << r << " column " << c;
                    continue;
                }
                double sum = static_cast<double>(shifts[static_cast<std::size_t>(c)]);
                for (int k = 0; k < inner; ++k)
                    sum += static_cast<double>(a[static_cast<std::size_t>(r * stride + k)]) *
                           static_cast<double>(b[static_cast<std::size_t>(k * columns + c)]);
                ASSERT_NEAR(static_cast<double>(got), activated(activation, sum), 1e-4)
                    << rows << " x " << inner << " x " << columns << ", row " << r << " column " << c;
            }
    }

    void expect_convolution(int size, int stride_y, int stride_x, int channels, int height, int width) const {
        const Floats in = numbers(height * width * channels), weights = numbers(size * size * channels),
                     shifts = numbers(channels);
        const int out_height = (height + stride_y - 1) / stride_y, out_width = (width + stride_x - 1) / stride_x;
        Floats out(static_cast<std::size_t>(out_height * out_width * channels));
        kernels.convolve({size, stride_y, stride_x, channels, weights.data(), shifts.data()}, bent, in.data(), height,
                         width, out.data());
        for (int y = 0; y < out_height; ++y)
            for (int x = 0; x < out_width; ++x)
                for (int c = 0; c < channels; ++c) {
                    double sum = static_cast<double>(shifts[static_cast<std::size_t>(c)]);
                    for (int dy = 0; dy < size; ++dy)
                        for (int dx = 0; dx < size; ++dx) {
                            const int from_y = y * stride_y + dy - size / 2, from_x = x * stride_x + dx - size / 2;
                            if (from_y < 0 || from_y >= height || from_x < 0 || from_x >= width) continue;
                            const int place = (from_y * width + from_x) * channels + c;
                            sum +=
                                static_cast<double>(in[static_cast<std::size_t>(place)]) *
                                static_cast<double>(weights[static_cast<std::size_t>((dy * size + dx) * channels + c)]);
                        }
                    const float got = out[static_cast<std::size_t>((y * out_width + x) * channels + c)];
                    ASSERT_NEAR(static_cast<double>(got), activated(bent, sum), 1e-4)
                        << size << " of " << height << " x " << width << " at " << y << ", " << x << ", " << c;
                }
    }
};

TEST_P(Kernels, MultiplyAsTheDefinitionSays) {
    for (const int rows : {1, 2, 7, 8, 12, 25, 97, 200})
        for (const int columns : {1, 4, 15, 16, 33, 48, 60, 64, 113}) expect_product(rows, 19, columns, plain);
    expect_product(30, 1, 240, bent);
    expect_product(13, 480, 120, bent);
}

TEST_P(Kernels, ConvolveAsTheDefinitionSays) {
    for (const int width : {1, 2, 3, 5, 8, 13, 20})
        for (const int stride_y : {1, 2}) {
            expect_convolution(3, stride_y, 1, 16, 6, width);
            expect_convolution(3, stride_y, 2, 32, 5, width);
            expect_convolution(5, stride_y, 1, 48, 3, width);
            expect_convolution(5, stride_y, 2, 16, 7, width);
        }
}

TEST_P(Kernels, SoftmaxAsTheDefinitionSays) {
    for (const int columns : {1, 5, 16, 40, 6625}) {
        const int rows = 3, stride = columns + 1;
        Floats values = numbers(rows * stride, -40, 40);
        const Floats before = values;
        kernels.softmax(values.data(), rows, columns, stride);
        for (int r = 0; r < rows; ++r) {
            const auto first = static_cast<std::size_t>(r * stride);
            const float most = *std::max_element(before.begin() + r * stride, before.begin() + r * stride + columns);
            double sum = 0;
            for (std::size_t c = first; c < first + static_cast<std::size_t>(columns); ++c)
                sum += std::exp(static_cast<double>(before[c] - most));
            for (std::size_t c = first; c < first + static_cast<std::size_t>(columns); ++c)
                ASSERT_NEAR(static_cast<double>(values[c]), std::exp(static_cast<double>(before[c] - most)) / sum,
                            1e-6);
            EXPECT_EQ(values[first + static_cast<std::size_t>(columns)],
                      before[first + static_cast<std::size_t>(columns)]);
        }
    }
}

TEST_P(Kernels, SoftmaxOfHugeNumbersStaysFinite) {
    Floats values = {3e8F, -3e8F, 0, 3e8F};
    kernels.softmax(values.data(), 1, 4, 4);
    EXPECT_NEAR(values[0], .5, 1e-6);
    EXPECT_NEAR(values[3], .5, 1e-6);
    EXPECT_NEAR(values[1] + values[2], 0, 1e-6);
}

TEST_P(Kernels, SwishAsTheDefinitionSays) {
    for (const int count : {1, 3, 16, 37}) {
        Floats values = numbers(count + 1, -100, 100);
        const Floats before = values;
        kernels.swish(values.data(), count);
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const double x = static_cast<double>(before[i]), expected = x / (1 + std::exp(-x));
            EXPECT_NEAR(static_cast<double>(values[i]), expected, 1e-6 * (1 + std::abs(expected)));
        }
        EXPECT_EQ(values.back(), before.back());
    }
}

std::string name_of(const testing::TestParamInfo<const NetKernels*>& info) {
    return info.param->name;
}
INSTANTIATE_TEST_SUITE_P(Net, Kernels, testing::ValuesIn(net_kernels()), name_of);

TEST(NetKernels, TheLastOneRunsAnywhere) {
    ASSERT_FALSE(net_kernels().empty());
    EXPECT_STREQ(net_kernels().back()->name, "plain");
}

} // namespace
} // namespace dengji::ocr
