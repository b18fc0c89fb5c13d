#include "pipeline/reading/evidence.h"

#include <algorithm>

namespace dengji::reading {

namespace {

/// 0 up to `from`, 1 from `to` on, straight between.
double ramp(double value, double from, double to) {
    return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

} // namespace

double confidence_of(const Evidence& evidence) {
    double confidence = evidence.recogniser;
    if (evidence.second_agrees) confidence = 1 - (1 - confidence) * 0.6;
    if (evidence.support == Support::for_it) confidence = 1 - (1 - confidence) * 0.4;
    if (evidence.word_agrees) {
        const double likeness = ramp(evidence.word_score, 0.55, 0.85) * ramp(evidence.word_margin, 0.0, 0.12);
        confidence = std::max(confidence, 0.5) * (1 - likeness) + likeness * 0.99;
    }
    if (!evidence.second_agrees && !evidence.word_agrees && evidence.support != Support::for_it) confidence *= 0.8;
    confidence *= 0.6 + 0.4 * ramp(evidence.legibility, 0.7, 0.85);
    // A line that looks nowhere like its own text, drawn, is not that text.
    if (evidence.print_likeness >= 0) confidence *= 0.85 + 0.15 * ramp(evidence.weakest_likeness, 0.1, 0.3);
    if (evidence.support == Support::against) confidence = std::min(confidence * 0.5, 0.5);
    return std::clamp(confidence, 0.0, 1.0);
}

} // namespace dengji::reading
