#pragma once
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/reviews.h"

namespace dengji::ledger {

/// Conditions on table lives, as l.
inline constexpr auto waits_for_decision = "l.state in ('received', 'checked', 'in-survey')";
inline constexpr auto has_doubts =
    "(exists (select 1 from registration_values v where v.registration_id = l.registration_id and v.review = 1) or "
    "exists (select 1 from samples s where s.registration_id = l.registration_id and s.settled_at is null))";
/// How many fields of it are to be looked at.
inline constexpr auto doubts =
    "((select count(*) from registration_values v where v.registration_id = l.registration_id and v.review = 1) + "
    "(select count(*) from samples s where s.registration_id = l.registration_id and s.settled_at is null))";
/// Id of the last event of a registration that changed something.
inline constexpr auto last_event =
    "(select max(e.id) from events e where e.subject = l.registration_id and e.subject_kind = 'registration' and "
    "e.action <> 'disclosure')";

} // namespace dengji::ledger
