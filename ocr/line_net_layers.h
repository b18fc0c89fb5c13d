#pragma once
#include "ocr/line_net.h"
#include "ocr/net_kernels.h"

#include <array>
#include <optional>

namespace dengji::ocr {

constexpr int step_channels = 120; ///< what the encoders know of a step
constexpr int attention_heads = 8;

struct Linear {
    PackedMatrix matrix;
    Activation activation;
};

/// Weighs each channel by what the whole line holds.
struct Squeeze {
    Linear squeeze, excite;
};

/// What happens to a block's channels: a convolution of each by itself, then a mixture of all.
struct Block {
    DepthwiseView depthwise{}; ///< into the numbers below
    Floats depthwise_weights, depthwise_shifts;
    Activation depthwise_activation;
    std::optional<Squeeze> squeeze;
    Linear pointwise;
};

/// Lets each step look at all others.
struct Encoder {
    Linear attention; ///< queries, keys and values side by side
    Linear project, expand, contract;
};

struct LineNet::Layers {
    Layers(const std::filesystem::path& file, const NetKernels& kernels);

    Linear stem;
    std::array<Block, 14> blocks;
    Linear reduce, widen;
    std::array<Encoder, 2> encoders;
    Linear restore, merge, finish, head;
};

} // namespace dengji::ocr
