#pragma once
#include "pipeline/base/text.h"
#include "pipeline/reading/character_classes.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace dengji::reading {

/// What a made-up line reader sees at one character: characters with their probabilities; the rest is "nothing".
using Seen = std::vector<std::pair<char32_t, double>>;

/// A line reader of few characters, whose output tests write by hand.
class DrawnWords {
public:
    /// Every character that may be written, with digits, letters and the signs of addresses.
    explicit DrawnWords(std::u32string_view characters) {
        std::set<char32_t> all(characters.begin(), characters.end());
        for (const char32_t c : std::u32string_view(U"0123456789-·@._号组幢栋单元室路村社区镇街道")) all.insert(c);
        for (char32_t c = U'a'; c <= U'z'; ++c) all.insert(c);
        for (char32_t c = U'A'; c <= U'Z'; ++c) all.insert(c);
        by_class_.emplace_back();
        for (const char32_t c : all) by_class_.push_back(utf8(c));
        by_class_.emplace_back(" ");
    }

    const std::vector<std::string>& by_class() const { return by_class_; }

    /// A step of "nothing", then for each character one step that sees it and two of nothing.
    cv::Mat line(const std::vector<Seen>& characters) const {
        cv::Mat steps(static_cast<int>(1 + 3 * characters.size()), static_cast<int>(by_class_.size()), CV_32F,
                      cv::Scalar(1e-7));
        for (int t = 0; t < steps.rows; ++t) {
            double nothing = .9999;
            if (t % 3 == 1) {
                nothing = 1;
                for (const auto& [character, probability] : characters[static_cast<std::size_t>(t / 3)]) {
                    steps.at<float>(t, class_of(character)) = static_cast<float>(probability);
                    nothing -= probability;
                }
            }
            steps.at<float>(t, 0) = static_cast<float>(std::max(1e-6, nothing));
        }
        return steps;
    }

    /// A line that says `text`, each character as sure as `probability`.
    cv::Mat line(std::u32string_view text, double probability = .98) const {
        std::vector<Seen> characters;
        for (const char32_t c : text) characters.push_back({{c, probability}});
        return line(characters);
    }

private:
    int class_of(char32_t character) const {
        const auto found = std::find(by_class_.begin(), by_class_.end(), utf8(character));
        return static_cast<int>(found - by_class_.begin());
    }

    std::vector<std::string> by_class_;
};

} // namespace dengji::reading
