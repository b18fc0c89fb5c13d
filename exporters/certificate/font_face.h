#pragma once
#include "templates/font_list.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace dengji::certificate {

/// A part of a font, as it is embedded: only the glyphs that are used.
struct FontProgram {
    std::string bytes;
    /// How each wanted glyph is called in `bytes`, in the order in which they were wanted.
    std::vector<std::uint32_t> glyphs;
};

/// One face of a font file. Never changes while it is used: any number of threads may use it.
class FontFace {
public:
    /// Throws Error(data) when the file is no font, lacks the face, or can't be embedded.
    explicit FontFace(const templates::FontFile& font);
    ~FontFace();
    FontFace(const FontFace&) = delete;
    FontFace& operator=(const FontFace&) = delete;

    /// 0: the font lacks the character.
    std::uint32_t glyph(char32_t character) const;
    double advance(std::uint32_t glyph) const; ///< thousandths of the size of the letters
    double ascent() const;                     ///< likewise, above the base line
    double descent() const;                    ///< likewise, negative
    bool has_cff() const;                      ///< outlines as CFF, whose glyphs keep their numbers when embedded
    const std::string& postscript_name() const;

    /// Throws Error(internal) when the font can't be cut.
    FontProgram subset(const std::vector<std::uint32_t>& glyphs) const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace dengji::certificate
