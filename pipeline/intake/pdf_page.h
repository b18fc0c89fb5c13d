#pragma once
#include "pipeline/intake/pdf_content.h"
#include "pipeline/intake/pdf_image.h"
#include "pipeline/intake/qpdf_headers.h"

namespace dengji::intake {

/// The part of a page that is shown, in points, before /Rotate.
PdfBox visible_box(QPDFPageObjectHelper& page);

/// A page that is one scanned picture: the picture, and how to set it upright.
struct ScannedPage {
    PdfImage image;
    double dpi_x = 0; ///< along the picture's own rows
    double dpi_y = 0;
    int orientation = 1; ///< how the page's matrix turns the picture, as in EXIF
    int rotate = 0;      ///< the page's /Rotate: 0, 90, 180, 270 clockwise
};

/// Takes the page's picture when that is all the page shows and can be decoded here; nothing when the page has to be
/// rendered. Throws Error(input) when the picture is damaged or beyond the limits.
std::optional<ScannedPage> take_scanned_page(QPDFPageObjectHelper& page, const Limits& limits);

} // namespace dengji::intake
