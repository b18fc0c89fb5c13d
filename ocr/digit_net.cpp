#include "ocr/digit_net.h"

#include "ocr/digit_framing.h"
#include "pipeline/base/error.h"

#include <algorithm>
#include <cmath>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

namespace dengji::ocr {
namespace {

constexpr int width_multiple = 8, narrowest = 32;
constexpr int classes = static_cast<int>(DigitNet::symbols.size()) + 1;

/// Wider than life: narrow digits that stand close get steps enough for each.
const std::vector<DigitMargins>& views() {
    static const std::vector<DigitMargins> margins{{0.22, 0.22, 0.35, 0.35, 1.3}, {0.15, 0.19, 0.30, 0.40, 1.15}};
    return margins;
}

/// 1 x 1 x 32 x W, paper added on the right.
cv::Mat input_of(const cv::Mat& framed) {
    const int width = std::max(narrowest, (framed.cols + width_multiple - 1) / width_multiple * width_multiple);
    cv::Mat wide;
    cv::copyMakeBorder(framed, wide, 0, 0, 0, width - framed.cols, cv::BORDER_CONSTANT, cv::Scalar(0));
    const int shape[] = {1, 1, wide.rows, wide.cols};
    return wide.reshape(1, 4, shape);
}

/// 1 x classes x 1 x T raw scores -> T x classes log-probabilities.
cv::Mat log_probabilities(const cv::Mat& scores) {
    const int steps = scores.size[3];
    cv::Mat result(steps, classes, CV_32F);
    for (int t = 0; t < steps; ++t) {
        auto* row = result.ptr<float>(t);
        for (int k = 0; k < classes; ++k) row[k] = scores.ptr<float>(0, k)[t];
        const float top = *std::max_element(row, row + classes);
        float sum = 0;
        for (int k = 0; k < classes; ++k) sum += std::exp(row[k] - top);
        const float normal = top + std::log(sum);
        for (int k = 0; k < classes; ++k) row[k] -= normal;
    }
    return result;
}

std::string greedy_text(const cv::Mat& steps) {
    std::string text;
    std::ptrdiff_t last = 0;
    for (int t = 0; t < steps.rows; ++t) {
        const auto* row = steps.ptr<float>(t);
        const std::ptrdiff_t best = std::max_element(row, row + classes) - row;
        if (best != 0 && best != last) text += DigitNet::symbols[static_cast<std::size_t>(best - 1)];
        last = best;
    }
    return text;
}

[[noreturn]] void broken(const std::string& what) {
    throw Error(ErrorKind::data, "the model of the digit reader " + what,
                "Fetch Dengji again, or set DENGJI_HOME to a complete folder of it.");
}

} // namespace

struct DigitNet::Parts {
    cv::dnn::Net net;

    cv::Mat run(const cv::Mat& framed) {
        net.setInput(input_of(framed));
        return net.forward();
    }
};

DigitNet::DigitNet(const std::filesystem::path& file) : parts_(std::make_unique<Parts>()) {
    if (!std::filesystem::is_regular_file(file)) broken("is missing: " + file.string());
    try {
        parts_->net = cv::dnn::readNetFromONNX(file.string());
        parts_->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        const cv::Mat scores = parts_->run(cv::Mat::zeros(digit_line_height, narrowest, CV_32F));
        if (scores.dims != 4 || scores.size[1] != classes || scores.size[2] != 1) broken("speaks of other symbols");
    } catch (const cv::Exception&) {
        broken("cannot be loaded: " + file.string());
    }
}

DigitNet::~DigitNet() = default;
DigitNet::DigitNet(DigitNet&&) noexcept = default;
DigitNet& DigitNet::operator=(DigitNet&&) noexcept = default;

DigitLine DigitNet::read(const cv::Mat& line) {
    DigitLine result;
    const FramedDigits framed = frame_digits(line, views());
    result.at_edge = framed.at_edge;
    for (const cv::Mat& view : framed.views) result.views.push_back(log_probabilities(parts_->run(view)));
    if (!result.views.empty()) result.greedy = greedy_text(result.views.front());
    return result;
}

} // namespace dengji::ocr
