#pragma once
#include <string>

namespace dengji::monthly::test {

// What plain SQL asks of a registration at the end of a day (YYYY-MM-DD), by its events. `l` is its row of lives.

std::string state_on(const std::string& day);
std::string open_on(const std::string& day);    ///< whether it is registered
std::string pending_on(const std::string& day); ///< whether it waits for a decision
std::string hard_on(const std::string& day);    ///< whether the person counts as hard to place
std::string office_on(const std::string& day);  ///< code of the town that handles it

/// The present value of a field.
std::string value(const std::string& key);

} // namespace dengji::monthly::test
