#pragma once
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace dengji::reading {

/// What the picture of a line says of a text, when both are compared in the printing font that fits best.
struct PrintStatement {
    double likeness = 0; ///< correlation of the line with the drawn text, 0..1
    double weakest = 0;  ///< the least correlation of a piece one character wide, 0..1
    /// By how much the line is more like the first text than like this one, where the two differ, -1..1.
    double behind = 0;
};

/// Compares a printed line (of a flattened field) with texts that compete for it: what was read and what else it may
/// be. Blind to meaning and independent of any line reader, so it tells printed characters apart that line readers
/// take for each other. On handwriting all likenesses are low. One statement for each text, the first's `behind` is 0;
/// zeros for texts that no font can write. Thread-safe.
std::vector<PrintStatement> compare_with_print(const cv::Mat& flat, const cv::Rect& extent,
                                               const std::vector<std::string>& texts);

} // namespace dengji::reading
