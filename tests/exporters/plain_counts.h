#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/report_period.h"

#include <map>

namespace dengji::monthly::test {

/// Every figure of T1 to T6 once more, as plain SQL over the register's tables: cell -> figure, -1 for a rate of
/// nobody. Late entries count as closed months say, and corrected fields as they were said at the time.
std::map<std::string, long long> plain_counts(const std::filesystem::path& register_file,
                                              const ledger::ReportPeriod& period);

} // namespace dengji::monthly::test
