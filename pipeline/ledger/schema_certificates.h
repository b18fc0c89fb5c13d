#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// The step of the schema for certificates: ranges of numbers, the numbers that were taken, photos, what was printed
/// and where it stands in the booklets. Numbers that were issued before are taken over from the events.
const std::vector<std::string_view>& certificates_step();

} // namespace dengji::ledger
