#pragma once
#include "pipeline/reading/ctc_steps.h"
#include "pipeline/reading/word_automaton.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// A text that the steps may say and the automaton allows.
struct Hypothesis {
    std::u32string text;
    double picture = 0;  ///< log probability of the steps for it, nats; over the paths that the search kept
    double language = 0; ///< log weight in the automaton, nats
    double score = 0;    ///< picture + language share * language + length bonus * characters
};

struct BeamOptions {
    std::size_t width = 20;      ///< beginnings kept at each step
    std::size_t likeliest = 10;  ///< characters tried at each step, besides those that the automaton expects
    double language_share = 0.7; ///< weight of the automaton beside the picture
    double length_bonus =
        4; ///< nats for each character: a search loses characters without it, invents them with too much
    std::size_t results = 12;
    double surely_nothing = 0.9992; ///< steps above it say nothing at all
};

/// CTC prefix beam search under a weighted automaton: the best texts, best first. Empty when nothing that the automaton
/// allows is in the steps.
std::vector<Hypothesis> beam_search(const CtcSteps& steps, const WordAutomaton& automaton, const BeamOptions& options);

} // namespace dengji::reading
