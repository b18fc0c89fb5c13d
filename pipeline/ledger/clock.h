#pragma once
#include <string>

namespace dengji::ledger {

/// The present moment as the register writes it: UTC, "2020-04-15T09:30:00Z".
std::string utc_now();

} // namespace dengji::ledger
