#pragma once
#include "pipeline/reading/verdict.h"

#include <string>

namespace dengji::reading {

/// What the rules of a number field say of a number. `content` as in the form definition, or "year", "month", "day".
Verdict check_number(const std::string& content, const std::string& text);

/// Whether a number can stand in a part of a date: what cannot is a misreading, whoever says it. True for all other
/// contents.
bool may_stand(const std::string& content, const std::string& value);

} // namespace dengji::reading
