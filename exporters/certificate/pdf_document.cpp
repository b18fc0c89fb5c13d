#include "exporters/certificate/pdf_document.h"

#include "exporters/certificate/srgb_profile.h"

namespace dengji::certificate {
namespace {

constexpr auto producer = "Dengji";

std::string joined_with(const std::vector<std::string>& pieces) {
    std::string all;
    for (const auto& piece : pieces) all += " " + piece;
    return all;
}

std::string xml(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        if (letter == '&') {
            escaped += "&amp;";
        } else if (letter == '<') {
            escaped += "&lt;";
        } else {
            escaped += letter;
        }
    }
    return escaped;
}

std::string metadata(const std::string& title, const std::string& day) {
    const auto moment = day + "T00:00:00+08:00";
    return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
           "<dc:format>application/pdf</dc:format>"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           xml(title) +
           "</rdf:li></rdf:Alt></dc:title></rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><xmp:CreateDate>" +
           moment + "</xmp:CreateDate><xmp:ModifyDate>" + moment +
           "</xmp:ModifyDate></rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>" +
           producer +
           "</pdf:Producer></rdf:Description>\n"
           "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
           "<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n"
           "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

/// 2024-03-04 as D:20240304000000+08'00'.
std::string pdf_day(const std::string& day) {
    return "(D:" + day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2) + "000000+08'00')";
}

} // namespace

PdfDocument::PdfDocument(PdfWriter::Sink sink, const std::string& title, Date day)
    : writer_(std::move(sink)), title_(title), day_(day), tree_(writer_.reserve()) {}

void PdfDocument::add_page(const PdfPage& page) {
    std::string body = "<< /Type /Page /Parent " + pdf_reference(tree_) + " /MediaBox [0 0 " + pdf_number(page.width) +
                       " " + pdf_number(page.height) + "] /Resources << /ProcSet [/PDF /Text /ImageB /ImageC]";
    if (!page.fonts.empty()) body += " /Font <<" + joined_with(page.fonts) + " >>";
    if (!page.images.empty()) body += " /XObject <<" + joined_with(page.images) + " >>";
    body += " >> /Contents [";
    for (const int content : page.contents) body.append(" ").append(pdf_reference(content));
    pages_.push_back(writer_.object(body + " ] >>"));
}

void PdfDocument::finish() {
    std::string kids;
    for (const int page : pages_) kids.append(" ").append(pdf_reference(page));
    writer_.object(tree_, "<< /Type /Pages /Count " + std::to_string(pages_.size()) + " /Kids [" + kids + " ] >>");
    const auto day = format(day_);
    const int profile = writer_.deflated_stream("/N 3", srgb_profile());
    const int described = writer_.stream("/Type /Metadata /Subtype /XML", metadata(title_, day));
    const int information = writer_.object("<< /Title " + pdf_text(title_) + " /Producer (" + producer +
                                           ") /CreationDate " + pdf_day(day) + " /ModDate " + pdf_day(day) + " >>");
    // Printing must not scale: every millimetre counts when it goes onto a booklet.
    const int catalogue = writer_.object(
        "<< /Type /Catalog /Pages " + pdf_reference(tree_) + " /Metadata " + pdf_reference(described) +
        " /ViewerPreferences << /PrintScaling /None >> /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 "
        "/OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile " +
        pdf_reference(profile) + " >>] >>");
    writer_.finish(catalogue, information);
}

} // namespace dengji::certificate
