#pragma once
#include <string>

namespace dengji::monthly::test {

// What plain SQL asks of a registration at the end of a day (YYYY-MM-DD), by its events. `l` is its row of lives, and
// effective_on the day on which an event counts (see make_tables).

std::string state_on(const std::string& day);
std::string open_on(const std::string& day);    ///< whether it is registered
std::string pending_on(const std::string& day); ///< whether it waits for a decision
std::string hard_on(const std::string& day);    ///< whether the person counts as hard to place
std::string office_on(const std::string& day);  ///< code of the town that handles it

/// The value of a field, several options joined by 、; '' where there is none.
std::string value_on(const std::string& key, const std::string& day);

} // namespace dengji::monthly::test
