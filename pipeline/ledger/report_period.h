#pragma once
#include "pipeline/base/dates.h"
#include "templates/report.h"

#include <string>
#include <vector>

namespace dengji::ledger {

/// What a monthly report is about: the days from `from` to the end of `until`.
struct ReportPeriod {
    Month month;
    Date from, until;
};

ReportPeriod period_of(Month month, templates::Report::Period kind);

/// `count` periods one after the other, the last of them for `last`.
std::vector<ReportPeriod> periods_until(Month last, int count, templates::Report::Period kind);

/// A period whose figures have been handed in. What is written down later counts in the first period after it that was
/// not closed then.
struct ClosedPeriod {
    Month month;
    Date from, until;
    long long last_event = 0; ///< id of the last event that was written down before it was closed
    std::string definition;   ///< version of the report's definition
    std::string closed_at, closed_by;
};

/// The day on which an event counts: that on which it took effect, unless the period of that day was closed when it was
/// written down. `closed` is in the order of time.
Date counted_on(Date effective, long long event, const std::vector<ClosedPeriod>& closed);

} // namespace dengji::ledger
