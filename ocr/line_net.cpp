#include "ocr/line_net.h"

#include "ocr/line_net_layers.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <string>

namespace dengji::ocr {
namespace {

float* room(Floats& floats, int count) {
    if (floats.size() < static_cast<std::size_t>(count)) floats.resize(static_cast<std::size_t>(count));
    return floats.data();
}

/// One run over a line.
class Run {
public:
    Run(const NetKernels& kernels, LineNet::Workspace& workspace) : kernels_(kernels), space_(workspace) {}

    /// Height, width and channels of what the layers have made so far.
    struct Picture {
        const float* values;
        int height, width, channels;
        int places() const { return height * width; }
    };

    /// A convolution of 3 x 3 pixels in steps of two, as a product with each place's neighbourhood.
    Picture stem(const Linear& layer, const cv::Mat& line) {
        constexpr int size = 3, channels = 3, window = size * size * channels;
        const int height = line.rows / 2, width = line.cols / 2;
        float* windows = room(space_.wide, height * width * window);
        std::fill_n(windows, height * width * window, 0.F);
        for (int y = 0; y < height; ++y)
            for (int dy = 0; dy < size; ++dy) {
                const int from_y = 2 * y + dy - 1;
                if (from_y < 0) continue; // the picture's height is even: only the first row reaches out
                const auto* from = line.ptr<float>(from_y);
                for (int x = 0; x < width; ++x) {
                    const int first = x == 0 ? 1 : 0;
                    std::copy_n(from + (2 * x + first - 1) * channels, (size - first) * channels,
                                windows + (y * width + x) * window + (dy * size + first) * channels);
                }
            }
        const int out = layer.matrix.columns;
        float* made = room(space_.even, height * width * out);
        multiply(layer, windows, height * width, window, made, out);
        return {made, height, width, out};
    }

    Picture block(const Block& block, const Picture& in) {
        const DepthwiseView& depthwise = block.depthwise;
        const int height = (in.height - 1) / depthwise.stride_y + 1, width = (in.width - 1) / depthwise.stride_x + 1;
        const int places = height * width, out = block.pointwise.matrix.columns;
        float* between = room(space_.odd, places * in.channels);
        kernels_.convolve(depthwise, block.depthwise_activation, in.values, in.height, in.width, between);
        if (block.squeeze) weigh_channels(*block.squeeze, between, places, in.channels);
        float* made = room(space_.even, places * out);
        multiply(block.pointwise, between, places, in.channels, made, out);
        return {made, height, width, out};
    }

    /// The mean of each field of 3 x 2: one row of steps.
    Picture pool(const Picture& in) {
        constexpr int high = 3, wide = 2;
        const int steps = in.width / wide;
        float* made = room(space_.features, steps * in.channels);
        std::fill_n(made, steps * in.channels, 0.F);
        for (int y = 0; y < high; ++y)
            for (int x = 0; x < steps * wide; ++x)
                for (int c = 0; c < in.channels; ++c)
                    made[x / wide * in.channels + c] += in.values[(y * in.width + x) * in.channels + c] / (high * wide);
        return {made, 1, steps, in.channels};
    }

    /// From what was seen at each step to what its neighbours make of it; `layers` says the rest.
    const float* neck(const LineNet::Layers& layers, const Picture& seen);

    void multiply(const Linear& layer, const float* in, int rows, int stride, float* out, int out_stride) const {
        kernels_.multiply(in, rows, stride, layer.matrix.view(), layer.activation, out, out_stride);
    }

private:
    void weigh_channels(const Squeeze& layer, float* values, int places, int channels) const {
        Floats mean(static_cast<std::size_t>(channels), 0.F), weights(mean.size());
        for (int p = 0; p < places; ++p)
            for (int c = 0; c < channels; ++c) mean[c] += values[p * channels + c];
        for (float& sum : mean) sum /= static_cast<float>(places);
        Floats squeezed(static_cast<std::size_t>(layer.squeeze.matrix.columns));
        multiply(layer.squeeze, mean.data(), 1, channels, squeezed.data(), 0);
        for (float& value : squeezed) value = std::max(value, 0.F);
        multiply(layer.excite, squeezed.data(), 1, layer.squeeze.matrix.columns, weights.data(), 0);
        for (float& weight : weights) weight = std::clamp(weight / 6 + .5F, 0.F, 1.F); // the hard sigmoid
        for (int p = 0; p < places; ++p)
            for (int c = 0; c < channels; ++c) values[p * channels + c] *= weights[c];
    }

    void encode(const Encoder& layer, float* steps, int count);
    void attend(const float* in, int count, float* out);
    void convolve_three(const Linear& layer, const float* in, int count, int channels, float* out);

