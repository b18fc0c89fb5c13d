#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// All crops of one kind on one screen.
HttpResponse list_groups(Desk& desk, const Call& call);
HttpResponse list_group_items(Desk& desk, const Call& call);
HttpResponse settle_group(Desk& desk, const Call& call);

} // namespace dengji::review
