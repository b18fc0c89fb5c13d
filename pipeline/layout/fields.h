#pragma once
#include "pipeline/layout/sheet.h"

#include <vector>

namespace dengji::layout {

/// Finds where every text field stands: whole cells, the blanks before printed words, the underline after the last
/// option, signature and date of the declaration. Needs sheet.cells, boxes, em and table; fills sheet.fields with key,
/// area, certainty and reasons. Throws Error(data) when no Chinese font is installed to compare the printed words with.
void find_fields(Sheet& sheet);

/// The same with some of the installed fonts only (0 .. font_count() - 1): how well printings in unknown fonts are
/// read.
void find_fields(Sheet& sheet, const std::vector<int>& fonts);

/// Decides for every field whether something is written in it (presence, ink_ems, under_seal). Needs sheet.fields.
void judge_presence(Sheet& sheet);

} // namespace dengji::layout
