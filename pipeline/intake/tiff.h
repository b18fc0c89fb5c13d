#pragma once
#include "pipeline/intake/document.h"

namespace dengji::intake {

/// Opens a TIFF of one or more pages. Thumbnails and masks are no pages. When the chain of directories breaks or loops
/// back, the pages up to there are given, and one more whose decoding throws: nothing is lost in silence.
std::unique_ptr<Document> open_tiff(const std::filesystem::path& file, const Limits& limits);

} // namespace dengji::intake
