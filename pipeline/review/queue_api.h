#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// What waits to be looked at, and the form that it is on.
/// Takes in and draws samples from what came since; goes through the groups once.
void prepare_queue(Desk& desk);

HttpResponse tell_form(Desk& desk, const Call& call);
HttpResponse list_queue(Desk& desk, const Call& call);
HttpResponse tell_next(Desk& desk, const Call& call);

} // namespace dengji::review
