#pragma once
#include "pipeline/layout/sheet.h"

#include <vector>

namespace dengji::layout {

/// Lays one page out: ruling lines, table, form and orientation, cells, boxes, fields, and whether something is written
/// in them. Never throws for what is on the page: a page that is not a form comes back as blank or other, with the
/// reason. `forms` must outlive the sheet.
Sheet lay_out(const intake::Page& page, const std::vector<templates::Form>& forms);

} // namespace dengji::layout
