#pragma once
#include "pipeline/layout/printed_words_line.h"
#include "pipeline/layout/sheet.h"

#include <vector>

namespace dengji::layout {

/// Fields of the cells whose blanks are closed by printed words. Cells with the same words under each other vote
/// together: what is printed stands in all of them at the same place, what was written does not. Learns the page's
/// font.
std::vector<PlacedField> find_sub_blanks(const Sheet& sheet, PagePrint& print);

} // namespace dengji::layout
