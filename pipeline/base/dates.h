#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

/// Days and months of the calendar; always valid ones when made by the functions below.
using Date = std::chrono::year_month_day;
using Month = std::chrono::year_month;

/// "2020-04-15" exactly: ten characters, plain digits, a day that the calendar has (no 2019-02-29). Years 0001 to 9999.
std::optional<Date> parse_date(std::string_view text) noexcept;
/// "2020-04" exactly.
std::optional<Month> parse_month(std::string_view text) noexcept;

/// A day from its parts, when the calendar has it.
std::optional<Date> make_date(int year, int month, int day) noexcept;
std::optional<Month> make_month(int year, int month) noexcept;

std::string format(Date date);   ///< YYYY-MM-DD
std::string format(Month month); ///< YYYY-MM

/// The day it is here.
Date today();

} // namespace dengji
