#include "ocr/ppocr.h"

#include "pipeline/base/error.h"

#include <fstream>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <set>

namespace dengji::ocr {
namespace {

constexpr int line_height = 48, step_width = 8, narrowest = 16, widest = 2400;

/// The classes that a script may say; empty: all.
std::set<std::string> allowed_by(Script script) {
    std::set<std::string> allowed;
    if (script == Script::chinese) return allowed;
    for (char c = '0'; c <= '9'; ++c) allowed.insert({c});
    if (script == Script::id_number) allowed.insert("X");
    if (script == Script::digits) allowed.insert("-");
    if (script == Script::latin)
        for (char c = '!'; c <= '~'; ++c) allowed.insert({c});
    return allowed;
}

[[noreturn]] void broken(const std::string& what) {
    throw Error(ErrorKind::data, "the model of the second reader is broken: " + what,
                "Remove the folder models and run scripts/models/fetch.");
}

/// 1 x 3 x 48 x W, padded on the right with the middle of the scale.
cv::Mat input_of(const cv::Mat& line) {
    cv::Mat colour;
    if (line.channels() == 1)
        cv::cvtColor(line, colour, cv::COLOR_GRAY2BGR);
    else
        colour = line;
    const int width = std::clamp(static_cast<int>(std::ceil(static_cast<double>(line_height) * line.cols / line.rows)),
                                 narrowest, widest);
    cv::Mat sized;
    cv::resize(colour, sized, {width, line_height}, 0, 0, line.rows > line_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    const int padded = (width + step_width - 1) / step_width * step_width;
    const int shape[] = {1, 3, line_height, padded};
    cv::Mat input(4, shape, CV_32F, cv::Scalar(0));
    for (int channel = 0; channel < 3; ++channel)
        for (int y = 0; y < line_height; ++y) {
            const auto* from = sized.ptr<cv::Vec3b>(y);
            auto* to = input.ptr<float>(0, channel, y);
            for (int x = 0; x < width; ++x) to[x] = static_cast<float>(from[x][channel]) / 127.5F - 1;
        }
    return input;
}

} // namespace

struct PpOcr::Parts {
    cv::dnn::Net net;
    std::vector<std::string> characters; ///< by class; 0 is "nothing"
    std::set<std::string> known;
    std::map<Script, std::vector<bool>> masks;
    cv::Mat steps;

    const std::vector<bool>& mask(Script script) {
        auto& mask = masks[script];
        if (mask.empty()) {
            const auto allowed = allowed_by(script);
            for (std::size_t k = 0; k < characters.size(); ++k)
                mask.push_back(k == 0 || allowed.empty() || allowed.contains(characters[k]));
        }
        return mask;
    }
};

PpOcr::PpOcr(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PpOcr::~PpOcr() = default;

std::unique_ptr<PpOcr> PpOcr::load(const std::filesystem::path& folder) {
    const auto model = folder / "recogniser.onnx", dictionary = folder / "characters.txt";
    if (!std::filesystem::is_regular_file(model) || !std::filesystem::is_regular_file(dictionary)) return nullptr;
    auto parts = std::make_unique<Parts>();
    parts->characters.emplace_back();
    std::ifstream lines(dictionary);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        parts->characters.push_back(line);
    }
    parts->characters.emplace_back(" ");
    parts->known.insert(parts->characters.begin(), parts->characters.end());
    try {
        parts->net = cv::dnn::readNetFromONNX(model.string());
        parts->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        parts->net.setInput(input_of(cv::Mat(line_height, 64, CV_8U, cv::Scalar(255))));
        const cv::Mat output = parts->net.forward();
        if (output.dims != 3 || output.size[2] != static_cast<int>(parts->characters.size()))
            broken("its characters are not those of the list");
    } catch (const cv::Exception&) {
        broken("it cannot be loaded");
    }
    return std::unique_ptr<PpOcr>(new PpOcr(std::move(parts)));
}

std::string PpOcr::name() const {
    return "pp-ocrv4";
}

bool PpOcr::can_write(const std::string& character) const {
    return parts_->known.contains(character);
}

const cv::Mat& PpOcr::probabilities() const {
    return parts_->steps;
}

TextLine PpOcr::read(const cv::Mat& line, Script script) {
    TextLine result;
    if (line.empty()) return result;
    parts_->net.setInput(input_of(line));
    const cv::Mat output = parts_->net.forward();
    const int steps = output.size[1], classes = output.size[2];
    parts_->steps = cv::Mat(steps, classes, CV_32F, const_cast<float*>(output.ptr<float>())).clone();
    const auto& mask = parts_->mask(script);
    constexpr float surely_nothing = .6F;
    const double pixels = static_cast<double>(step_width) * line.rows / line_height;
    int last = 0;
    double least = 1, hesitation = 1;
    for (int t = 0; t < steps; ++t) {
        const auto* p = parts_->steps.ptr<float>(t);
        int best = 0;
        for (int k = 1; k < classes; ++k)
            if (mask[static_cast<std::size_t>(k)] && p[k] > p[best]) best = k;
        if (best == 0) {
            if (p[0] < surely_nothing) hesitation = std::min(hesitation, static_cast<double>(p[0]));
        } else if (best != last) {
            result.symbols.push_back(
                {parts_->characters[static_cast<std::size_t>(best)], p[best],
                 cv::Rect(static_cast<int>(t * pixels), 0, static_cast<int>(std::ceil(pixels)), line.rows)});
        } else {
            auto& symbol = result.symbols.back();
            symbol.confidence = std::max(symbol.confidence, static_cast<double>(p[best]));
            symbol.box.width = static_cast<int>((t + 1) * pixels) - symbol.box.x;
        }
        last = best;
    }
    for (const auto& symbol : result.symbols) {
        result.text += symbol.text;
        least = std::min(least, symbol.confidence);
    }
    result.confidence = result.symbols.empty() ? 0 : least * hesitation;
    return result;
}

} // namespace dengji::ocr
