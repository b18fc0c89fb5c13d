#pragma once
#include "exporters/certificate/font_face.h"

#include <string_view>

namespace dengji::certificate {

/// A character as it will be printed.
struct Glyph {
    char32_t character = 0;
    std::size_t face = 0; ///< of FontBook::faces()
    std::uint32_t glyph = 0;
    double advance = 0; ///< thousandths of the size of the letters
};

/// A text as it will be printed.
struct GlyphRun {
    std::vector<Glyph> glyphs;
    std::u32string missing; ///< characters that no font has, each once
    /// Characters that choose a form and print nothing (variation selectors) were left out of `glyphs`.
    bool has_silent = false;

    double width() const; ///< thousandths of the size of the letters
};

/// The fonts that are there, by lettering, each opened once. Never changes while it is used.
class FontBook {
public:
    /// Throws Error(data) when a lettering has no font on this computer; the text names the package to install.
    explicit FontBook(const templates::FontList& list);

    const std::vector<std::unique_ptr<FontFace>>& faces() const { return faces_; }
    /// `text` is valid UTF-8.
    GlyphRun set(templates::Lettering lettering, std::string_view text) const;

private:
    std::size_t open(const templates::FontFile& font);

    std::vector<templates::FontFile> files_;
    std::vector<std::unique_ptr<FontFace>> faces_;
    std::map<templates::Lettering, std::vector<std::size_t>> order_;
};

} // namespace dengji::certificate
