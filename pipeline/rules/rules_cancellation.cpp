// Section G: cancelling, 渝人社办〔2020〕79号 五. Section H: offices, 六.
#include "pipeline/rules/rule_table.h"
#include "pipeline/rules/working_days.h"

namespace dengji::rules {
namespace {

const CancellationFacts& cancellation(const Case& c) {
    return *c.facts.cancellation;
}

const templates::CancellationReason* reason(const Case& c) {
    return c.book.settings.cancellation(cancellation(c).reason);
}

bool cancelled_for(const Case& c, std::string_view code) {
    return cancellation(c).reason == code;
}

bool evidence_missing(const Case& c) {
    return reason(c) != nullptr && !reason(c)->evidence.empty() && !cancellation(c).evidence.value_or(false);
}

Match without_evidence(const Case& c, std::string_view code) {
    return cancelled_for(c, code) && evidence_missing(c) ? Match::with(reason(c)->evidence) : Match(false);
}

/// A reason that the person is told of: what to do once its evidence is there.
bool to_be_cancelled(const Case& c, std::string_view code) {
    return cancelled_for(c, code) && !evidence_missing(c);
}

bool income_below_standard(const Case& c) {
    const auto& given = cancellation(c);
    return given.monthly_income && given.minimum_standard && *given.monthly_income < *given.minimum_standard;
}

bool income_unknown(const Case& c) {
    return !cancellation(c).monthly_income || !cancellation(c).minimum_standard;
}

bool notice_late(const Case& c) {
    const auto& given = cancellation(c);
    if (reason(c) == nullptr || !reason(c)->notice || !given.decided_on || given.notified_on) return false;
    return c.on > days_later(*given.decided_on, c.book.settings.deadlines.cancellation_notice_days.value);
}

const char* const needs_evidence = "要注销登记，但缺少依据：{}。请先取得依据。";

} // namespace

std::vector<Rule> cancellation_rules() {
    using enum Action;
    const auto cancelling = Subject::cancellation;
    const char* const age = "渝人社办〔2020〕79号 五（一）";
    const char* const employed = "渝人社办〔2020〕79号 五（二）";
    const char* const ended = "渝人社办〔2020〕79号 五（三）";
    const char* const fifth = "渝人社办〔2020〕79号 五";
    return {
        {"G01",
         age,
         cancelling,
         remind,
         {},
         "已依法享受基本养老保险待遇：请注销登记，并告知本人。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C1"); }},
        {"G01",
         age,
         cancelling,
         hold,
         {},
         needs_evidence,
         [](const Case& c) -> Match { return without_evidence(c, "C1"); }},
        {"G02",
         employed,
         cancelling,
         remind,
         {},
         "已被用人单位录用或者招聘：请注销登记，并告知本人。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C2a"); }},
        {"G02",
         employed,
         cancelling,
         hold,
         {},
         needs_evidence,
         [](const Case& c) -> Match { return without_evidence(c, "C2a"); }},
        {"G03",
         employed,
         cancelling,
         remind,
         {},
         "已从事个体经营、创办企业或者民办非企业：请注销登记，并告知本人。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C2b"); }},
        {"G03",
         employed,
         cancelling,
         hold,
         {},
         needs_evidence,
         [](const Case& c) -> Match { return without_evidence(c, "C2b"); }},
        {"G04",
         employed,
         cancelling,
         reject,
         {},
         "月收入低于当地最低生活保障标准，仍属失业，不得以有稳定收入为由注销。请驳回注销。",
         [](const Case& c) -> Match { return cancelled_for(c, "C2c") && income_below_standard(c); }},
        {"G04",
         employed,
         cancelling,
         hold,
         {},
         "以有稳定收入为由注销，要比较月收入和当地最低生活保障标准。请问：各是多少？",
         [](const Case& c) -> Match { return cancelled_for(c, "C2c") && income_unknown(c); }},
        {"G04",
         employed,
         cancelling,
         remind,
         {},
         "有稳定收入且月收入不低于当地最低生活保障标准：请注销登记，并告知本人。",
         [](const Case& c) -> Match {
             return to_be_cancelled(c, "C2c") && !income_unknown(c) && !income_below_standard(c);
         }},
        {"G05",
         ended,
         cancelling,
         remind,
         {},
         "已入学或者应征服兵役：请注销登记，并告知本人。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C3a") || to_be_cancelled(c, "C3b"); }},
        {"G05",
         ended,
         cancelling,
         hold,
         {},
         needs_evidence,
         [](const Case& c) -> Match { return without_evidence(c, cancelled_for(c, "C3b") ? "C3b" : "C3a"); }},
        {"G06",
         ended,
         cancelling,
         remind,
         {},
         "已移居境外：请注销登记；不必告知。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C3c"); }},
        {"G07",
         ended,
         cancelling,
         remind,
         {},
         "完全丧失劳动能力：请注销登记，并告知本人。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C3d"); }},
        {"G07",
         ended,
         cancelling,
         hold,
         {},
         needs_evidence,
         [](const Case& c) -> Match { return without_evidence(c, "C3d"); }},
        {"G08",
         ended,
         cancelling,
         remind,
         {},
         "被判刑收监执行：请注销登记；不必告知。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C3e"); }},
        {"G09",
         ended,
         cancelling,
         remind,
         {},
         "已死亡：请注销登记；不必告知，并停发一切提醒和信函。",
         [](const Case& c) -> Match { return to_be_cancelled(c, "C3f"); }},
        {"G10",
         fifth,
         cancelling,
         remind,
         {},
         "登记已注销，但还没有告知本人。请以适当方式告知，并记录。",
         [](const Case& c) -> Match { return notice_late(c); }},
        {"G11",
         fifth,
         Subject::person,
         info,
         {},
         "此人以前的登记已注销，可以再次登记：使用新的登记编号，历史记录保留。",
         [](const Case& c) -> Match { return c.facts.person->has_cancelled_registration.value_or(false); }},
        {"G11",
         fifth,
         Subject::person,
         hold,
         {},
         "尚未查询此人以前有没有登记过。请问：登记册中有没有已注销的记录？",
         [](const Case& c) -> Match { return !c.facts.person->has_cancelled_registration; }},
        {"G12",
         "津就发〔2020〕2号 三；渝人社办〔2020〕79号 五",
         cancelling,
         info,
         {},
         "区文件没有列出这一注销情形，按市里79号文第五条的完整清单办理。",
         [](const Case& c) -> Match {
             return reason(c) != nullptr && !reason(c)->named_by_district && !cancelled_for(c, "C9");
         }},
    };
}

std::vector<Rule> office_rules() {
    using enum Action;
    const char* const sixth = "渝人社办〔2020〕79号 六";
    return {
        {"H01",
         sixth,
         Subject::office,
         remind,
         {},
         "服务机构、线上途径和登记流程还没有向社会公开。请公开并打印机构清单。",
         [](const Case& c) -> Match { return c.facts.office->agencies_published == false; }},
        {"H01",
         sixth,
         Subject::office,
         hold,
         {},
         "不清楚服务机构、线上途径和登记流程是否已向社会公开。请核对。",
         [](const Case& c) -> Match { return !c.facts.office->agencies_published; }},
        {"H02",
         sixth,
         Subject::handling,
         hold,
         {},
         "没有记录经办机构或者经办人。请补记。",
         [](const Case& c) -> Match {
             return c.facts.handling->handler.value_or("").empty() || c.facts.handling->office.value_or("").empty();
         }},
    };
}

} // namespace dengji::rules
