#pragma once
#include "pipeline/base/dates.h"

#include <optional>
#include <string>
#include <string_view>

namespace dengji::templates {

// Citizen identity numbers, GB 11643-1999: 6 digits of area, 8 of birth date, 3 of sequence (odd: male), 1 check
// character. Those before 1999 had 15 digits: no century, no check character. Numbers here hold plain digits and a
// capital X, as normal_number() makes them.

/// Spaces and hyphens left out, full-width digits and letters made plain, letters made capital.
std::string normal_number(std::string_view text);

bool is_all_digits(std::string_view text) noexcept; ///< false for an empty text

/// Seventeen digits, then a digit or X: whether it is right is another question.
bool has_citizen_number_form(std::string_view number) noexcept;
/// Fifteen digits.
bool has_old_citizen_number_form(std::string_view number) noexcept;

/// The check character that belongs to the first 17 digits. Needs at least 17 digits in front.
char citizen_check_character(std::string_view number);
/// Seventeen digits and a digit or X, and the last is the right one.
bool has_right_check_character(std::string_view number);

/// Of an 18-digit number, or an old one of 15 digits (19yy). nullopt when it is neither, no day of the calendar, before
/// 1900 or after `latest`.
std::optional<Date> birth_date_of(std::string_view number, Date latest);

/// By the sequence number. nullopt when it is neither 18 nor 15 characters long.
std::optional<bool> is_male(std::string_view number);

/// An old number as it was written anew: 19 put in, check character added. Needs has_old_citizen_number_form().
std::string renewed_citizen_number(std::string_view old_number);

} // namespace dengji::templates
