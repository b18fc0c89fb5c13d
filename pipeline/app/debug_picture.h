#pragma once
#include "pipeline/app/text_painter.h"
#include "pipeline/intake/page.h"
#include "pipeline/layout/sheet.h"
#include "pipeline/reading/result.h"

#include <opencv2/core.hpp>

namespace dengji::app {

/// The page, upright, with what was found drawn on it: cells, boxes by state, fields with what was read in them (green:
/// accepted, red: a person has to look), and a legend. For a page that is no form: its kind and why. CV_8UC3.
cv::Mat draw_findings(const intake::Page& page, const layout::Sheet& sheet, const reading::PageResult& result,
                      TextPainter& painter);

} // namespace dengji::app
