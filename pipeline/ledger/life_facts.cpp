#include "pipeline/ledger/life_facts.h"

#include "pipeline/ledger/stored_values.h"
#include "pipeline/rules/contact_history.h"

#include <charconv>

namespace dengji::ledger {
namespace {

bool counts(const Relative& other) {
    const auto state = state_named(other.state);
    return state && (is_pending(*state) || is_open(*state));
}

bool is_in(const Relative& other, bool (*belongs)(State)) {
    const auto state = state_named(other.state);
    return state && belongs(*state);
}

std::optional<double> amount(const Act& act, const char* key) {
    const auto found = act.particulars.find(key);
    if (found == act.particulars.end()) return std::nullopt;
    double yuan = 0;
    const auto& text = found->second;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), yuan);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(yuan) : std::nullopt;
}

/// For what the register itself can show, its records are the evidence.
bool has_evidence(const Life& life, const std::string& reason, const Act& act,
                  const templates::RuleSettings& settings) {
    if (reason == "C3g") return rules::refusals_in_a_row(life.follow_up) >= settings.deadlines.refusals_in_a_row.value;
    if (reason == "C3h")
        return rules::out_of_contact(life.follow_up, act.on, settings.deadlines.months_without_contact.value);
    return !act.paper.empty();
}

} // namespace

std::vector<FieldValue> values_of(Database& database, const std::string& registration) {
    Cursor row =
        database.select({"key", "type", "value", "review", "origin"},
                        "from registration_values where registration_id = :id order by position", {registration});
    std::vector<FieldValue> values;
    while (row.next()) values.push_back({row.text(0), value_of(row.text(1), row.text(2)), row.truth(3), row.text(4)});
    return values;
}

std::vector<std::string> keys_for_review(const std::vector<FieldValue>& values) {
    std::vector<std::string> keys;
    for (const auto& value : values)
        if (value.review) keys.push_back(value.key);
    return keys;
}

rules::Application application_of(const std::vector<FieldValue>& values, const Life& life) {
    rules::Application application = life.said;
    application.channel = life.channel;
    application.received_on = life.received_on;
    for (const auto& value : values)
        application.fields[value.key] = {value.value, value.origin == "reading", value.review};
    return application;
}

rules::PersonFacts person_facts(const Life& life, const std::vector<Relative>& others) {
    rules::PersonFacts facts;
    facts.signs_of_employment = life.signs_of_employment;
    facts.has_open_registration = facts.has_cancelled_registration = false;
    for (const auto& other : others) {
        if (is_in(other, [](State state) { return is_open(state); })) facts.has_open_registration = true;
        if (is_in(other, [](State state) { return state == State::cancelled; }))
            facts.has_cancelled_registration = true;
    }
    facts.false_information = life.credit && life.credit->approved.value_or(false);
    facts.written_categories = facts.verified_categories = life.verified_categories;
    return facts;
}

rules::DuplicateFacts duplicate_facts(const std::vector<Relative>& others, const std::vector<Relative>& look_alikes) {
    rules::DuplicateFacts facts{false, false, {}};
    for (const auto& other : others) {
        if (!counts(other)) continue;
        facts.same_number = true;
        if (facts.where.empty()) facts.where = other.registration;
    }
    for (const auto& other : look_alikes) {
        facts.look_alike = true;
        if (facts.where.empty()) facts.where = other.registration;
    }
    return facts;
}

rules::ClockFacts clock_facts(const Life& life) {
    return {life.received_on, life.decided_on, life.decided_by_system, life.survey, life.feedback};
}

rules::HandlingFacts handling_facts(const Life& life, const std::string& handler, const std::string& office) {
    rules::HandlingFacts facts;
    facts.handler = handler;
    facts.office = office;
    facts.fee = 0;
    facts.handed_to_insurance = life.handed_over_on.has_value();
    return facts;
}

rules::CancellationFacts cancellation_facts(const Life& life, const Act& act, const templates::RuleSettings& settings) {
    rules::CancellationFacts facts;
    if (const auto reason = act.particulars.find("reason"); reason != act.particulars.end())
        facts.reason = reason->second;
    facts.evidence = has_evidence(life, facts.reason, act, settings);
    facts.monthly_income = amount(act, "income");
    facts.minimum_standard = amount(act, "standard");
    return facts;
}

} // namespace dengji::ledger
