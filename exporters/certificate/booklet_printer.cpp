#include "exporters/certificate/booklet_printer.h"

#include "exporters/certificate/photo.h"
#include "exporters/certificate/printed_items.h"

namespace dengji::certificate {
namespace {

constexpr char fixed_letter = 'A', value_letter = 'V';

/// Writes booklets into one file.
class Writing {
public:
    /// `shared`: the fonts of what is the same in all booklets; nullptr when that is not printed.
    Writing(const templates::Certificate& definition, const FontBook& fonts, const FontSubsets* shared,
            const PrinterOffset& offset, Date day, const PdfWriter::Sink& sink)
        : definition_(definition), offset_(offset), document_(sink, definition.title, day),
          subsets_(fonts, value_letter, shared) {}

    PdfWriter& writer() { return document_.writer(); }

    /// The object of a font, whether it is written yet or not.
    int font_object(std::size_t font) {
        while (font_objects_.size() <= font) font_objects_.push_back(writer().reserve());
        return font_objects_[font];
    }

    /// `fixed`: the stream below the values, 0 for none, and the fonts that it uses.
    void page(const SetBooklet& booklet, const SetPage& set, int fixed, const std::set<std::size_t>& fixed_fonts) {
        PdfPage page{definition_.width * points_of_mm, definition_.height * points_of_mm, {}, {}, {}};
        if (fixed != 0) page.contents.push_back(fixed);
        const auto& places = definition_.pages[set.page];
        PageContent content(definition_.width, definition_.height, offset_, subsets_);
        for (const auto& value : set.values)
            content.text(value.text, value.place, value.align, {}, false, value.copied);
        if (set.code)
            for (const auto& place : places.codes) content.code(QrCode(booklet.code), place);
        if (set.photo) {
            for (const auto& place : places.photos) content.image("/P", place);
            page.images.push_back("/P " + pdf_reference(photo(booklet)));
        }
        auto fonts = content.fonts_used();
        fonts.insert(fixed_fonts.begin(), fixed_fonts.end());
        for (const auto font : fonts)
            page.fonts.push_back(subsets_.name(font) + " " + pdf_reference(font_object(font)));
        if (!content.empty() || fixed == 0) page.contents.push_back(writer().deflated_stream("", content.take()));
        document_.add_page(page);
    }

    void finish() {
        const auto fonts = subsets_.embed();
        for (std::size_t i = 0; i < fonts.size(); ++i)
            fonts[i].write(writer(), font_object(subsets_.shared_fonts() + i));
        document_.finish();
    }

private:
    int photo(const SetBooklet& booklet) {
        return writer().stream("/Type /XObject /Subtype /Image /Width " + std::to_string(photo_width) + " /Height " +
                                   std::to_string(photo_height) +
                                   " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
                               booklet.photo);
    }

    const templates::Certificate& definition_;
    PrinterOffset offset_;
    PdfDocument document_;
    FontSubsets subsets_;
    std::vector<int> font_objects_;
};

} // namespace

BookletPrinter::BookletPrinter(templates::Certificate definition, const FontBook& fonts)
    : definition_(std::move(definition)), fonts_(fonts), fixed_subsets_(fonts, fixed_letter) {
    for (const auto& page : definition_.pages) {
        PageContent content(definition_.width, definition_.height, {}, fixed_subsets_);
        print_fixed(content, fonts, definition_, page);
        fixed_.push_back({deflated(content.take()), content.fonts_used()});
    }
    fixed_fonts_ = fixed_subsets_.embed();
}

void BookletPrinter::write(const std::vector<const SetBooklet*>& booklets, Printing printing,
                           const PrinterOffset& offset, Date day, const PdfWriter::Sink& sink) const {
    const bool full = printing == Printing::full;
    Writing writing(definition_, fonts_, full ? &fixed_subsets_ : nullptr, offset, day, sink);
    std::vector<int> streams(fixed_.size(), 0);
    if (full) {
        for (std::size_t i = 0; i < fixed_fonts_.size(); ++i)
            fixed_fonts_[i].write(writing.writer(), writing.font_object(i));
        for (std::size_t i = 0; i < fixed_.size(); ++i)
            streams[i] = writing.writer().stream("/Filter /FlateDecode", fixed_[i].content);
    }
    const std::set<std::size_t> none;
    for (const auto* booklet : booklets)
        for (const auto& page : booklet->pages)
            writing.page(*booklet, page, streams[page.page], full ? fixed_[page.page].fonts : none);
    writing.finish();
}

} // namespace dengji::certificate
