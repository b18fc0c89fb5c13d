#pragma once
#include "pipeline/ledger/life.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/ledger/persons.h"
#include "pipeline/ledger/records.h"
#include "pipeline/rules/facts.h"

namespace dengji::ledger {

// What the rules look at, made from the events and from nothing else, so that the same rules say what is due and what
// blocks a step.

/// The current values of a registration, in the order of the form.
std::vector<FieldValue> values_of(Database& database, const std::string& registration);

/// Keys of the values that a person has to look at first.
std::vector<std::string> keys_for_review(const std::vector<FieldValue>& values);

/// The application as it stands: its fields, and what the events say of it.
rules::Application application_of(const std::vector<FieldValue>& values, const Life& life);

/// What the register knows of the person and of other applications.
rules::PersonFacts person_facts(const Life& life, const std::vector<Relative>& others);
rules::DuplicateFacts duplicate_facts(const std::vector<Relative>& others, const std::vector<Relative>& look_alikes);

/// How far the handling is, up to the decision and telling of it.
rules::ClockFacts clock_facts(const Life& life);

rules::HandlingFacts handling_facts(const Life& life, const std::string& handler, const std::string& office);

/// A cancellation for this reason; `paper` is what it rests on.
rules::CancellationFacts cancellation_facts(const Life& life, const Act& act, const templates::RuleSettings& settings);

} // namespace dengji::ledger
