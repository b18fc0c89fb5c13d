#pragma once
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::reading {

/// A text and how well it explains the steps: the natural logarithm of the probability, summed over all ways of laying
/// the text along the steps.
struct ScoredText {
    std::string text;
    double log_probability = 0;
};

struct BeamSettings {
    std::size_t width = 60;         ///< prefixes kept after each step
    std::size_t longest = 24;       ///< symbols
    double least_symbol = 3e-4;     ///< less probable symbols of a step start no new prefix
    double sure_of_nothing = 0.999; ///< a step this sure of the blank only ends the symbol before it
};

/// Prefix beam search. `steps`: CV_32FC1 logarithms of probabilities, a row for each step; column 0 is the CTC blank,
/// column k is symbols[k - 1]. Best first; no rows give the empty text alone. Scores of texts far behind the best are
/// lower bounds: prefixes that left the beam no longer count.
std::vector<ScoredText> ctc_beam(const cv::Mat& steps, std::string_view symbols, const BeamSettings& settings = {});

/// The exact score of one text; -infinity when the steps are too few for it or it has other symbols.
double ctc_score(const cv::Mat& steps, std::string_view symbols, std::string_view text);

} // namespace dengji::reading
