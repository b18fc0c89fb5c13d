#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// The step of the schema that brings the people who work with the register, and the work of reviewing.
const std::vector<std::string_view>& review_step();

} // namespace dengji::ledger
