#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// Paints over what a flattened field (CV_8UC1, paper 255) holds beside writing: remains of ruling lines along its
/// edges, upright streaks of a scanner or copier that cross the whole field, and solid specks that stand alone. `em`:
/// size of a printed character, pixels.
void clean_field(cv::Mat& flat, double em);

/// Level between paper and this field's ink: low enough to leave out the paper's noise, high enough to keep pale
/// strokes.
int ink_threshold(const cv::Mat& flat);

} // namespace dengji::reading
