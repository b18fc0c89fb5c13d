#pragma once
#include "pipeline/base/dates.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/rules/finding.h"
#include "pipeline/rules/rule_book.h"

#include <optional>
#include <string>
#include <vector>

namespace dengji::ledger {

enum class Urgency {
    overdue,
    due,     ///< to be done, by `day` if there is one
    propose, ///< somebody has to decide: a cancellation or a credit-record entry
    ask,     ///< something is not known that a rule needs
};

std::string_view name_of(Urgency urgency) noexcept;
std::string_view label_of(Urgency urgency) noexcept; ///< for clerks

/// Something to be done for a registration.
struct DueItem {
    std::string registration, name, number; ///< the number in full: mask it before it is shown
    std::string office;                     ///< code, "" for none
    Urgency urgency = Urgency::due;
    std::string rule, clause;
    std::optional<Date> day; ///< until when; nullopt: no day is set
    std::string message;     ///< plain Chinese
    std::string reason;      ///< of a proposed cancellation: code of templates/rules/cancellation.yaml
};

/// What the events of one registration make due at the end of a day. `claims_benefit`: whether 失业保险金 is claimed.
/// The parts that name the person are left empty.
std::vector<DueItem> due_of(const Life& life, bool claims_benefit, const rules::RuleBook& book, Date on);

} // namespace dengji::ledger
