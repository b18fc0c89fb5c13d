#pragma once
#include "pipeline/layout/alignment.h"
#include "pipeline/layout/sheet.h"

namespace dengji::layout {

/// Cuts every aligned row into exactly the cells that the definition has, looking for its lines with lowered thresholds
/// where needed. Fills sheet.cells (doubtful where a line had to be guessed or the row did not fit) and adds reasons
/// for rows that are missing. `alignment` is that of sheet.table, its bands counted from the top;
/// `sums` are those of sheet.table.ink.
void cut_cells(Sheet& sheet, const InkSums& sums, const templates::FormPage& page, const Alignment& alignment);

} // namespace dengji::layout
