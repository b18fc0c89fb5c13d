// Section F: regular contact and honest information, 渝人社办〔2020〕79号 五 and 津就发〔2020〕2号 三.
#include "pipeline/rules/contact_history.h"
#include "pipeline/rules/rule_table.h"
#include "pipeline/rules/working_days.h"

#include <algorithm>

namespace dengji::rules {
namespace {

const FollowUpFacts& life(const Case& c) {
    return *c.facts.follow_up;
}

bool not_contacted_this_month(const Case& c) {
    const auto day = static_cast<unsigned>(c.on.day());
    return c.on > life(c).registered_on && !contacted_in_month(life(c), c.on) &&
           day >= static_cast<unsigned>(c.book.settings.deadlines.follow_up_reminder_day.value);
}

Date last_day_of_previous_month(Date on) {
    return days_later(Date(on.year() / on.month() / 1), -1);
}

/// The month before passed without a contact, and the person was registered before it began.
Match missed_last_month(const Case& c) {
    const Date end = last_day_of_previous_month(c.on);
    const Date begin = Date(end.year() / end.month() / 1);
    if (life(c).registered_on > begin || contacted_in_month(life(c), end)) return false;
    return Match::with(format(end.year() / end.month()));
}

bool has_incomplete_contact(const Case& c) {
    return std::any_of(life(c).contacts.begin(), life(c).contacts.end(), is_incomplete);
}

bool has_change_by_the_person(const Case& c, bool kept) {
    return std::any_of(life(c).changes.begin(), life(c).changes.end(),
                       [&](const Change& change) { return change.by_the_person && change.old_value_kept == kept; });
}

} // namespace

std::vector<Rule> follow_up_rules() {
    using enum Action;
    const auto open = Subject::follow_up;
    const char* const monthly = "渝人社办〔2020〕79号 五；津就发〔2020〕2号 三";
    const char* const third = "渝人社办〔2020〕79号 五（三）";
    return {
        {"F01",
         monthly,
         open,
         remind,
         {},
         "本月还没有做跟踪调查。请在月底前联系一次（信息比对、走访或者电话），并记录结果。",
         [](const Case& c) -> Match { return not_contacted_this_month(c); }},
        {"F01", monthly, open, remind, {}, "{}没有做跟踪调查，已经逾期。请尽快联系，并记录结果。", missed_last_month},
        {"F02",
         "渝人社办〔2020〕79号 五",
         open,
         hold,
         {},
         "有联系记录不完整。请补齐日期、方式、是否联系上、了解到的情况和经办人。",
         [](const Case& c) -> Match { return has_incomplete_contact(c); }},
        {"F03",
         third,
         open,
         remind,
         {},
         "无正当理由连续{}次拒绝接受公共就业服务。建议注销登记：请核对各次记录，由经办人决定，并告知本人。",
         [](const Case& c) -> Match {
             const int most = c.book.settings.deadlines.refusals_in_a_row.value;
             return refusals_in_a_row(life(c)) >= most ? Match::with(std::to_string(most)) : Match(false);
         }},
        {"F03",
         third,
         open,
         hold,
         {},
         "有拒绝服务的记录没有注明理由是否正当。请问：拒绝的理由正当吗？",
         [](const Case& c) -> Match { return refusal_reason_unknown(life(c)); }},
        {"F04",
         third,
         open,
         remind,
         {},
         "连续{}个月无法取得联系。建议注销登记：请核对各月联系记录，由经办人决定；不必告知。",
         [](const Case& c) -> Match {
             const int months = c.book.settings.deadlines.months_without_contact.value;
             return out_of_contact(life(c), c.on, months) ? Match::with(std::to_string(months)) : Match(false);
         }},
        {"F05",
         "渝人社办〔2020〕79号 五",
         Subject::person,
         hold,
         {},
         "已查实提供虚假信息骗取待遇或者政策。请提出纳入人社信用体系的建议，报批后执行。",
         [](const Case& c) -> Match { return c.facts.person->false_information.value_or(false); }},
        {"F06",
         "渝人社办〔2020〕79号 五",
         open,
         info,
         {},
         "本人申报了变更，登记信息已更新，原来的内容保留在变更记录中。",
         [](const Case& c) -> Match { return has_change_by_the_person(c, true); }},
        {"F06",
         "渝人社办〔2020〕79号 五",
         open,
         hold,
         {},
         "本人申报的变更没有保留原来的内容。请补录变更前的内容。",
         [](const Case& c) -> Match { return has_change_by_the_person(c, false); }},
        {"F07",
         "登记表 承诺",
         Subject::office,
         warn,
         {},
         "所用登记表上没有承诺责任和信用记录的文字。请换用带有完整承诺的登记表。",
         [](const Case& c) -> Match { return c.facts.office->promise_printed == false; }},
        {"F07",
         "登记表 承诺",
         Subject::office,
         hold,
         {},
         "不清楚所用登记表上有没有承诺文字。请核对：应写明承担责任并纳入人社信用记录。",
         [](const Case& c) -> Match { return !c.facts.office->promise_printed; }},
    };
}

} // namespace dengji::rules
