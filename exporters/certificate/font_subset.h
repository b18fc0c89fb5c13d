#pragma once
#include "exporters/certificate/font_book.h"
#include "exporters/certificate/pdf_writer.h"

#include <map>
#include <optional>

namespace dengji::certificate {

/// One font of a PDF file, ready to be written: packed, and never changed again.
struct EmbeddedFont {
    std::string base_name; ///< "ABCDEF+NotoSerifCJKsc-Regular"
    bool cff = false;
    std::string program, characters, glyph_map, used; ///< packed streams
    std::size_t program_length = 0;                   ///< before packing
    std::string widths;                               ///< the array
    double ascent = 0, descent = 0;

    /// Writes it as the object `number`, which pages name as their font.
    void write(PdfWriter& writer, int number) const;
};

/// The characters in use, by font, with the codes by which the pages call them. Two characters that share a glyph get
/// fonts of their own, so that each copies out as what it is. Not thread-safe.
class FontSubsets {
public:
    /// `first_letter`: of the names of the fonts on the pages; differs between the sets of one page. `shared`: fonts of
    /// the same file whose characters are used where they have them; lives as long, and does not change any more.
    FontSubsets(const FontBook& book, char first_letter, const FontSubsets* shared = nullptr)
        : book_(book), first_letter_(first_letter), shared_(shared) {}

    struct Code {
        std::size_t font = 0; ///< the shared ones first, then one's own
        unsigned code = 0;
    };
    Code code_of(const Glyph& glyph);

    std::string name(std::size_t font) const; ///< "/A0"
    std::size_t shared_fonts() const { return shared_ == nullptr ? 0 : shared_->subsets_.size(); }
    /// One's own fonts as they are used so far.
    std::vector<EmbeddedFont> embed() const;

private:
    struct Subset {
        std::size_t face = 0;
        std::map<unsigned, Glyph> by_code;
        std::map<char32_t, unsigned> codes;
    };
    std::optional<Code> known(const Glyph& glyph) const;
    EmbeddedFont embed(const Subset& subset, std::size_t font) const;

    const FontBook& book_;
    char first_letter_;
    const FontSubsets* shared_;
    std::vector<Subset> subsets_;
};

} // namespace dengji::certificate
