#pragma once
#include "pipeline/layout/frame.h"
#include "pipeline/layout/ink_sums.h"
#include "pipeline/layout/table.h"
#include "pipeline/layout/working_image.h"

namespace dengji::layout {

/// An unrolled table with the sums in which its lines are looked for.
struct Unrolled {
    Table table;
    InkSums sums;
};

/// Unrolls the table between the full-width lines: every one of them becomes a straight row. Corrects the frame's sides
/// by its own vertical lines, and paints over tilted streaks that run through the whole page. Needs at least two lines.
/// The maps lead to pixels of the page as delivered. `faint`: look for faint and broken lines too.
Unrolled unroll(const WorkingImage& work, std::vector<FullLine> lines, bool faint);

/// Turns an unrolled table by 180 degrees, with its sums.
void turn_upside_down(Unrolled& unrolled);

} // namespace dengji::layout
