#include "pipeline/ledger/due.h"

#include "pipeline/ledger/life_facts.h"
#include "pipeline/rules/check.h"
#include "pipeline/rules/deadlines.h"
#include "pipeline/rules/rule_table.h"

#include <set>

namespace dengji::ledger {
namespace {

using rules::Action;
using rules::Rule;

/// The rules that set duties, of those whose subject is given here.
bool sets_a_duty(const Rule& rule) {
    static const std::set<std::string> duties = {"D01", "D02", "D04", "D05", "D06", "E01", "E02", "E03",
                                                 "E04", "E05", "E06", "E07", "F01", "F03", "F04", "G10"};
    return rule.subject != rules::Subject::application &&
           (rule.action == Action::remind || rule.action == Action::hold) && duties.contains(rule.id);
}

const std::string& clause_of(const char* id) {
    for (const Rule& rule : rules::rule_table())
        if (rule.id == id) return rule.clause;
    static const std::string none;
    return none;
}

/// The rule that speaks of a reason for cancelling.
const char* rule_of(const std::string& reason) {
    static const std::map<std::string, const char*> rules = {
        {"C1", "G01"},  {"C2a", "G02"}, {"C2b", "G03"}, {"C2c", "G04"}, {"C3a", "G05"}, {"C3b", "G05"},
        {"C3c", "G06"}, {"C3d", "G07"}, {"C3e", "G08"}, {"C3f", "G09"}, {"C3g", "F03"}, {"C3h", "F04"}};
    const auto found = rules.find(reason);
    return found == rules.end() ? "" : found->second;
}

/// The reason for cancelling that a rule proposes; "" when it proposes none.
std::string reason_proposed_by(const std::string& rule) {
    if (rule == "F03") return "C3g";
    return rule == "F04" ? "C3h" : "";
}

/// A cancellation is asked after with the reason it was made for; what it rests on was asked when it was made.
rules::CancellationFacts made_cancellation(const Life& life) {
    rules::CancellationFacts facts;
    facts.reason = life.cancel_reason;
    facts.decided_on = life.cancelled_on;
    facts.notified_on = life.notified_on;
    return facts;
}

rules::RegisterFacts facts_of(const Life& life) {
    rules::RegisterFacts facts;
    if (life.state != State::cancelled) facts.clock = clock_facts(life);
    if (is_open(life.state)) {
        facts.follow_up = life.follow_up;
        facts.handling = handling_facts(life, "", "");
    }
    if (life.state == State::cancelled) facts.cancellation = made_cancellation(life);
    return facts;
}

class Duties {
public:
    Duties(const Life& life, const rules::RuleBook& book, Date on) : life_(life), book_(book), on_(on) {}

    DueItem item(const rules::Finding& finding) const {
        DueItem item;
        item.rule = finding.rule;
        item.clause = finding.clause;
        item.message = finding.message;
        item.day = day_of(finding);
        if (finding.action == Action::remind) item.reason = reason_proposed_by(finding.rule);
        item.urgency = urgency_of(finding, item);
        return item;
    }

    /// What the first contact will ask is not asked before that is late.
    bool waits_for_first_contact(const rules::Finding& finding) const {
        static const std::set<std::string> asked_then = {"E03", "E04", "E05", "E06"};
        if (finding.action != Action::hold || !asked_then.contains(finding.rule)) return false;
        const auto& days = book_.settings.deadlines.first_contact_days;
        return life_.follow_up.first_contact == false && on_ <= rules::days_later(*life_.registered_on, days.value);
    }

    /// What no rule speaks of before it is late.
    std::vector<DueItem> ahead() const {
        std::vector<DueItem> items;
        const auto& deadlines = book_.settings.deadlines;
        if (is_open(life_.state) && life_.certificate && !life_.certificate->issued_on) {
            const auto deadline = rules::certificate_deadline(deadlines, book_.calendar, life_.certificate->applied_on);
            items.push_back(
                own("K20", deadline.due.day,
                    "就业创业证已经申请，还没有发放。请于" + rules::day_in_words(deadline.due) + "前发放。"));
        }
        if (is_open(life_.state) && life_.follow_up.first_contact == false) {
            const Date day = rules::days_later(*life_.registered_on, deadlines.first_contact_days.value);
            if (on_ <= day)
                items.push_back(own("E01", day, "登记后还没有做首次联系。请了解情况和意愿，介绍后续服务和注销条件。"));
        }
        if (life_.state == State::cancelled && !life_.notified_on && to_be_told()) {
            const Date day = rules::days_later(*life_.cancelled_on, deadlines.cancellation_notice_days.value);
            if (on_ <= day) items.push_back(own("G10", day, "登记已注销，还没有告知本人。请以适当方式告知，并记录。"));
        }
        return items;
    }

