#include "pipeline/ledger/report_period.h"

#include "pipeline/rules/working_days.h"

namespace dengji::ledger {

using std::chrono::day;
using std::chrono::months;

ReportPeriod period_of(Month month, templates::Report::Period kind) {
    if (kind == templates::Report::Period::natural_month)
        return {month, Date(month / day(1)), Date(month / std::chrono::last)};
    return {month, Date((month - months(1)) / day(21)), Date(month / day(20))};
}

std::vector<ReportPeriod> periods_until(Month last, int count, templates::Report::Period kind) {
    std::vector<ReportPeriod> periods;
    for (int i = count - 1; i >= 0; --i) periods.push_back(period_of(last - months(i), kind));
    return periods;
}

Date counted_on(Date effective, long long event, const std::vector<ClosedPeriod>& closed) {
    Date counted = effective;
    for (const auto& period : closed)
        if (counted <= period.until && event > period.last_event) counted = rules::days_later(period.until, 1);
    return counted;
}

} // namespace dengji::ledger
