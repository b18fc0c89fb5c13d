#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/due.h"
#include "pipeline/ledger/life_event.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/rules/facts.h"

namespace dengji::ledger {

// What holds for the whole office, once for all people: an event too, of the office instead of a registration.

/// What can be said of the office.
struct OfficeStep {
    std::string_view name;      ///< "agencies"
    std::string_view label;     ///< for clerks: "服务机构、线上途径和登记流程已公开"
    std::string_view key;       ///< of its one particular, yes or no: "published"
    std::string_view key_label; ///< for clerks
};

/// agencies: the lists of agencies, channels and the process are public (H01). form: the form carries the promise with
/// liability and credit record (F07).
const std::vector<OfficeStep>& office_steps();

/// Writes it down; returns the event's id. `act.registration` is not looked at. Throws Error(usage) for what is no such
/// step or particular, for a missing name and for a day that lies ahead. Part of the caller's transaction.
long long add_office_event(Database& database, const Act& act, const Entry& entry);

/// What was said up to a day.
rules::OfficeFacts office_facts(Database& database, Date on);

/// What the rules ask of the office itself.
std::vector<DueItem> due_of_office(const rules::OfficeFacts& facts, const rules::RuleBook& book, Date on);

} // namespace dengji::ledger
