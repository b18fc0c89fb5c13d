#pragma once
#include "pipeline/reading/result.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// Whom a sheet or a card names, as far as it matters for finding one by the other.
struct Identity {
    std::vector<std::string> names;   ///< the reading and its alternatives, as compared
    std::vector<std::string> numbers; ///< likewise
    bool number_is_sure = false;      ///< sound by its own check character, and not marked for review
    std::string address;              ///< of the household, without units; may be empty
};

Identity identity_of_sheet(const std::vector<Reading>& readings);
Identity identity_of_card(const std::vector<Reading>& readings);

/// How well a card fits a sheet, in points: 6 for the same number and one less for each misread character, 3 for the
/// same name and less for part of it, up to 2 for the address; something off for a name that is nothing like it, and
/// much for two numbers that are both sure and differ: a misread number is hardly ever sound. Two such numbers under
/// different names are two people, whatever else agrees: 0.
double fit(const Identity& sheet, const Identity& card);

/// From here on a card belongs to a sheet. A number with up to two characters misread does, or a name of three
/// characters with nothing against it; a name of two characters, or part of one, needs something besides.
inline constexpr double least_fit = 3;
/// Sheets that fit within this of the best one fit equally well.
inline constexpr double equal_fit = 0.5;

} // namespace dengji::reading
