#include "pipeline/reading/ctc_greedy.h"

#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::reading {

namespace {

constexpr std::size_t least_for_gaps = 4; // characters of a line from which its usual distance can be told

void read_line(const cv::Mat& line, int number, const CharacterClasses& classes, GreedyReading& reading) {
    int last = CharacterClasses::nothing, first_step = 0;
    for (int t = 0; t < line.rows; ++t) {
        const float* row = line.ptr<float>(t);
        const int best = static_cast<int>(std::max_element(row, row + line.cols) - row);
        const double probability = static_cast<double>(row[best]);
        if (best == CharacterClasses::nothing) {
            reading.deepest_dip = std::max(reading.deepest_dip, 1 - probability);
        } else if (best != last) {
            first_step = t;
            reading.characters.push_back({classes.character(best), number, static_cast<double>(t), probability});
        } else {
            GreedyCharacter& character = reading.characters.back();
            character.step = (first_step + t) / 2.0;
            character.probability = std::max(character.probability, probability);
        }
        last = best;
    }
}

/// In a line of Chinese characters all distances are alike; one twice as wide hides a character, or is a space.
double widest_gap(const std::vector<GreedyCharacter>& characters, int line) {
    std::vector<double> gaps;
    const GreedyCharacter* before = nullptr;
    for (const GreedyCharacter& c : characters) {
        if (c.line != line) continue;
        if (before != nullptr) gaps.push_back(c.step - before->step);
        before = &c;
    }
    if (gaps.size() + 1 < least_for_gaps) return 0;
    const double widest = *std::max_element(gaps.begin(), gaps.end());
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle > 0 ? widest / *middle : 0;
}

} // namespace

GreedyReading greedy_reading(const std::vector<cv::Mat>& lines, const CharacterClasses& classes) {
    GreedyReading reading;
    for (std::size_t l = 0; l < lines.size(); ++l)
        if (!lines[l].empty()) read_line(lines[l], static_cast<int>(l), classes, reading);
    if (reading.characters.empty()) return reading;
    reading.least = 1;
    for (const GreedyCharacter& c : reading.characters) {
        if (c.character != 0) reading.text += utf8(c.character);
        reading.least = std::min(reading.least, c.probability);
        reading.mean += c.probability / static_cast<double>(reading.characters.size());
    }
    for (std::size_t l = 0; l < lines.size(); ++l)
        reading.widest_gap = std::max(reading.widest_gap, widest_gap(reading.characters, static_cast<int>(l)));
    return reading;
}

} // namespace dengji::reading
