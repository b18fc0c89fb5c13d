#pragma once
#include "pipeline/reading/verdict.h"

#include <string>

namespace dengji::reading {

/// A date from the digits that stand before 年 月 (日). "2019", "3" become "2019-03". All parts empty: an empty value,
/// nothing against it. What is no plausible date (year 1950 to next year, a day of the calendar) is spoken against; the
/// value then is what can be said without guessing, else empty.
Verdict compose_month(const std::string& year, const std::string& month);
Verdict compose_date(const std::string& year, const std::string& month, const std::string& day);

} // namespace dengji::reading