    std::vector<DueItem> decisions() const {
        std::vector<DueItem> items;
        if (life_.proposal && is_open(life_.state)) {
            const auto* reason = book_.settings.cancellation(life_.proposal->reason);
            DueItem item = own(rule_of(life_.proposal->reason), std::nullopt,
                               "已建议注销，等待决定：请核对依据后注销（cancel）或者驳回（cancel-drop）。");
            if (reason != nullptr) item.clause = reason->clause;
            item.reason = life_.proposal->reason;
            item.urgency = Urgency::propose;
            items.push_back(std::move(item));
        }
        if (life_.credit && !life_.credit->approved) {
            DueItem item = own("F05", std::nullopt, "已建议纳入人社信用记录，等待建议人以外的人批准或者不批准。");
            item.urgency = Urgency::propose;
            items.push_back(std::move(item));
        }
        return items;
    }

private:
    bool to_be_told() const {
        const auto* reason = book_.settings.cancellation(life_.cancel_reason);
        return reason != nullptr && reason->notice;
    }

    DueItem own(const char* rule, std::optional<Date> day, const std::string& message) const {
        DueItem item;
        item.rule = rule;
        item.clause = clause_of(rule);
        item.day = day;
        item.message = message;
        item.urgency = day && on_ > *day ? Urgency::overdue : Urgency::due;
        return item;
    }

    bool missed_last_month(const rules::Finding& finding) const {
        return finding.message.find("逾期") != std::string::npos;
    }

    std::optional<Date> day_of(const rules::Finding& finding) const {
        const auto& deadlines = book_.settings.deadlines;
        const auto& rule = finding.rule;
        if (finding.action == Action::hold) return std::nullopt;
        if (rule == "D01" || rule == "D02" || rule == "D04")
            return rules::review_deadline(deadlines, book_.calendar, life_.channel, clock_facts(life_)).due.day;
        if (rule == "D06" && life_.survey)
            return rules::survey_deadline(deadlines, book_.calendar, *life_.survey).due.day;
        if (rule == "E01") return rules::days_later(*life_.registered_on, deadlines.first_contact_days.value);
        if (rule == "E07") return life_.registered_on;
        if (rule == "G10") return rules::days_later(*life_.cancelled_on, deadlines.cancellation_notice_days.value);
        if (rule == "F01") {
            const Date first = Date(on_.year() / on_.month() / 1);
            return missed_last_month(finding) ? rules::days_later(first, -1)
                                              : Date(on_.year() / on_.month() / std::chrono::last);
        }
        return std::nullopt;
    }

    Urgency urgency_of(const rules::Finding& finding, const DueItem& item) const {
        if (finding.action == Action::hold) return Urgency::ask;
        if (!item.reason.empty()) return Urgency::propose;
        return item.day && on_ > *item.day ? Urgency::overdue : Urgency::due;
    }

    const Life& life_;
    const rules::RuleBook& book_;
    const Date on_;
};

void append(std::vector<DueItem>& items, std::vector<DueItem>&& more) {
    items.insert(items.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

} // namespace

std::string_view name_of(Urgency urgency) noexcept {
    switch (urgency) {
    case Urgency::overdue: return "overdue";
    case Urgency::due: return "due";
    case Urgency::propose: return "propose";
    case Urgency::ask: return "ask";
    }
    return "";
}

std::string_view label_of(Urgency urgency) noexcept {
    switch (urgency) {
    case Urgency::overdue: return "已超期";
    case Urgency::due: return "待办理";
    case Urgency::propose: return "待决定";
    case Urgency::ask: return "待问清";
    }
    return "";
}

std::vector<DueItem> due_of(const Life& life, bool claims_benefit, const rules::RuleBook& book, Date on) {
    rules::Application application;
    application.channel = life.channel;
    application.received_on = life.received_on;
    if (claims_benefit) application.fields["claims_benefit"].value = std::vector<std::string>{"是"};
    const auto facts = facts_of(life);
    const Duties duties(life, book, on);
    std::vector<DueItem> items;
    for (const auto& finding : rules::check(rules::Case(application, facts, book, on), sets_a_duty)) {
        if (duties.waits_for_first_contact(finding)) continue;
        DueItem item = duties.item(finding);
        const bool proposed = life.proposal && life.proposal->reason == item.reason; // is listed as that
        if (!proposed) items.push_back(std::move(item));
    }
    append(items, duties.ahead());
    append(items, duties.decisions());
    return items;
}

} // namespace dengji::ledger
