#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/report_period.h"

namespace dengji::monthly::test {

/// Makes the temporary tables that plain SQL counts in:
///   events        in place of the register's own: what was written down about a closed month counts after it
///   people        registrations as they are before the period and at its end, what happened in between beside them
///   days          each day with how many working days there are up to it
///   applications  each time that somebody's application waited for a decision
///   held, fates   a person's first certificate, and what became of it
void make_tables(ledger::Database& database, const ledger::ReportPeriod& period);

} // namespace dengji::monthly::test
