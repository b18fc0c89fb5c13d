#pragma once
#include <opencv2/core.hpp>

namespace dengji::reading {

/// The part of a printed line that its first `characters` full-width characters take: cut in the gap nearest to where
/// equally wide characters end. `flat`: a flattened field; `extent`: its line. Empty when the line is too short.
cv::Rect first_characters(const cv::Mat& flat, const cv::Rect& extent, int characters);

} // namespace dengji::reading
