#pragma once
#include "pipeline/layout/sheet.h"

#include <opencv2/core.hpp>

#include <optional>
#include <vector>

namespace dengji::layout {

/// A printed line to write on.
struct Underline {
    int left = 0, right = 0; ///< table pixels, right is past the end
    int top = 0, bottom = 0; ///< rows of its ink, bottom is past the end
    double cover = 0;        ///< share of its length that is inked
    double clear_above = 0;  ///< share of its inked columns with paper just above
    int unbroken = 0;        ///< its longest piece without a gap, pixels
};

/// The longest straight, thin, horizontal stretch of ink in `where`, small gaps bridged, if it is at least `shortest`
/// long.
std::optional<Underline> find_underline(const Table& table, const cv::Rect2d& where, double em, double shortest);

/// Leaves a printed underline out of a blank whose print has its middle line at `middle`.
void lift_above_underline(const Table& table, cv::Rect2d& area, double middle, double size);

/// Fields of the underlines behind the last option of a cell ("其他：____（请填写）"). Needs sheet.boxes.
std::vector<PlacedField> find_underlines(const Sheet& sheet, double em);

} // namespace dengji::layout
