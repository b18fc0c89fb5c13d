#pragma once
#include "exporters/certificate/booklet_printer.h"

#include <filesystem>
#include <opencv2/core.hpp>
#include <optional>

namespace dengji::certificate::test {

/// Whether all fonts of templates/fonts/debian.yaml are installed; tests that look at letters are skipped without.
bool has_fonts();
const FontBook& fonts();
/// A definition of templates/certificates.
templates::Certificate definition(const std::string& id);
const BookletPrinter& national();

/// A made-up holder with a registration that has ended, another that has not, a recognition, policies and a photo.
Contents holder(const std::string& name = "测试甲");
Wanted everything(const Contents& contents);
/// A drawn picture of that size; nobody's.
cv::Mat drawn_photo(int width, int height);

/// The whole file in memory.
std::string pdf_of(const BookletPrinter& printer, const std::vector<SetBooklet>& booklets,
                   Printing printing = Printing::full, const PrinterOffset& offset = {});
std::string pdf_of(const BookletPrinter& printer, const Contents& contents);

/// What the program says on its standard output; nothing when it failed or is not there.
std::optional<std::string> said_by(const std::vector<std::string>& command);
/// pdftotext of some bytes, pages split by form feeds.
std::string text_of(const std::string& pdf);
/// A page (1-based) as a picture, grey.
cv::Mat picture_of(const std::string& pdf, int page, int dpi);

} // namespace dengji::certificate::test
