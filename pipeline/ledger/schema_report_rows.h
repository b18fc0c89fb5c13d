#pragma once
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// Table report_rows: see the .cpp.
const std::vector<std::string_view>& report_rows_step();

} // namespace dengji::ledger
