#pragma once
#include "pipeline/reading/character_classes.h"

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// A character where the line reader saw it.
struct GreedyCharacter {
    char32_t character = 0;
    int line = 0;
    double step = 0;        ///< middle of its steps in its line; a step is 8 columns of a line 48 px high
    double probability = 0; ///< 0..1
};

/// The line reader's own reading: at each step what is likeliest, without rules, lists or confusions.
struct GreedyReading {
    std::string text; ///< UTF-8, lines joined, as read
    std::vector<GreedyCharacter> characters;
    double least = 0;       ///< the least sure character's probability; 0 for an empty reading
    double mean = 0;        ///< of the characters' probabilities
    double deepest_dip = 0; ///< 1 - the least probability of "nothing" at a step between characters that reads as
                            ///< nothing: a character may have been dropped there
    double widest_gap = 0;  ///< the widest distance between neighbouring characters, in usual distances of the line
};

GreedyReading greedy_reading(const std::vector<cv::Mat>& lines, const CharacterClasses& classes);

} // namespace dengji::reading
