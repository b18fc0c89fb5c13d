#pragma once
#include "pipeline/layout/table.h"

#include <opencv2/core.hpp>

namespace dengji::layout {

/// How far the ink of a ruling line reaches beyond its middle, to each side of it (table pixels).
struct RuleReach {
    int before = 0; ///< upwards, or to the left
    int after = 0;  ///< downwards, or to the right
};

/// The rule (the frame, with its second line) along a horizontal edge (`y`, from `x0` to `x1`) or a vertical one (`x`,
/// from `y0` to `y1`).
RuleReach horizontal_rule(const Table& table, double y, double x0, double x1);
RuleReach vertical_rule(const Table& table, double x, double y0, double y1);

/// The inside of a cell, its ruling lines left out however bold they are.
cv::Rect2d inside_rules(const Table& table, const cv::Rect2d& cell);

} // namespace dengji::layout
