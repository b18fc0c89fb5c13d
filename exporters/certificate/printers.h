#pragma once
#include "exporters/certificate/booklet_printer.h"

#include <filesystem>

namespace dengji::certificate {

/// How far a printer is off, as its calibration page showed, from a file like
///
///     counter-1: {x: 0.4, y: -0.3, scale: 1.002}
///
/// x: millimetres that everything is to be moved to the right; y: down; scale: what everything is to be enlarged by,
/// about the middle of the page. Throws Error(data) that names file and line, Error(usage) when there is no such
/// printer.
PrinterOffset printer_named(const std::filesystem::path& file, const std::string& name);

/// A page of the definition's size with crosses at known places, a ruler along two edges and what to measure, moved as
/// the offset says.
void write_calibration(const BookletPrinter& printer, const PrinterOffset& offset, Date day,
                       const PdfWriter::Sink& sink);

} // namespace dengji::certificate
