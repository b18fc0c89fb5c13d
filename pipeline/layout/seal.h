#pragma once
#include "pipeline/layout/table.h"

#include <opencv2/core.hpp>

#include <optional>

namespace dengji::layout {

/// A round stamp over the table.
struct Seal {
    cv::Point2d centre; ///< table pixels; may lie outside the table
    double radius = 0;  ///< of its outer ring
    double cover = 0;   ///< share of the ring that is inked

    bool touches(const cv::Rect2d& area) const;
};

/// Looks for the closed ring of a seal (about 38 to 46 mm across) in the ink. On colour pages a red seal is not in the
/// ink any more. `em`: size of the printed characters.
std::optional<Seal> find_seal(const Table& table, double em);

} // namespace dengji::layout
