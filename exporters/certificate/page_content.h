#pragma once
#include "exporters/certificate/font_subset.h"
#include "exporters/certificate/qr_code.h"
#include "exporters/certificate/text_fit.h"

#include <set>

namespace dengji::certificate {

struct Colour {
    double red = 0, green = 0, blue = 0; ///< 0..1

    static Colour grey(double level) { return {level, level, level}; }
};

/// Where a printer puts what it is told to print: `scale` about the middle of the page, then moved. Millimetres, to the
/// right and down.
struct PrinterOffset {
    double x = 0, y = 0;
    double scale = 1;
};

/// The stream that paints one page, or a part of it. Places are millimetres from the upper left corner.
class PageContent {
public:
    PageContent(double page_width, double page_height, const PrinterOffset& offset, FontSubsets& fonts);

    void line(double x1, double y1, double x2, double y2, double thick, Colour colour = {});
    void rectangle(const templates::Rectangle& place, double thick, Colour colour = {});
    void fill(const templates::Rectangle& place, Colour colour = {});
    void ring(double x, double y, double diameter, double thick, Colour colour);
    /// Lines of one size, in the middle of the place or, with `from_top`, from its upper edge. `copied`: what copies
    /// out of the file in the place of the lines, when that is not the lines one after the other.
    void text(const FittedText& text, const templates::Rectangle& place, templates::Align align, Colour colour = {},
              bool from_top = false, const std::string& copied = {});
    /// The dark squares of a QR code, with the white edge that readers need, filling the place.
    void code(const QrCode& code, const templates::Rectangle& place);
    /// The image that the page calls `name` ("/P"), filling the place.
    void image(const std::string& name, const templates::Rectangle& place);

    bool empty() const { return empty_; }
    /// The operators; ends the content.
    std::string take();
    /// Numbers of the fonts of FontSubsets that were used.
    const std::set<std::size_t>& fonts_used() const { return used_; }

private:
    std::string at(double x, double y) const;
    void put(const std::string& operators);
    void glyphs(const std::vector<Glyph>& line, double x, double y, double size);

    double height_;
    FontSubsets& fonts_;
    std::set<std::size_t> used_;
    std::string content_;
    bool empty_ = true;
};

} // namespace dengji::certificate
