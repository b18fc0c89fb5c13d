#include "pipeline/ledger/life_gates.h"

#include "pipeline/ledger/certificate_numbers.h"
#include "pipeline/rules/check.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using rules::Action;
using rules::Rule;

bool stops(const Rule& rule) {
    return rule.action == Action::reject || rule.action == Action::hold;
}

/// A missing photo holds the certificate alone (填表说明5).
bool asked_when_registering(const Rule& rule) {
    return stops(rule) && rule.id != "C15";
}

/// The application with what this act says and answers.
rules::Application application_with(Situation& situation, const Act& act) {
    rules::Application application = situation.application();
    for (const auto& [rule, answer] : act.answers) application.confirmed.insert(rule);
    return application;
}

rules::RegisterFacts facts_of_application(Situation& situation, const Act& act) {
    rules::RegisterFacts facts;
    facts.person = person_facts(situation.life(), situation.others());
    facts.duplicates = duplicate_facts(situation.others(), situation.look_alikes());
    facts.handling = handling_facts(situation.life(), act.by, situation.office_name());
    return facts;
}

rules::Findings asked(Situation& situation, const Act& act, const rules::RegisterFacts& facts,
                      const std::function<bool(const Rule&)>& which) {
    const auto application = application_with(situation, act);
    return rules::check(rules::Case(application, facts, situation.book(), act.on), which);
}

rules::Findings against_hardship(Situation& situation, const Act& act) {
    rules::RegisterFacts facts;
    rules::FollowUpFacts life = situation.life().follow_up;
    const auto outcome = outcome_of(act);
    life.hardship = has_word(outcome, "recognised");
    life.responsible = has_word(outcome, "responsible") ? act.particulars.at("responsible") : "";
    facts.follow_up = life;
    return asked(situation, act, facts, [](const Rule& rule) { return rule.id == "E05" && stops(rule); });
}

bool number_taken(Situation& situation, const std::string& number) {
    return is_number_taken(situation.database(), number);
}

bool photo_kept(Situation& situation) {
    return situation.database()
        .number("1",
                "from certificate_photos c join lives l on l.registration_id = c.registration_id where l.person_id = "
                ":person limit 1",
                {situation.row().person.value_or(0)})
        .has_value();
}

/// The number of the certificate that the person holds by this register.
std::optional<std::string> certificate_held(Situation& situation) {
    return number_held_by(situation.database(), situation.row().person.value_or(0));
}

rules::Findings against_issuing(Situation& situation, const Act& act) {
    const auto& request = situation.life().certificate;
    const auto replacement = act.particulars.find("replacement");
    rules::CertificateFacts certificate;
    certificate.number = act.particulars.at("number");
    certificate.number_taken = number_taken(situation, certificate.number);
    certificate.earlier_number = certificate_held(situation);
    certificate.has_valid_one = certificate.earlier_number.has_value();
    certificate.replacement = (request && !request->issued_on && request->replacement) ||
                              (replacement != act.particulars.end() && replacement->second == "yes");
    certificate.applied_on = request && !request->issued_on ? request->applied_on : act.on;
    certificate.issued_on = act.on;
    rules::RegisterFacts facts;
    facts.certificate = certificate;
    rules::Application application = application_with(situation, act);
    application.wants_certificate = true;
    if (photo_kept(situation)) application.photo = true;
    return rules::check(rules::Case(application, facts, situation.book(), act.on), [](const Rule& rule) {
        return stops(rule) && (rule.subject == rules::Subject::certificate || rule.id == "C15");
    });
}

rules::Findings against_cancelling(Situation& situation, const Act& act) {
    rules::RegisterFacts facts;
    facts.cancellation = cancellation_facts(situation.life(), act, situation.book().settings);
    return asked(situation, act, facts,
                 [](const Rule& rule) { return stops(rule) && rule.subject == rules::Subject::cancellation; });
}

} // namespace

rules::Findings findings_against(Situation& situation, const Step& step, const Act& act) {
    switch (step.gate) {
    case Gate::none: return {};
    case Gate::registering: return asked(situation, act, facts_of_application(situation, act), asked_when_registering);
    case Gate::hardship: return against_hardship(situation, act);
    case Gate::issuing: return against_issuing(situation, act);
    case Gate::cancelling: return against_cancelling(situation, act);
    }
    return {};
}

rules::Findings findings_of(Situation& situation, const Act& act) {
    return asked(situation, act, facts_of_application(situation, act), [](const Rule&) { return true; });
}

} // namespace dengji::ledger
