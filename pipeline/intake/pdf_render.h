#pragma once
#include "pipeline/intake/document.h"

namespace dengji::intake {

struct RenderedPage {
    cv::Mat image; ///< grey when the page has no colour, else BGR; /Rotate applied
    double dpi = 0;
};

/// Renders a page (1-based) with poppler's pdftoppm in a child process. `width` and `height` are the page's visible
/// size in points; they choose the resolution: 300 dpi, less when that would be beyond the limits. Throws Error(input)
/// when no resolution fits, the page takes too long, or nothing usable comes.
RenderedPage render_pdf_page(const std::filesystem::path& file, int number, double width, double height,
                             const Limits& limits);

} // namespace dengji::intake
