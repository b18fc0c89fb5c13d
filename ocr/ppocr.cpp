#include "ocr/ppocr.h"

#include "ocr/line_net.h"
#include "ocr/weights_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <opencv2/imgproc.hpp>
#include <set>

namespace dengji::ocr {
namespace {

constexpr int line_height = LineNet::line_height, step_width = LineNet::step_width;
constexpr int narrowest = 2 * step_width, widest = 300 * step_width;
constexpr float surely_nothing = .6F; ///< below it, "nothing" may stand for a character that was dropped

/// The classes that a script may say; empty: all.
std::set<std::string> allowed_by(Script script) {
    std::set<std::string> allowed;
    if (script == Script::chinese) return allowed;
    for (char c = '0'; c <= '9'; ++c) allowed.insert({c});
    if (script == Script::id_number) allowed.insert("X");
    if (script == Script::digits) allowed.insert("-");
    if (script == Script::latin)
        for (char c = ' '; c <= '~'; ++c) allowed.insert({c});
    return allowed;
}

/// How wide the line becomes when it is made 48 px high; very short and very long ones are stretched or squeezed.
int width_at_net(const cv::Mat& line) {
    return std::clamp(static_cast<int>(std::ceil(static_cast<double>(line_height) * line.cols / line.rows)), narrowest,
                      widest);
}

/// What the net looks at: padded on the right with the middle of the scale.
cv::Mat input_of(const cv::Mat& line) {
    cv::Mat colour;
    if (line.channels() == 1)
        cv::cvtColor(line, colour, cv::COLOR_GRAY2BGR);
    else
        colour = line;
    const int width = width_at_net(line);
    cv::Mat sized;
    cv::resize(colour, sized, {width, line_height}, 0, 0, line.rows > line_height ? cv::INTER_AREA : cv::INTER_LINEAR);
    const int padded = (width + step_width - 1) / step_width * step_width;
    cv::Mat input(line_height, padded, CV_32FC3, cv::Scalar::all(0));
    sized.convertTo(input.colRange(0, width), CV_32F, 1 / 127.5, -1);
    return input;
}

/// The likeliest class that the script allows, 0 for "nothing".
struct Choice {
    int best = 0;
    double confidence = 0;
};

/// The confidence is the probability among all classes: among the allowed alone, a letter in a number's place would be
/// sure.
Choice choose(const float* probabilities, const std::vector<bool>& mask) {
    Choice choice;
    for (std::size_t k = 0; k < mask.size(); ++k) {
        if (!mask[k]) continue;
        if (probabilities[k] > probabilities[choice.best]) choice.best = static_cast<int>(k);
    }
    choice.confidence = static_cast<double>(probabilities[choice.best]);
    return choice;
}

/// Of the line's image; empty for a step that lies in the padding.
cv::Rect place_of_step(int step, double pixels, const cv::Size& line) {
    const int from = static_cast<int>(step * pixels), to = static_cast<int>(std::ceil((step + 1) * pixels));
    return cv::Rect(from, 0, to - from, line.height) & cv::Rect({}, line);
}

} // namespace

struct PpOcr::Parts {
    std::shared_ptr<const LineNet> net;
    LineNet::Workspace workspace;
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
    const auto model = folder / "recogniser.weights", dictionary = folder / "characters.txt";
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
    parts->net = LineNet::shared(model);
    if (parts->net->classes() != static_cast<int>(parts->characters.size()))
        broken_model("its characters are not those of the list");
    return std::unique_ptr<PpOcr>(new PpOcr(std::move(parts)));
}

std::string PpOcr::name() const {
    return "pp-ocrv4";
}

bool PpOcr::can_write(const std::string& character) const {
    return parts_->known.contains(character);
}

const std::vector<std::string>& PpOcr::characters() const {
    return parts_->characters;
}

const cv::Mat& PpOcr::probabilities() const {
    return parts_->steps;
}

TextLine PpOcr::read(const cv::Mat& line, Script script) {
    TextLine result;
    parts_->steps.release();
    if (line.empty()) return result;
    parts_->steps = parts_->net->probabilities(input_of(line), parts_->workspace);
    const auto& mask = parts_->mask(script);
    const double pixels = static_cast<double>(step_width) * line.cols / width_at_net(line);
    double hesitation = 1;
    int last = 0;
    for (int t = 0; t < parts_->steps.rows; ++t) {
        const auto* p = parts_->steps.ptr<float>(t);
        const Choice choice = choose(p, mask);
        const cv::Rect box = place_of_step(t, pixels, line.size());
        if (choice.best == 0) {
            if (p[0] < surely_nothing) hesitation = std::min(hesitation, static_cast<double>(p[0]));
        } else if (choice.best != last) {
            result.symbols.push_back(
                {parts_->characters[static_cast<std::size_t>(choice.best)], choice.confidence, box});
        } else {
            auto& symbol = result.symbols.back();
            symbol.confidence = std::max(symbol.confidence, choice.confidence);
            if (!box.empty()) symbol.box |= box;
        }
        last = choice.best;
    }
    double least = 1;
    for (const auto& symbol : result.symbols) {
        result.text += symbol.text;
        least = std::min(least, symbol.confidence);
    }
    result.confidence = result.symbols.empty() ? 0 : least * hesitation;
    return result;
}

} // namespace dengji::ocr
