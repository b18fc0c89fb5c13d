#pragma once
#include <opencv2/core.hpp>

#include <vector>

namespace dengji::layout {

/// A round stamp over the table.
struct Seal {
    cv::Point2d centre;  ///< table pixels; may lie outside the table
    double radius = 0;   ///< of its outer ring
    double contrast = 0; ///< inked share of the ring less that of the circles just inside and outside, 0..1

    /// Whether its ink may lie in the area.
    bool touches(const cv::Rect2d& area) const;
};

/// Looks for the closed rings of seals (38 to 46 mm across) in the ink (0/1, ruling lines taken out), the clearest
/// first. On colour pages a red seal is not in the ink any more. `em`: size of the printed characters; `table_width`:
/// pixels, taken for 15 to 18 cm.
std::vector<Seal> find_seals(const cv::Mat& ink, double em, int table_width);

} // namespace dengji::layout
