#include "exporters/certificate/font_book.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <numeric>

namespace dengji::certificate {
namespace {

bool is_silent(char32_t character) {
    return (character >= 0xFE00 && character <= 0xFE0F) || (character >= 0xE0100 && character <= 0xE01EF);
}

const char* name_of(templates::Lettering lettering) {
    switch (lettering) {
    case templates::Lettering::song: return "song";
    case templates::Lettering::hei: return "hei";
    case templates::Lettering::kai: return "kai";
    }
    return "";
}

} // namespace

double GlyphRun::width() const {
    return std::accumulate(glyphs.begin(), glyphs.end(), 0.0,
                           [](double sum, const Glyph& glyph) { return sum + glyph.advance; });
}

FontBook::FontBook(const templates::FontList& list) {
    for (const auto& [lettering, fonts] : list.of) {
        auto& order = order_[lettering];
        for (const auto& font : fonts)
            if (std::filesystem::exists(font.file)) order.push_back(open(font));
        if (order.empty())
            throw Error(ErrorKind::data,
                        std::string("there is no font for the lettering '") + name_of(lettering) + "' on this computer",
                        "Install the Debian package " + fonts.front().package + ".");
        for (const auto& font : list.rare) {
            if (!std::filesystem::exists(font.file)) continue;
            const auto face = open(font);
            if (std::find(order.begin(), order.end(), face) == order.end()) order.push_back(face);
        }
    }
}

std::size_t FontBook::open(const templates::FontFile& font) {
    const auto known = std::find_if(files_.begin(), files_.end(), [&](const templates::FontFile& other) {
        return other.file == font.file && other.face == font.face;
    });
    if (known != files_.end()) return static_cast<std::size_t>(known - files_.begin());
    faces_.push_back(std::make_unique<FontFace>(font));
    files_.push_back(font);
    return faces_.size() - 1;
}

GlyphRun FontBook::set(templates::Lettering lettering, std::string_view text) const {
    GlyphRun run;
    for (const char32_t character : code_points(text)) {
        if (is_silent(character)) {
            run.has_silent = true;
            continue;
        }
        Glyph glyph{character};
        for (const auto face : order_.at(lettering)) {
            glyph.face = face;
            glyph.glyph = faces_[face]->glyph(character);
            if (glyph.glyph != 0) break;
        }
        if (glyph.glyph != 0) {
            glyph.advance = faces_[glyph.face]->advance(glyph.glyph);
            run.glyphs.push_back(glyph);
        } else if (run.missing.find(character) == std::u32string::npos) {
            run.missing += character;
        }
    }
    return run;
}

} // namespace dengji::certificate
