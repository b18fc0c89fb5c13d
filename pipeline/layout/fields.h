#pragma once
#include "pipeline/layout/sheet.h"

namespace dengji::layout {

/// Finds where every text field stands: whole cells, the blanks before printed words, the underline after the last option,
/// signature and date of the declaration. Needs sheet.cells, boxes, em and table; fills sheet.fields with key, area, certainty.
void find_fields(Sheet& sheet);

/// Decides for every field whether something is written in it (presence, ink_ems, under_seal). Needs sheet.fields.
void judge_presence(Sheet& sheet);

} // namespace dengji::layout
