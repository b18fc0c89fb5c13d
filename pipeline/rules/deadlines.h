#pragma once
#include "pipeline/rules/application.h"
#include "pipeline/rules/facts.h"
#include "pipeline/rules/working_days.h"
#include "templates/rule_settings.h"

#include <optional>
#include <string>

namespace dengji::rules {

/// Until when something has to be done, and from when on it is worth a reminder. A deadline is the end of its day.
struct Deadline {
    CountedDay due;
    Date remind_from;
    bool stopped = false; ///< the clock does not run at present: nothing is overdue

    bool due_for_reminder(Date on) const { return !stopped && on >= remind_from && on <= due.day; }
    bool overdue(Date on) const { return !stopped && on > due.day; }
};

/// Whether the channel has a time for its review; the others are decided at once.
bool has_review_days(std::optional<Channel> channel);

/// For deciding an application: working days online (三（二）, 津就发二), else the day itself (三（一）). An open
/// survey stops the clock if the settings say so; once it is closed, the deadline has moved by the working days that it
/// took.
Deadline review_deadline(const templates::DeadlineSettings& settings, const templates::WorkCalendar& calendar,
                         std::optional<Channel> channel, const ClockFacts& clock);

/// For closing a survey, 三（一）.
Deadline survey_deadline(const templates::DeadlineSettings& settings, const templates::WorkCalendar& calendar,
                         const Survey& survey);

/// For issuing a certificate that is not issued at once.
Deadline certificate_deadline(const templates::DeadlineSettings& settings, const templates::WorkCalendar& calendar,
                              Date applied_on);

/// For the clerk: "2020-05-11", or "2027-02-10（暂定：2027年的放假安排尚未导入）".
std::string day_in_words(const CountedDay& day);

} // namespace dengji::rules
