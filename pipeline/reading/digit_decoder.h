#pragma once
#include "ocr/digit_net.h"
#include "pipeline/reading/number_prior.h"

#include <string>
#include <string_view>
#include <vector>

namespace dengji::reading {

/// One number that the line may say.
struct NumberCandidate {
    std::string value;
    double picture = 0;   ///< log-probability by the picture alone, mean of the views
    double posterior = 0; ///< 0..1, picture and prior together
};

/// How a value came about; each has its own chance of being right.
enum class NumberOrigin {
    as_read,  ///< the picture alone says the same
    repaired, ///< what may stand in the field tipped the scales
    kept,     ///< the prior would have had to overrule the picture by too much; the picture's word stands
    foreign,  ///< there are glyphs that are no digits; the value is what is left beside them
};
std::string_view name_of(NumberOrigin origin);

struct DecodedNumber {
    std::string raw;   ///< what the picture alone says; '#' for each glyph that is no digit
    std::string value; ///< without these
    NumberOrigin origin = NumberOrigin::as_read;
    double margin = 0;                       ///< log-odds of the value against all others, nats, -12..18
    double override_nats = 0;                ///< by how much the picture prefers another number to the value
    std::vector<NumberCandidate> candidates; ///< best first by posterior; values differ
};

/// Finds the number that a line says when it is known what kind of number stands there. Stateless; thread-safe.
class DigitDecoder {
public:
    explicit DigitDecoder(NumberPrior prior) : prior_(std::move(prior)) {}

    /// The prior may overrule the picture by no more than this; people do write wrong numbers.
    static constexpr double most_override = 3.0;
    /// The same of the parts of dates: nobody writes that it is the year 2220, or the 118th.
    static constexpr double most_override_of_dates = 8.0;

    /// No views: an empty value. `content` as NumberPrior knows it.
    DecodedNumber decode(const ocr::DigitLine& line, std::string_view content, const NumberHints& hints = {}) const;

private:
    NumberPrior prior_;
};

} // namespace dengji::reading
