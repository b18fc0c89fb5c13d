#pragma once
#include "pipeline/intake/bytes.h"

namespace dengji::intake {

/// The orientation (1..8) that an EXIF block gives; 1 when it gives none or is broken. `exif` starts at its byte order
/// mark
/// ("II" or "MM"); a leading "Exif\0\0" is skipped.
int exif_orientation(Bytes exif);

} // namespace dengji::intake
