// Section D: clocks, 渝人社办〔2020〕79号 三 and 津就发〔2020〕2号 二.
#include "pipeline/rules/deadlines.h"
#include "pipeline/rules/rule_table.h"

namespace dengji::rules {
namespace {

const ClockFacts& clock_of(const Case& c) {
    return *c.facts.clock;
}

Deadline review(const Case& c) {
    return review_deadline(c.book.settings.deadlines, c.book.calendar, c.application.channel, clock_of(c));
}

Deadline survey(const Case& c) {
    return survey_deadline(c.book.settings.deadlines, c.book.calendar, *clock_of(c).survey);
}

bool undecided(const Case& c) {
    return !clock_of(c).decided_on;
}

bool survey_open(const Case& c) {
    return clock_of(c).survey && !clock_of(c).survey->closed_on;
}

Match review_reminder(const Case& c, Channel channel) {
    if (c.application.channel != channel || !undecided(c)) return false;
    const auto deadline = review(c);
    return deadline.due_for_reminder(c.on) ? Match::with(day_in_words(deadline.due)) : Match(false);
}

Match review_overdue(const Case& c, Channel channel) {
    if (c.application.channel != channel || !undecided(c)) return false;
    const auto deadline = review(c);
    return deadline.overdue(c.on) ? Match::with(day_in_words(deadline.due)) : Match(false);
}

/// The day that an application is to be decided by, when all that is known of it is when it came.
Match review_day(const Case& c, Channel channel) {
    if (c.application.channel != channel || !c.application.received_on || c.facts.clock) return false;
    const ClockFacts fresh{*c.application.received_on, {}, {}, {}, {}};
    return Match::with(
        day_in_words(review_deadline(c.book.settings.deadlines, c.book.calendar, c.application.channel, fresh).due));
}

bool decided_at_once(const Case& c) {
    return !has_review_days(c.application.channel);
}

bool feedback_incomplete(const Case& c) {
    const auto& feedback = clock_of(c).feedback;
    return !feedback || !feedback->on || feedback->way.empty() || feedback->by.empty();
}

Match calendar_missing(const CountedDay& day) {
    if (!day.provisional()) return false;
    std::string years;
    for (const int year : day.missing_years) years += (years.empty() ? "" : "、") + std::to_string(year);
    return Match::with(years);
}

/// A year that the review of an application runs into and that is not loaded.
Match application_runs_into_unknown_year(const Case& c) {
    if (!c.application.received_on || c.facts.clock) return false;
    return calendar_missing(
        working_day_after(c.book.calendar, *c.application.received_on, c.book.settings.deadlines.review_days.value));
}

Match case_runs_into_unknown_year(const Case& c) {
    if (!undecided(c)) return false;
    return calendar_missing(survey_open(c) ? survey(c).due : review(c).due);
}

} // namespace

std::vector<Rule> clock_rules() {
    using enum Action;
    const auto clock = Subject::clock;
    const char* const at_once = "渝人社办〔2020〕79号 三（一）";
    const char* const online = "渝人社办〔2020〕79号 三（二）；津就发〔2020〕2号 二";
    const char* const district = "津就发〔2020〕2号 二";
    const char* const calendar = "民法典 第二百零一条";
    return {
        {"D01",
         at_once,
         clock,
         remind,
         {},
         "窗口受理的申请应当即时办理。请在今天下班前办结。",
         [](const Case& c) -> Match { return decided_at_once(c) && undecided(c) && review(c).due_for_reminder(c.on); }},
        {"D01",
         at_once,
         clock,
         remind,
         {},
         "窗口受理的申请应当即时办理，现已超期（应于{}办结）。请立即办理。",
         [](const Case& c) -> Match {
             if (!decided_at_once(c) || !undecided(c) || !review(c).overdue(c.on)) return false;
             return Match::with(day_in_words(review(c).due));
         }},
        {"D02",
         online,
         Subject::application,
         info,
         {},
         "全国平台提交的申请须按期审核：请于{}前办结，并反馈结果。",
         [](const Case& c) -> Match { return review_day(c, Channel::national); }},
        {"D02",
         online,
         clock,
         remind,
         {},
         "全国平台提交的申请尚未审核：请于{}前办结，并反馈结果。",
         [](const Case& c) -> Match { return review_reminder(c, Channel::national); }},
        {"D02",
         online,
         clock,
         remind,
         {},
         "全国平台提交的申请审核已超期（应于{}前办结）。请立即办理，并反馈结果。",
         [](const Case& c) -> Match { return review_overdue(c, Channel::national); }},
        {"D03",
         "渝人社办〔2020〕79号 三（二）",
         clock,
         warn,
         {},
         "掌上12333的申请应由平台自动比对、即时反馈（秒办），这一件却是人工办理的。请查明原因。",
         [](const Case& c) -> Match {
             return c.application.channel == Channel::app12333 && clock_of(c).decided_by_system == false;
         }},
        {"D03",
         "渝人社办〔2020〕79号 三（二）",
         clock,
         hold,
         {},
         "没有记录这件掌上12333的申请是否由平台自动办结。请问：是自动办结还是人工办理？",
         [](const Case& c) -> Match {
             return c.application.channel == Channel::app12333 && !undecided(c) && !clock_of(c).decided_by_system;
         }},
        {"D04",
         district,
         Subject::application,
         info,
         {},
         "掌上12333提交的申请，镇街也须按期审核：最迟于{}前办结，并反馈结果。",
         [](const Case& c) -> Match { return review_day(c, Channel::app12333); }},
        {"D04",
         district,
         clock,
         remind,
         {},
         "掌上12333的申请没有自动办结：请于{}前完成审核，并反馈结果。",
         [](const Case& c) -> Match { return review_reminder(c, Channel::app12333); }},
        {"D04",
         district,
         clock,
         remind,
         {},
         "掌上12333的申请审核已超期（应于{}前办结）。请立即办理，并反馈结果。",
         [](const Case& c) -> Match { return review_overdue(c, Channel::app12333); }},
        {"D05",
         "渝人社办〔2020〕79号 三（一）（二）",
         clock,
         remind,
         {},
         "已作出决定，但没有完整的反馈记录。请告知申请人办理结果，并记下方式、日期和经办人。",
         [](const Case& c) -> Match { return !undecided(c) && feedback_incomplete(c); }},
        {"D06",
         at_once,
         clock,
         remind,
         {},
         "调查尚未办结：请于{}前办结，并反馈结果。",
         [](const Case& c) -> Match {
             if (!survey_open(c) || !survey(c).due_for_reminder(c.on)) return false;
             return Match::with(day_in_words(survey(c).due));
         }},
        {"D06",
         at_once,
         clock,
         remind,
         {},
         "调查已超期（应于{}前办结）。请立即办结，并反馈结果。",
         [](const Case& c) -> Match {
             if (!survey_open(c) || !survey(c).overdue(c.on)) return false;
             return Match::with(day_in_words(survey(c).due));
         }},
        {"D06",
         at_once,
         clock,
         hold,
         {},
         "调查已办结，但没有记录调查方式或者结果。请补记。",
         [](const Case& c) -> Match {
             const auto& made = clock_of(c).survey;
             return made && made->closed_on && (made->way.empty() || made->result.empty());
         }},
        {"D07",
         at_once,
         clock,
         info,
         {},
         "正在调查，办理时限暂停计算，不算超期。",
         [](const Case& c) -> Match { return undecided(c) && review(c).stopped; }},
        {"D08",
         calendar,
         Subject::application,
         warn,
         {},
         "日历中没有{}年的放假安排，工作日暂按周一至周五计算，期限只是暂定。请导入该年的日历。",
         application_runs_into_unknown_year},
        {"D08",
         calendar,
         clock,
         warn,
         {},
         "日历中没有{}年的放假安排，工作日暂按周一至周五计算，期限只是暂定。请导入该年的日历。",
         case_runs_into_unknown_year},
    };
}

} // namespace dengji::rules
