#pragma once
#include "pipeline/reading/ctc_steps.h"

#include <string>
#include <string_view>
#include <vector>

namespace dengji::reading {

/// Natural logarithm of the probability that the steps say exactly `text`: the sum over all ways to spread it over the
/// steps (CTC, Graves et al. 2006). At least -1000.
double log_probability(const CtcSteps& steps, std::u32string_view text);

/// A list of words as a tree of their beginnings, so that all are scored in one go.
class WordTree {
public:
    explicit WordTree(const std::vector<std::string>& words);

    std::size_t size() const noexcept { return ends_.size(); }
    /// log_probability of each word, in the order of the list.
    std::vector<double> log_probabilities(const CtcSteps& steps) const;

private:
    struct Node {
        char32_t character = 0;
        std::size_t parent = 0;
    };
    std::vector<Node> nodes_; ///< parents before children; 0 is the empty beginning
    std::vector<std::size_t> ends_;
};

/// For each character of `text`, which stands somewhere in the steps: the step where it most probably has its middle
/// (Viterbi). Empty when the steps are fewer than the characters.
std::vector<double> align(const CtcSteps& steps, std::u32string_view text);

} // namespace dengji::reading
