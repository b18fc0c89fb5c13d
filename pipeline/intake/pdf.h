#pragma once
#include "pipeline/intake/document.h"

namespace dengji::intake {

/// Opens a PDF. A page that is one scanned picture and nothing else is taken as it was scanned; any other page is
/// rendered by poppler in a child process. When the file announces more pages than can be found, one more page follows
/// whose decoding throws.
std::unique_ptr<Document> open_pdf(const std::filesystem::path& file, const Limits& limits);

} // namespace dengji::intake
