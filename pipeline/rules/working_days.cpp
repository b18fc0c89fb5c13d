#include "pipeline/rules/working_days.h"

namespace dengji::rules {

Date days_later(Date day, int days) {
    return Date(std::chrono::sys_days(day) + std::chrono::days(days));
}

Date months_later(Date day, int months) {
    const Date moved = day + std::chrono::months(months);
    return moved.ok() ? moved : Date(moved.year() / moved.month() / std::chrono::last);
}

CountedDay working_day_after(const templates::WorkCalendar& calendar, Date from, int count) {
    CountedDay counted{from, {}};
    for (int left = count; left > 0;) {
        counted.day = days_later(counted.day, 1);
        if (!calendar.has_year(counted.day.year())) counted.missing_years.insert(static_cast<int>(counted.day.year()));
        if (calendar.is_working_day(counted.day)) --left;
    }
    return counted;
}

int working_days_between(const templates::WorkCalendar& calendar, Date from, Date to) {
    int count = 0;
    for (Date day = from; day < to;) {
        day = days_later(day, 1);
        if (calendar.is_working_day(day)) ++count;
    }
    return count;
}

} // namespace dengji::rules
