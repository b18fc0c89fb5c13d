#pragma once
#include "pipeline/reading/result.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// How a text of the sheet stands to the same text on the card.
enum class Likeness {
    unknown, ///< one of them is empty, or they cannot be compared
    differs,
    begins, ///< the card's copy ends early (the photograph covers the rest); so far they are the same
    same,
};

/// Two readings as their field compares them: widths and spaces made alike, a nationality with or without 族.
Likeness compare_with_card(const std::string& key, const std::string& sheet, const std::string& card);

/// What an identity card's copy has to say about one field of its sheet. `sheet`: a text reading with key name, sex,
/// ethnicity or id_number; `card`: the same field as it was read on the card.
/// - They say the same: the confidence rises, as two recognitions rarely err alike; reasons that only said "not sure"
///   go, all others stay.
/// - The card is sure, the sheet is not, and one of the sheet's alternatives is what the card says: that one becomes
/// the
///   value, still for review; the raw reading stays.
/// - Both are sure and differ: a reason for review (card-differs, 与身份证复印件不一致).
/// - Otherwise the card's value is only offered as an alternative.
void weigh_card(Reading& sheet, const Reading& card);

/// The same for the address of the household, of which the sheet has parts and the card one text. Only agreement
/// counts: a card keeps the address of the day when it was made.
void weigh_card_address(std::vector<Reading>& sheet, const Reading& card);

} // namespace dengji::reading