    const NetKernels& kernels_;
    LineNet::Workspace& space_;
};

/// Each row gets the mean 0 and the variance 1.
void normalise(const float* in, int rows, double epsilon, float* out) {
    for (int r = 0; r < rows; ++r, in += step_channels, out += step_channels) {
        float sum = 0, squares = 0;
        for (int c = 0; c < step_channels; ++c) sum += in[c];
        const float mean = sum / step_channels;
        for (int c = 0; c < step_channels; ++c) squares += (in[c] - mean) * (in[c] - mean);
        const float scale = 1 / std::sqrt(squares / step_channels + static_cast<float>(epsilon));
        for (int c = 0; c < step_channels; ++c) out[c] = (in[c] - mean) * scale;
    }
}

void Run::attend(const float* in, int count, float* out) {
    constexpr int size = step_channels / attention_heads, line = 3 * step_channels;
    float* scores = room(space_.scores, count * (size + count));
    float* keys = scores + count * count; // turned: a row for each number of a key
    for (int head = 0; head < attention_heads; ++head) {
        const float* queries = in + head * size;
        const float* values = queries + 2 * step_channels;
        for (int s = 0; s < count; ++s)
            for (int d = 0; d < size; ++d) keys[d * count + s] = queries[s * line + step_channels + d];
        std::fill_n(scores, count * count, 0.F);
        for (int t = 0; t < count; ++t)
            for (int d = 0; d < size; ++d)
                for (int s = 0; s < count; ++s) scores[t * count + s] += queries[t * line + d] * keys[d * count + s];
        kernels_.softmax(scores, count, count, count);
        for (int t = 0; t < count; ++t) {
            float* to = out + t * step_channels + head * size;
            std::fill_n(to, size, 0.F);
            for (int s = 0; s < count; ++s)
                for (int d = 0; d < size; ++d) to[d] += scores[t * count + s] * values[s * line + d];
        }
    }
}

void Run::encode(const Encoder& layer, float* steps, int count) {
    constexpr double epsilon = 1e-5;
    const int widest = 3 * step_channels;
    float* wide = room(space_.wide, count * widest);
    float* narrow = room(space_.narrow, 2 * count * step_channels);
    float* change = narrow + count * step_channels;
    const auto add_change = [&] {
        for (int i = 0; i < count * step_channels; ++i) steps[i] += change[i];
    };
    normalise(steps, count, epsilon, narrow);
    multiply(layer.attention, narrow, count, step_channels, wide, widest);
    attend(wide, count, narrow);
    multiply(layer.project, narrow, count, step_channels, change, step_channels);
    add_change();
    normalise(steps, count, epsilon, narrow);
    const int expanded = layer.expand.matrix.columns;
    multiply(layer.expand, narrow, count, step_channels, wide, expanded);
    kernels_.swish(wide, count * expanded);
    multiply(layer.contract, wide, count, expanded, change, step_channels);
    add_change();
}

/// Over each step and its two neighbours; then the swish.
void Run::convolve_three(const Linear& layer, const float* in, int count, int channels, float* out) {
    float* windows = room(space_.wide, count * 3 * channels);
    for (int t = 0; t < count; ++t)
        for (int d = 0; d < 3; ++d) {
            float* to = windows + (t * 3 + d) * channels;
            const int from = t + d - 1;
            if (from < 0 || from >= count)
                std::fill_n(to, channels, 0.F);
            else
                std::copy_n(in + from * channels, channels, to);
        }
    multiply(layer, windows, count, 3 * channels, out, layer.matrix.columns);
    kernels_.swish(out, count * layer.matrix.columns);
}

const float* Run::neck(const LineNet::Layers& layers, const Picture& seen) {
    constexpr double last_epsilon = 1e-6;
    const int count = seen.width, features = seen.channels, reduced = layers.reduce.matrix.columns;
    float* steps = room(space_.steps, count * step_channels);
    float* narrow = room(space_.narrow, count * std::max(2 * step_channels, reduced));
    convolve_three(layers.reduce, seen.values, count, features, narrow);
    multiply(layers.widen, narrow, count, reduced, steps, step_channels);
    kernels_.swish(steps, count * step_channels);
    for (const Encoder& encoder : layers.encoders) encode(encoder, steps, count);
    normalise(steps, count, last_epsilon, narrow);
    // What was seen and what the encoders made of it, side by side.
    float* restored = room(space_.even, count * features);
    multiply(layers.restore, narrow, count, step_channels, restored, features);
    kernels_.swish(restored, count * features);
    float* both = room(space_.odd, count * 2 * features);
    for (int t = 0; t < count; ++t) {
        std::copy_n(seen.values + t * features, features, both + t * 2 * features);
        std::copy_n(restored + t * features, features, both + (t * 2 + 1) * features);
    }
    convolve_three(layers.merge, both, count, 2 * features, narrow);
    multiply(layers.finish, narrow, count, reduced, steps, step_channels);
    kernels_.swish(steps, count * step_channels);
    return steps;
}

} // namespace

LineNet::LineNet(const std::filesystem::path& file, const NetKernels* kernels)
    : kernels_(kernels != nullptr ? *kernels : *net_kernels().front()) {
    layers_ = std::make_unique<const Layers>(file, kernels_);
}

LineNet::~LineNet() = default;

std::shared_ptr<const LineNet> LineNet::shared(const std::filesystem::path& file) {
    static std::mutex mutex;
    static std::map<std::filesystem::path, std::weak_ptr<const LineNet>> loaded;
    const std::lock_guard lock(mutex);
    auto& known = loaded[file];
    auto net = known.lock();
    if (!net) known = net = std::make_shared<const LineNet>(file);
    return net;
}

int LineNet::classes() const {
    return layers_->head.matrix.columns;
}

cv::Mat LineNet::probabilities(const cv::Mat& line, Workspace& workspace) const {
    CV_Assert(line.type() == CV_32FC3 && line.rows == line_height && line.cols >= 2 * step_width &&
              line.cols % step_width == 0);
    Run run(kernels_, workspace);
    auto picture = run.stem(layers_->stem, line);
    for (const Block& block : layers_->blocks) picture = run.block(block, picture);
    const auto seen = run.pool(picture);
    const float* steps = run.neck(*layers_, seen);
    cv::Mat result(seen.width, classes(), CV_32F);
    run.multiply(layers_->head, steps, seen.width, step_channels, result.ptr<float>(), classes());
    kernels_.softmax(result.ptr<float>(), seen.width, classes(), classes());
    return result;
}

} // namespace dengji::ocr
