#include "exporters/certificate/text_fit.h"

#include "pipeline/base/text.h"

#include <cmath>

namespace dengji::certificate {
namespace {

using Line = std::vector<Glyph>;

constexpr double step = 0.25;   ///< sizes to try, points
constexpr double slack = 0.001; ///< points; so much wider is still as wide

/// The sizes from the wanted one to the smallest.
std::vector<double> sizes(const templates::Writing& writing) {
    std::vector<double> all;
    for (double size = writing.size; size > writing.smallest + slack; size -= step) all.push_back(size);
    all.push_back(writing.smallest);
    return all;
}

/// Two lines, the first at least as long as the second, broken after a middle dot, a space or a year where that fits.
std::optional<std::vector<Line>> in_two(const Line& glyphs, double size, double width) {
    const auto fits = [&](std::size_t at) {
        const auto middle = glyphs.begin() + static_cast<std::ptrdiff_t>(at);
        return width_of({glyphs.begin(), middle}, size) <= width + slack &&
               width_of({middle, glyphs.end()}, size) <= width + slack;
    };
    std::optional<std::size_t> best;
    bool best_is_gap = false;
    for (std::size_t at = 1; at < glyphs.size(); ++at) {
        if (!fits(at)) continue;
        const auto before = glyphs[at - 1].character;
        const auto after = glyphs[at].character;
        const bool gap = before == U'·' || before == U' ' || (before == U'年' && after >= U'0' && after <= U'9');
        const auto unevenness = [&](std::size_t place) {
            return std::abs(static_cast<double>(place) - static_cast<double>(glyphs.size()) / 2);
        };
        if (!best || (gap && !best_is_gap) || (gap == best_is_gap && unevenness(at) < unevenness(*best))) {
            best = at;
            best_is_gap = gap;
        }
    }
    if (!best) return std::nullopt;
    const auto middle = glyphs.begin() + static_cast<std::ptrdiff_t>(*best);
    return std::vector<Line>{{glyphs.begin(), middle}, {middle, glyphs.end()}};
}

bool may_not_begin(char32_t character) {
    return std::u32string_view(U"，。、；：？！）》」』”’").find(character) != std::u32string_view::npos;
}

} // namespace

double width_of(const std::vector<Glyph>& glyphs, double size) {
    double width = 0;
    for (const auto& glyph : glyphs) width += glyph.advance;
    return width * size / 1000;
}

std::optional<FittedText> fit_text(const GlyphRun& run, const templates::Writing& writing) {
    const double width = writing.in.width * points_of_mm, height = writing.in.height * points_of_mm;
    for (const double size : sizes(writing))
        if (run.width() * size / 1000 <= width + slack) return FittedText{size, {run.glyphs}};
    if (writing.lines < 2) return std::nullopt;
    for (const double size : sizes(writing)) {
        if (2 * line_spacing * size > height + slack) continue;
        if (auto lines = in_two(run.glyphs, size, width)) return FittedText{size, std::move(*lines)};
    }
    return std::nullopt;
}

std::vector<std::vector<Glyph>> wrap_text(const FontBook& fonts, const std::string& text,
                                          const templates::Writing& writing) {
    const double width = writing.in.width * points_of_mm;
    std::vector<Line> lines;
    for (const auto& piece : split(text, "\n")) {
        lines.emplace_back();
        double used = 0;
        for (const auto& glyph : fonts.set(writing.lettering, piece).glyphs) {
            const double advance = glyph.advance * writing.size / 1000;
            if (used + advance > width + slack && !lines.back().empty()) {
                Line next;
                if (may_not_begin(glyph.character) && lines.back().size() > 1) {
                    next.push_back(lines.back().back());
                    lines.back().pop_back();
                }
                lines.push_back(std::move(next));
                used = width_of(lines.back(), writing.size);
            }
            lines.back().push_back(glyph);
            used += advance;
        }
    }
    return lines;
}

} // namespace dengji::certificate
