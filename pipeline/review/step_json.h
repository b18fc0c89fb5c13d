#pragma once
#include "pipeline/ledger/life_steps.h"
#include "pipeline/review/desk.h"

namespace dengji::review {

/// A word that a particular of a step may be, and what it says to clerks.
struct Choice {
    std::string value, label;
    std::string note = {}; ///< what it rests on, for whoever chooses
};

/// The closed list that a particular is chosen from; nullopt when it is free text, a day, an amount or yes and no.
/// `ticked`: the categories that the sheet ticks.
std::optional<std::vector<Choice>> choices_of(const Desk& desk, const ledger::Step& step,
                                              const ledger::Particular& particular,
                                              const std::vector<std::string>& ticked);

/// What can be done with a sheet by somebody of that role, with the lists to choose from.
Json steps_json(const Desk& desk, const ledger::ReviewSheet& sheet, ledger::Role role);
/// The least role that may take a step.
ledger::Role role_for(const std::string& step);

/// What happened to a registration, in the words that it was chosen by.
Json events_json(const Desk& desk, const ledger::Overview& overview);
/// The number of the certificate that was issued to it last; "" when there is none.
std::string certificate_number(const ledger::Overview& overview);

} // namespace dengji::review
