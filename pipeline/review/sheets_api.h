#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

// One sheet: looking at it, settling its fields, deciding on it.
HttpResponse open_sheet(Desk& desk, const Call& call);
HttpResponse close_sheet(Desk& desk, const Call& call);
HttpResponse confirm_fields(Desk& desk, const Call& call);
HttpResponse undo_confirm(Desk& desk, const Call& call);
HttpResponse postpone_sheet(Desk& desk, const Call& call);
HttpResponse take_step(Desk& desk, const Call& call);
HttpResponse sheet_image(Desk& desk, const Call& call);
HttpResponse field_crop(Desk& desk, const Call& call);
HttpResponse paper_image(Desk& desk, const Call& call);

} // namespace dengji::review
