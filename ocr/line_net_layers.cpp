#include "ocr/line_net_layers.h"

#include "ocr/weights_file.h"

#include <string>

namespace dengji::ocr {
namespace {

/// What the weights alone do not tell.
struct BlockShape {
    int size, stride_y, stride_x, in, out;
    int squeezed = 0; ///< channels between squeeze and excite; 0: neither
};
constexpr std::array<BlockShape, 14> block_shapes = {{{3, 1, 1, 16, 32},
                                                      {3, 1, 1, 32, 64},
                                                      {3, 1, 1, 64, 64},
                                                      {3, 2, 1, 64, 128},
                                                      {3, 1, 1, 128, 128},
                                                      {3, 1, 2, 128, 240},
                                                      {5, 1, 1, 240, 240},
                                                      {5, 1, 1, 240, 240},
                                                      {5, 1, 1, 240, 240},
                                                      {5, 1, 1, 240, 240},
                                                      {5, 2, 1, 240, 480, 60},
                                                      {5, 1, 1, 480, 480, 120},
                                                      {5, 2, 1, 480, 480},
                                                      {5, 1, 1, 480, 480}}};
constexpr int stem_inputs = 3 * 3 * 3, stem_channels = 16, neck_channels = 60, expanded_channels = 240;
constexpr int features = block_shapes.back().out;

class Loader {
public:
    Loader(const std::filesystem::path& file, const NetKernels& kernels) : file_(file), kernels_(kernels) {}

    Linear linear(const std::string& name, int rows, int columns) {
        const Tensor weights = file_.take(name + ".weights", rows, columns);
        return pack(name, weights);
    }
    Linear linear(const std::string& name, int rows) {
        const Tensor weights = file_.take(name + ".weights");
        if (weights.rows != rows) broken_model(name + " has another size than expected");
        return pack(name, weights);
    }
    Linear activated(const std::string& name, int rows, int columns) {
        Linear layer = linear(name, rows, columns);
        layer.activation = activation(name);
        return layer;
    }
    void block(Block& block, const std::string& name, const BlockShape& shape) {
        const std::string depthwise = name + ".depthwise";
        block.depthwise_weights = file_.take(depthwise + ".weights", shape.size * shape.size, shape.in).values;
        block.depthwise_shifts = file_.take(depthwise + ".shift", 1, shape.in).values;
        block.depthwise_activation = activation(depthwise);
        block.depthwise = {shape.size,
                           shape.stride_y,
                           shape.stride_x,
                           shape.in,
                           block.depthwise_weights.data(),
                           block.depthwise_shifts.data()};
        if (shape.squeezed > 0) {
            Linear squeeze = linear(name + ".squeeze", shape.in, shape.squeezed);
            block.squeeze = Squeeze{std::move(squeeze), linear(name + ".excite", shape.squeezed, shape.in)};
        }
        block.pointwise = activated(name + ".pointwise", shape.in, shape.out);
    }
    void encoder(Encoder& encoder, const std::string& name) {
        encoder.attention = linear(name + ".attention", step_channels, 3 * step_channels);
        encoder.project = linear(name + ".project", step_channels, step_channels);
        encoder.expand = linear(name + ".expand", step_channels, expanded_channels);
        encoder.contract = linear(name + ".contract", expanded_channels, step_channels);
    }
    void end() { file_.expect_end(); }

private:
    Linear pack(const std::string& name, const Tensor& weights) {
        const Tensor shift = file_.take(name + ".shift", 1, weights.columns);
        return {kernels_.pack(weights.values.data(), shift.values.data(), weights.rows, weights.columns), {}};
    }
    Activation activation(const std::string& name) {
        const Tensor numbers = file_.take(name + ".activation", 1, 2);
        return {Activation::Kind::hard_swish, numbers.values[0], numbers.values[1]};
    }

    WeightsFile file_;
    const NetKernels& kernels_;
};

} // namespace

LineNet::Layers::Layers(const std::filesystem::path& file, const NetKernels& kernels) {
    Loader loader(file, kernels);
    stem = loader.linear("stem", stem_inputs, stem_channels);
    for (std::size_t i = 0; i < blocks.size(); ++i)
        loader.block(blocks[i], "block" + std::to_string(i), block_shapes[i]);
    reduce = loader.linear("neck.reduce", 3 * features, neck_channels);
    widen = loader.linear("neck.widen", neck_channels, step_channels);
    for (std::size_t i = 0; i < encoders.size(); ++i) loader.encoder(encoders[i], "encoder" + std::to_string(i));
    restore = loader.linear("neck.restore", step_channels, features);
    merge = loader.linear("neck.merge", 3 * 2 * features, neck_channels);
    finish = loader.linear("neck.finish", neck_channels, step_channels);
    head = loader.linear("head", step_channels);
    loader.end();
}

} // namespace dengji::ocr
