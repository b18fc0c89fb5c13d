#include "pipeline/ledger/office_facts.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/stored_values.h"
#include "pipeline/rules/check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

constexpr auto of_office = "office";

std::string action_of(const OfficeStep& step) {
    return "office-" + std::string(step.name);
}

const OfficeStep& step_of(const Act& act) {
    std::string names;
    for (const auto& step : office_steps()) {
        if (step.name == act.step) return step;
        names += (names.empty() ? "" : ", ") + std::string(step.name);
    }
    throw Error(ErrorKind::usage, "there is no step '" + act.step + "' of the office", "There are: " + names + ".");
}

/// "yes" or "no".
std::string answer_in(const Act& act, const OfficeStep& step) {
    const std::string key(step.key);
    const auto given = act.particulars.find(key);
    if (act.particulars.size() != 1 || given == act.particulars.end() ||
        (given->second != "yes" && given->second != "no"))
        throw Error(ErrorKind::usage, "'" + std::string(step.name) + "' needs " + key + "=yes or " + key + "=no",
                    "Say the one that holds.");
    return given->second;
}

std::optional<bool> said(Database& database, const OfficeStep& step, Date on) {
    const auto outcome = database.text("outcome",
                                       "from events where action = :action and subject_kind = 'office' and "
                                       "effective_on <= :on order by effective_on desc, id desc limit 1",
                                       {action_of(step), format(on)});
    return outcome ? std::optional(*outcome == "yes") : std::nullopt;
}

} // namespace

const std::vector<OfficeStep>& office_steps() {
    static const std::vector<OfficeStep> steps = {
        {"agencies", "服务机构、线上途径和登记流程的公开", "published", "已向社会公开"},
        {"form", "登记表上的承诺文字", "promise", "写明承担责任并纳入人社信用记录"}};
    return steps;
}

long long add_office_event(Database& database, const Act& act, const Entry& entry) {
    const auto& step = step_of(act);
    const auto answer = answer_in(act, step);
    if (!act.answers.empty())
        throw Error(ErrorKind::usage, "no rule asks anything about a step of the office", "Leave --answer out.");
    if (trimmed(act.by).empty())
        throw Error(ErrorKind::usage, "it is not said who says this of the office", "Give the name with --by.");
    if (act.on > entry.day) throw Error(ErrorKind::usage, "the day lies ahead", "Record it when it has happened.");
    const nlohmann::ordered_json details = {{"particulars", act.particulars}};
    database.execute("insert into events (at, actor, action, subject_kind, subject, details, effective_on, entered_on, "
                     "way, paper, outcome) values (:at, :actor, :action, 'office', :subject, :details, :on, :entered, "
                     ":way, :paper, :outcome)",
                     {entry.at, storable(act.by), action_of(step), std::string(of_office), details.dump(),
                      format(act.on), format(entry.day), storable(act.way), storable(act.paper), answer});
    return database.last_key();
}

rules::OfficeFacts office_facts(Database& database, Date on) {
    const auto& steps = office_steps();
    return {said(database, steps[0], on), said(database, steps[1], on)};
}

std::vector<DueItem> due_of_office(const rules::OfficeFacts& office, const rules::RuleBook& book, Date on) {
    const rules::Application nobody;
    rules::RegisterFacts facts;
    facts.office = office;
    std::vector<DueItem> items;
    const auto of_the_office = [](const rules::Rule& rule) { return rule.subject == rules::Subject::office; };
    for (const auto& finding : rules::check(rules::Case(nobody, facts, book, on), of_the_office)) {
        DueItem item;
        item.urgency = finding.action == rules::Action::hold ? Urgency::ask : Urgency::due;
        item.rule = finding.rule;
        item.clause = finding.clause;
        item.message = finding.message;
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace dengji::ledger
