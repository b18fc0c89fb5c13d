#pragma once
#include "pipeline/layout/sheet.h"

namespace dengji::layout {

/// Finds the printed outline of every option of every option cell, measures the ink that was added, and decides its state.
/// Needs sheet.cells and sheet.table; fills sheet.boxes (one for each option of the definition, also when it was not found: doubtful)
/// and sheet.em (pitch of the printed characters, from the words beside the boxes).
void find_boxes(Sheet& sheet);

} // namespace dengji::layout
