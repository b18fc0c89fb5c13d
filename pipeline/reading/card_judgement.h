#pragma once
#include "pipeline/reading/card_text.h"
#include "pipeline/reading/result.h"

#include <optional>
#include <string>
#include <vector>

namespace dengji::reading {

/// The number on a card from what the recognisers said of it (17 digits and a digit or X when it is sound).
struct CardNumber {
    std::string value;     ///< the likeliest; empty when nobody read anything
    double confidence = 0; ///< 0..1
    Reasons reasons;       ///< check character, date of birth, or mended by birth and sex
    bool sound() const { return reasons.empty() && value.size() == 18; }
};

/// Decides between readings of the number with everything that is printed twice on the card: the check character, the
/// date of birth (YYYY-MM-DD, may be empty) and the sex (男, 女, may be empty). Where no reading is sound, one that
/// becomes sound by taking digits from another reading or from the date of birth is proposed, for a person to look at.
CardNumber decide_number(const std::vector<std::string>& readings, const std::string& birth, const std::string& sex);

/// Reads a date of birth whose parts have run together, where a sound number has the same digits in the same order.
void complete_birth(CardText& text, const std::vector<std::string>& number_readings);

/// Whether this is the front of a card: by its labels, or, where a copier has lost them, by the sex and the date of
/// birth that stand on lines of their own above the number that repeats them.
bool is_card_front(const CardText& text, const std::vector<std::string>& number_readings);

/// The readings of a card from its text as one recogniser read it (`first`) and, where there is one, as another did.
/// Boxes are left to the caller. Always six, in the order of result keys; empty values are marked for review.
std::vector<Reading> judge_card(const CardText& first, const std::optional<CardText>& second,
                                const std::vector<std::string>& number_readings);

} // namespace dengji::reading
