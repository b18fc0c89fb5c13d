#pragma once
#include "pipeline/layout/box_measure.h"
#include "pipeline/layout/sheet.h"

#include <vector>

namespace dengji::layout {

/// Sets state, ink and reasons of the boxes of one group from what was `measured` on them. `single`: exactly one option
/// is expected.
void decide_states(std::vector<PlacedBox>& boxes, const std::vector<MeasuredBox>& measured, bool single);

} // namespace dengji::layout
