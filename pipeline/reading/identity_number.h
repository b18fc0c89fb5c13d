#pragma once
#include "pipeline/base/dates.h"
#include "pipeline/reading/verdict.h"
#include "templates/citizen_number.h"

#include <optional>
#include <string_view>

namespace dengji::reading {

using templates::has_right_check_character;
using templates::is_male;

/// GB 11643: the check character that belongs to the first 17 digits. Needs at least 17 digits in front.
inline char identity_check_character(std::string_view number) {
    return templates::citizen_check_character(number);
}

/// Of an 18-digit number, or an old one of 15 digits. nullopt when it is no day of the calendar, before 1900 or in the
/// future.
std::optional<Date> birth_date_of(std::string_view number);

/// Judges a number read from a card number field. Never repairs it. Numbers of other documents (a travel permit's
/// H01234567) are neither right nor wrong.
Verdict check_identity_number(std::string_view text);

} // namespace dengji::reading
