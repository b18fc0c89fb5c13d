#pragma once
#include "exporters/certificate/page_content.h"

namespace dengji::certificate {

/// Everything of a page that is the same in all booklets, with the marking of a printout. Throws Error(data) for a
/// printed text that no font can write or that does not fit: a mistake of the definition.
void print_fixed(PageContent& content, const FontBook& fonts, const templates::Certificate& booklet,
                 const templates::CertificatePage& page);

/// One printed text; likewise.
void print_text(PageContent& content, const FontBook& fonts, const templates::PrintedText& text);

} // namespace dengji::certificate
