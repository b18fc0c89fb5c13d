#pragma once
#include "pipeline/base/dates.h"
#include "templates/work_calendar.h"

#include <set>

namespace dengji::rules {

/// A day found by counting, and whether it can be relied on.
struct CountedDay {
    Date day;
    std::set<int> missing_years; ///< years on the way whose calendar is not loaded: Monday to Friday was counted there

    bool provisional() const { return !missing_years.empty(); }
    bool operator==(const CountedDay&) const = default;
};

/// The `count`-th working day after `from`; `from` itself is not counted (民法典 201). A deadline is the end of that
/// day.
CountedDay working_day_after(const templates::WorkCalendar& calendar, Date from, int count);

/// Working days after `from` up to and with `to`; 0 when `to` is not later.
int working_days_between(const templates::WorkCalendar& calendar, Date from, Date to);

/// `day` moved by whole days or months. A month later than the 31st is the last day of that month.
Date days_later(Date day, int days);
Date months_later(Date day, int months);

} // namespace dengji::rules
