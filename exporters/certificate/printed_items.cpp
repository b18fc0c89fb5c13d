#include "exporters/certificate/printed_items.h"

#include "pipeline/base/error.h"

namespace dengji::certificate {
namespace {

constexpr double thin = 0.15, frame = 0.3; ///< mm
constexpr Colour seal_red = {0.85, 0.45, 0.45};
constexpr Colour pale = {0.6, 0.6, 0.6};

[[noreturn]] void refuse(const std::string& words, const char* why) {
    throw Error(ErrorKind::data, "the printed words '" + words + "' of a certificate " + why,
                "Correct the definition under templates/certificates.");
}

void print_table(PageContent& content, const FontBook& fonts, const templates::EventTable& table) {
    const double bottom = table.y + table.head_height + table.row_height * table.rows;
    const double right = table.x + table.width();
    content.rectangle({table.x, table.y, table.width(), bottom - table.y}, frame);
    for (int row = 0; row < table.rows; ++row) {
        const double y = table.y + table.head_height + table.row_height * row;
        content.line(table.x, y, right, y, row == 0 ? frame : thin);
    }
    double x = table.x;
    for (const auto& column : table.columns) {
        if (x > table.x) content.line(x, table.y, x, bottom, thin);
        templates::PrintedText title;
        title.words = column.title;
        title.writing.in = {x + 0.4, table.y, column.width - 0.8, table.head_height};
        title.writing.align = templates::Align::centre;
        title.writing.lettering = templates::Lettering::hei;
        title.writing.size = 8;
        title.writing.smallest = 5;
        title.writing.lines = 2;
        print_text(content, fonts, title);
        x += column.width;
    }
}

void print_seal(PageContent& content, const FontBook& fonts, const templates::SealRing& seal) {
    content.ring(seal.x, seal.y, seal.diameter, thin, seal_red);
    if (seal.words.empty()) return;
    templates::PrintedText text;
    text.words = seal.words;
    text.writing.in = {seal.x - seal.diameter / 2 + 2, seal.y - 3, seal.diameter - 4, 6};
    text.writing.align = templates::Align::centre;
    text.writing.lettering = templates::Lettering::hei;
    text.writing.size = 9;
    text.grey = pale.red;
    print_text(content, fonts, text);
}

} // namespace

void print_text(PageContent& content, const FontBook& fonts, const templates::PrintedText& text) {
    const auto run = fonts.set(text.writing.lettering, text.words);
    if (text.paragraph) {
        // A line break is no character, and stays one.
        for (const char32_t missing : run.missing)
            if (missing != U'\n') refuse(text.words, "hold a character that no font has");
        const FittedText lines{text.writing.size, wrap_text(fonts, text.words, text.writing)};
        const double height = text.writing.size * line_spacing * static_cast<double>(lines.lines.size());
        if (height > text.writing.in.height * points_of_mm) refuse(text.words, "do not fit into their place");
        content.text(lines, text.writing.in, text.writing.align, Colour::grey(text.grey), true);
        return;
    }
    if (!run.missing.empty()) refuse(text.words, "hold a character that no font has");
    const auto fitted = fit_text(run, text.writing);
    if (!fitted) refuse(text.words, "do not fit into their place");
    content.text(*fitted, text.writing.in, text.writing.align, Colour::grey(text.grey));
}

void print_fixed(PageContent& content, const FontBook& fonts, const templates::Certificate& booklet,
                 const templates::CertificatePage& page) {
    for (const auto& text : booklet.marking) print_text(content, fonts, text);
    for (const auto& text : page.texts) print_text(content, fonts, text);
    for (const auto& line : page.lines) content.line(line.x1, line.y1, line.x2, line.y2, line.thick);
    for (const auto& box : page.boxes) content.rectangle(box, thin);
    for (const auto& photo : page.photos) {
        content.rectangle(photo, thin, pale);
        templates::PrintedText words;
        words.words = "照片";
        words.writing.in = photo;
        words.writing.align = templates::Align::centre;
        words.writing.lettering = templates::Lettering::hei;
        words.grey = pale.red;
        print_text(content, fonts, words);
    }
    for (const auto& seal : page.seals) print_seal(content, fonts, seal);
    for (const auto& table : page.tables) print_table(content, fonts, table);
}

} // namespace dengji::certificate
