#pragma once
#include "exporters/certificate/font_subset.h"
#include "exporters/certificate/pdf_writer.h"
#include "pipeline/base/dates.h"

#include <set>

namespace dengji::certificate {

/// What a page consists of. Numbers are those of objects in the file.
struct PdfPage {
    double width = 0, height = 0;    ///< points
    std::vector<int> contents;       ///< streams, painted one over the other
    std::vector<std::string> fonts;  ///< "/A0 7 0 R"
    std::vector<std::string> images; ///< "/P 9 0 R"
};

/// A PDF/A-1b file (ISO 19005-1), page by page. The same calls give the same bytes: the day that the file bears is
/// given.
class PdfDocument {
public:
    /// `title`: names nobody.
    PdfDocument(PdfWriter::Sink sink, const std::string& title, Date day);

    PdfWriter& writer() { return writer_; }
    void add_page(const PdfPage& page);
    int pages() const { return static_cast<int>(pages_.size()); }
    /// Ends the file, which has at least one page by then.
    void finish();

private:
    PdfWriter writer_;
    std::string title_;
    Date day_;
    int tree_ = 0;
    std::vector<int> pages_;
};

} // namespace dengji::certificate
