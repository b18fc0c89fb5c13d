#pragma once
#include "exporters/certificate/font_book.h"

#include <optional>

namespace dengji::certificate {

/// A text as it fits into its place: lines from top to bottom, all in one size.
struct FittedText {
    double size = 0; ///< points
    std::vector<std::vector<Glyph>> lines;
};

constexpr double points_of_mm = 72 / 25.4;
constexpr double line_spacing = 1.2; ///< of the size of the letters

/// One line at the wanted size; else smaller, down to the smallest; else two lines, as large as they fit, where two are
/// allowed. Nothing when even that is too long: it is never cut.
std::optional<FittedText> fit_text(const GlyphRun& run, const templates::Writing& writing);

/// A paragraph at the wanted size, wrapped at the width; line breaks of the text stay. Marks that close (，。） do not
/// begin a line.
std::vector<std::vector<Glyph>> wrap_text(const FontBook& fonts, const std::string& text,
                                          const templates::Writing& writing);

double width_of(const std::vector<Glyph>& glyphs, double size); ///< points

} // namespace dengji::certificate
