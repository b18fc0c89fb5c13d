#pragma once
#include "pipeline/rules/facts.h"

namespace dengji::rules {

/// Whether a contact was tried in the month of `on`, on that day or before.
bool contacted_in_month(const FollowUpFacts& life, Date on);

/// Refusals without good reason at the end of the list with no acceptance, and no refusal with good reason, between.
/// A refusal whose reason is not known stops the count; see refusal_reason_unknown().
int refusals_in_a_row(const FollowUpFacts& life);

/// A refusal whose reason nobody has judged, among those since the last acceptance.
bool refusal_reason_unknown(const FollowUpFacts& life);

/// Whether the person was reached on none of the days of the last `months` months before `on`, although it was tried in
/// each of these months, and was registered all that time.
bool out_of_contact(const FollowUpFacts& life, Date on, int months);

/// A contact that lacks its date, its way, who made it, whether the person was reached, or what was found then.
bool is_incomplete(const Contact& contact);

} // namespace dengji::rules
