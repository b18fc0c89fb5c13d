#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// Step of the schema that brings the closed periods of monthly reports.
const std::vector<std::string_view>& reports_step();
/// The definitions that closed periods were counted by.
const std::vector<std::string_view>& definitions_step();

} // namespace dengji::ledger
