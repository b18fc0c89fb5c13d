#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// What is due, people, the statistics of a month.
HttpResponse list_due(Desk& desk, const Call& call);
HttpResponse find_people(Desk& desk, const Call& call);
HttpResponse list_towns(Desk& desk, const Call& call);
HttpResponse write_report(Desk& desk, const Call& call);
HttpResponse tell_number(Desk& desk, const Call& call);

} // namespace dengji::review
