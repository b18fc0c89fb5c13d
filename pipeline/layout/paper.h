#pragma once
#include "pipeline/layout/flat_field.h"

#include <opencv2/core.hpp>

namespace dengji::layout {

/// Whitens what lies around the sheet of paper: the table under a photographed page, a copier's black edge. Its texture
/// would be taken for lines. Nothing happens when the paper fills the picture or does not stand out from what is around
/// it. `grey` is the picture before flat-fielding, `field` (same size) what became of it.
void whiten_around_paper(const cv::Mat& grey, FlatField& field);

} // namespace dengji::layout
