#pragma once
#include "pipeline/layout/box_ink.h"
#include "pipeline/layout/sheet.h"

#include <vector>

namespace dengji::layout {

/// What was measured on one box, before anything is decided.
struct MeasuredBox {
    int index = 0;        ///< in sheet.boxes
    bool found = false;   ///< the outline; nothing else is set when it was not
    bool certain = false; ///< the outline can hardly be a glyph
    AddedInk added;
    double strike = 0; ///< cover of a line from the box through its word
    double tick = 0;   ///< width of the strokes that leave the line above the box or the begin of its word, in ems
    double ring = 0;   ///< share of the option's width with strokes above and below its line
    double before = 0; ///< larger extent of a stroke of its own left of the box, in box widths
    double word = 0;   ///< length of the word, in box widths
};

/// Places every option of every option cell on its printed outline and measures the added ink. Fills sheet.boxes
/// (group, option, rect, outline) and sheet.em; answers one measurement for each of them, in the same order.
std::vector<MeasuredBox> measure_boxes(Sheet& sheet);

} // namespace dengji::layout
