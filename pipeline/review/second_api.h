#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// Blind second entries, third looks, and how well the program reads.
HttpResponse list_second(Desk& desk, const Call& call);
HttpResponse enter_second(Desk& desk, const Call& call);
HttpResponse list_third(Desk& desk, const Call& call);
HttpResponse enter_third(Desk& desk, const Call& call);
HttpResponse tell_quality(Desk& desk, const Call& call);

} // namespace dengji::review
