#pragma once
#include "exporters/certificate/layout.h"
#include "exporters/certificate/page_content.h"
#include "exporters/certificate/pdf_document.h"

namespace dengji::certificate {

/// Writes booklets of one definition as PDF/A-1b. What is the same in all of them is made once. Never changes while it
/// is used: any number of threads may call it.
class BookletPrinter {
public:
    /// Keeps the definition; refers to the fonts, which have to live as long. Throws Error(data) when a printed text of
    /// the definition has a character that no font has.
    BookletPrinter(templates::Certificate definition, const FontBook& fonts);

    const templates::Certificate& definition() const { return definition_; }
    const FontBook& fonts() const { return fonts_; }

    /// Checks and sets one booklet; see set_booklet().
    SetBooklet set(const Contents& contents, const Wanted& wanted) const {
        return set_booklet(definition_, fonts_, contents, wanted);
    }

    /// Writes booklets without problems, one after the other, into one file; there is at least one page in them.
    /// `day`: that the file bears. The same input gives the same bytes.
    void write(const std::vector<const SetBooklet*>& booklets, Printing printing, const PrinterOffset& offset, Date day,
               const PdfWriter::Sink& sink) const;

private:
    /// What is the same on a page of everybody's booklet.
    struct FixedPage {
        std::string content; ///< packed
        std::set<std::size_t> fonts;
    };

    templates::Certificate definition_;
    const FontBook& fonts_;
    std::vector<FixedPage> fixed_;
    FontSubsets fixed_subsets_;
    std::vector<EmbeddedFont> fixed_fonts_;
};

} // namespace dengji::certificate
