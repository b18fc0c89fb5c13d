#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/report_period.h"

#include <map>

namespace dengji::monthly::test {

/// Every figure of T1 to T6 once more, as plain SQL over the register's tables: cell -> figure, -1 for a rate of
/// nobody. Made for a register in which everything was written down on the day on which it took effect and no field
/// that tables count by was changed.
std::map<std::string, long long> plain_counts(const std::filesystem::path& register_file,
                                              const ledger::ReportPeriod& period);

} // namespace dengji::monthly::test
