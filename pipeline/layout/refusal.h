#pragma once
#include "pipeline/base/reason.h"
#include "pipeline/layout/alignment.h"
#include "pipeline/layout/sheet.h"
#include "pipeline/layout/working_image.h"

#include <functional>

namespace dengji::layout {

/// Says why a page is not taken as a form: no table, two forms on one page, a form that is cut off, or another table.
/// `nearest` and `form`: the best alignment that was found, if any. `fits` tells whether a part of the page holds a
/// form of its own.
Reasons why_no_form(const WorkingImage& work, const Alignment* nearest, const templates::Form* form, int form_page,
                    const std::function<bool(const WorkingImage&)>& fits);

/// A form of which more than two rows could not be found or cut: a half sheet, a fold.
bool is_incomplete(const Sheet& sheet, const templates::FormPage& page);
Reason incomplete_form();

/// The page holds no table at all.
Reason no_table();

} // namespace dengji::layout
