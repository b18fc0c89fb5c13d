#pragma once
#include "pipeline/ledger/life.h"

#include <nlohmann/json_fwd.hpp>

namespace dengji::ledger {

/// What an act leaves in its event besides the columns: {"particulars": {…}, "answers": {…}}; empty parts are left out.
nlohmann::ordered_json details_of(const Act& act);

/// What is known of an application besides its fields and its channel, for the event of its receipt.
nlohmann::ordered_json details_of(const rules::Application& application);

/// Takes over what the details of an event say of the application, and which questions a person has answered.
/// Throws Error(data) for details that details_of() can't have made.
void take_details(Life& life, const LifeEvent& event);

/// The id that a text names; -1 for none.
long long event_named(const std::string& text);

} // namespace dengji::ledger
