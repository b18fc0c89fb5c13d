#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// The step of the schema that gives registrations a life: persons, states, and the columns of events that the life
/// needs. Registrations that were there before are received.
const std::vector<std::string_view>& life_step();

} // namespace dengji::ledger
