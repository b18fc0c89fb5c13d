#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// The steps of the schema, oldest first; step n (from 1) makes version n. One statement an entry: the driver silently
/// ignores what follows the first one. A step that was released is never changed; a new one is added.
const std::vector<std::vector<std::string_view>>& schema_steps();

} // namespace dengji::ledger
