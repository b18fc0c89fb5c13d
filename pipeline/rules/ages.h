#pragma once
#include "pipeline/base/dates.h"
#include "templates/rule_settings.h"

namespace dengji::rules {

/// Full years on `on`; the birthday counts. Those born on 29 February have theirs on 1 March in other years.
int age_on(Date born, Date on);

/// The month in which a person born in `birth` reaches the statutory retirement age.
Month retirement_month(const templates::RetirementTrack& track, Month birth);
/// By how many months it lies behind the base age.
int retirement_delay(const templates::RetirementTrack& track, Month birth);

/// From when on, at the person's own wish, and until when, by agreement with the employer.
Month earliest_retirement(const templates::RetirementTrack& track, Month birth, int months_earlier);
Month latest_retirement(const templates::RetirementTrack& track, Month birth, int months_later);

} // namespace dengji::rules
