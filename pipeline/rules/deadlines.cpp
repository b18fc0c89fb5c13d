#include "pipeline/rules/deadlines.h"

#include <algorithm>

namespace dengji::rules {

using templates::DeadlineSettings;
using templates::WorkCalendar;

bool has_review_days(std::optional<Channel> channel) {
    return channel == Channel::app12333 || channel == Channel::national;
}

Deadline review_deadline(const DeadlineSettings& settings, const WorkCalendar& calendar, std::optional<Channel> channel,
                         const ClockFacts& clock) {
    const bool counts_survey = clock.survey && settings.survey_stops_review.value;
    const bool stopped = counts_survey && !clock.survey->closed_on;
    if (!has_review_days(channel)) {
        const Date due = counts_survey && clock.survey->closed_on
                             ? std::max(clock.submitted_on, *clock.survey->closed_on)
                             : clock.submitted_on;
        return {{due, {}}, due, stopped};
    }
    const int in_survey = counts_survey && clock.survey->closed_on
                              ? working_days_between(calendar, clock.survey->opened_on, *clock.survey->closed_on)
                              : 0;
    const auto reminder =
        working_day_after(calendar, clock.submitted_on, settings.review_reminder_day.value + in_survey);
    return {working_day_after(calendar, clock.submitted_on, settings.review_days.value + in_survey), reminder.day,
            stopped};
}

Deadline survey_deadline(const DeadlineSettings& settings, const WorkCalendar& calendar, const Survey& survey) {
    return {working_day_after(calendar, survey.opened_on, settings.survey_days.value),
            working_day_after(calendar, survey.opened_on, settings.survey_reminder_day.value).day, false};
}

Deadline certificate_deadline(const DeadlineSettings& settings, const WorkCalendar& calendar, Date applied_on) {
    return {working_day_after(calendar, applied_on, settings.certificate_days.value), applied_on, false};
}

std::string day_in_words(const CountedDay& day) {
    auto text = format(day.day);
    if (!day.provisional()) return text;
    std::string years;
    for (const int year : day.missing_years) years += (years.empty() ? "" : "、") + std::to_string(year) + "年";
    return text + "（暂定：" + years + "的放假安排尚未导入）";
}

} // namespace dengji::rules
