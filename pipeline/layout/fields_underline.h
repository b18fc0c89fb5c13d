#pragma once
#include "pipeline/layout/sub_blanks.h"

namespace dengji::layout {

/// Fields of the underlines behind the last option of a cell ("其他：____（请填写）"). Needs sheet.boxes.
std::vector<PlacedField> find_underlines(const Sheet& sheet, const PagePrint& print);

} // namespace dengji::layout
