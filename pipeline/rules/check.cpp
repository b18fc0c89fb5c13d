#include "pipeline/rules/check.h"

#include "pipeline/rules/rule_table.h"

#include <algorithm>
#include <set>

namespace dengji::rules {
namespace {

std::string filled_in(const std::string& message, const std::string& detail) {
    const auto place = message.find("{}");
    return place == std::string::npos ? message : std::string(message).replace(place, 2, detail);
}

/// Entries that the social insurance office cannot do without.
bool needed_without_form(const std::string& rule) {
    return rule == "A01" || rule == "A07";
}

void soften(Finding& finding, const Application& application) {
    if (finding.action != Action::reject) return;
    const bool doubtful = std::any_of(finding.fields.begin(), finding.fields.end(),
                                      [&](const std::string& key) { return application.doubtful(key); });
    if (doubtful) {
        finding.action = Action::hold;
        finding.message += "（该项由机器识读，尚未核对：请先对照原件核对，再作处理。）";
    } else if (application.channel == Channel::social_insurance && finding.rule.front() == 'A' &&
               !needed_without_form(finding.rule)) {
        finding.action = Action::remind;
    }
}

} // namespace

bool is_given(Subject subject, const RegisterFacts& facts) {
    switch (subject) {
    case Subject::application: return true;
    case Subject::person: return facts.person.has_value();
    case Subject::duplicates: return facts.duplicates.has_value();
    case Subject::clock: return facts.clock.has_value();
    case Subject::handling: return facts.handling.has_value();
    case Subject::follow_up: return facts.follow_up.has_value();
    case Subject::cancellation: return facts.cancellation.has_value();
    case Subject::certificate: return facts.certificate.has_value();
    case Subject::office: return facts.office.has_value();
    }
    return false;
}

Findings check(const Case& the_case) {
    return check(the_case, [](const Rule&) { return true; });
}

Findings check(const Case& the_case, const std::function<bool(const Rule&)>& asked) {
    Findings findings;
    for (const auto& rule : rule_table()) {
        if (!is_given(rule.subject, the_case.facts) || !asked(rule)) continue;
        const bool answered = rule.action == Action::hold && the_case.application.confirmed.count(rule.id) != 0;
        if (answered) continue;
        const Match match = rule.condition(the_case);
        if (!match.fires) continue;
        Finding finding{rule.id, rule.clause, rule.action, match.fields.empty() ? rule.fields : match.fields,
                        filled_in(rule.message, match.detail)};
        soften(finding, the_case.application);
        findings.push_back(std::move(finding));
    }
    return findings;
}

std::vector<std::string> rules_not_asked(const RegisterFacts& facts) {
    std::set<std::string> asked, all;
    for (const auto& rule : rule_table()) {
        all.insert(rule.id);
        if (is_given(rule.subject, facts)) asked.insert(rule.id);
    }
    std::vector<std::string> left;
    std::set_difference(all.begin(), all.end(), asked.begin(), asked.end(), std::back_inserter(left));
    return left;
}

} // namespace dengji::rules
