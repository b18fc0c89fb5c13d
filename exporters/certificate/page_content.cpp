#include "exporters/certificate/page_content.h"

#include <algorithm>

namespace dengji::certificate {
namespace {

std::string numbers(std::initializer_list<double> list) {
    std::string text;
    for (const double number : list) text += pdf_number(number) + " ";
    return text;
}

std::string pt(double millimetres) {
    return pdf_number(millimetres * points_of_mm) + " ";
}

std::string stroke(double thick, Colour colour) {
    return pt(thick) + "w " + numbers({colour.red, colour.green, colour.blue}) + "RG ";
}

std::string fill_with(Colour colour) {
    return numbers({colour.red, colour.green, colour.blue}) + "rg ";
}

std::string hex_of(unsigned code) {
    const std::string bytes = {static_cast<char>(code >> 8), static_cast<char>(code & 255)};
    return pdf_hex(bytes).substr(1, 4);
}

/// Where the letters of a line stand above their base line, of their size: their middle is to be the line's middle.
constexpr double middle_of_letters = 0.36;

} // namespace

PageContent::PageContent(double page_width, double page_height, const PrinterOffset& offset, FontSubsets& fonts)
    : height_(page_height), fonts_(fonts) {
    content_ = "q ";
    const double x = offset.x + (1 - offset.scale) * page_width / 2,
                 y = -offset.y + (1 - offset.scale) * page_height / 2;
    if (offset.x != 0 || offset.y != 0 || offset.scale != 1)
        content_ += pdf_number(offset.scale) + " 0 0 " + pdf_number(offset.scale) + " " + pt(x) + pt(y) + "cm\n";
}

std::string PageContent::at(double x, double y) const {
    return pt(x) + pt(height_ - y);
}

void PageContent::put(const std::string& operators) {
    content_ += operators + "\n";
    empty_ = false;
}

void PageContent::line(double x1, double y1, double x2, double y2, double thick, Colour colour) {
    put(stroke(thick, colour) + at(x1, y1) + "m " + at(x2, y2) + "l S");
}

void PageContent::rectangle(const templates::Rectangle& place, double thick, Colour colour) {
    put(stroke(thick, colour) + at(place.x, place.y + place.height) + pt(place.width) + pt(place.height) + "re S");
}

void PageContent::fill(const templates::Rectangle& place, Colour colour) {
    put(fill_with(colour) + at(place.x, place.y + place.height) + pt(place.width) + pt(place.height) + "re f");
}

void PageContent::ring(double x, double y, double diameter, double thick, Colour colour) {
    // Four curves that differ from a circle by less than a thousandth of its size.
    const double r = diameter / 2, k = 0.5523 * r;
    put(stroke(thick, colour) + at(x + r, y) + "m " + at(x + r, y - k) + at(x + k, y - r) + at(x, y - r) + "c " +
        at(x - k, y - r) + at(x - r, y - k) + at(x - r, y) + "c " + at(x - r, y + k) + at(x - k, y + r) + at(x, y + r) +
        "c " + at(x + k, y + r) + at(x + r, y + k) + at(x + r, y) + "c s");
}

void PageContent::text(const FittedText& text, const templates::Rectangle& place, templates::Align align, Colour colour,
                       bool from_top, const std::string& copied) {
    if (!copied.empty()) put("/Span << /ActualText " + pdf_text(copied) + " >> BDC");
    content_ += fill_with(colour);
    const double step = text.size * line_spacing / points_of_mm;
    const double block = step * static_cast<double>(text.lines.size());
    double middle = (from_top ? place.y : place.y + (place.height - block) / 2) + step / 2;
    for (const auto& line : text.lines) {
        const double free = place.width - width_of(line, text.size) / points_of_mm;
        double x = place.x;
        if (align == templates::Align::centre) x += free / 2;
        if (align == templates::Align::right) x += free;
        glyphs(line, x, middle + middle_of_letters * text.size / points_of_mm, text.size);
        middle += step;
    }
    if (!copied.empty()) put("EMC");
}

void PageContent::glyphs(const std::vector<Glyph>& line, double x, double y, double size) {
    if (line.empty()) return;
    std::string operators = "BT " + at(x, y) + "Td", codes;
    std::size_t font = 0;
    const auto flush = [&] {
        if (codes.empty()) return;
        operators.append(" ").append(fonts_.name(font)).append(" ").append(pdf_number(size));
        operators.append(" Tf <").append(codes).append("> Tj");
        codes.clear();
    };
    for (const auto& glyph : line) {
        const auto code = fonts_.code_of(glyph);
        if (code.font != font) flush();
        font = code.font;
        used_.insert(font);
        codes += hex_of(code.code);
    }
    flush();
    put(operators + " ET");
}

void PageContent::image(const std::string& name, const templates::Rectangle& place) {
    put("q " + pt(place.width) + "0 0 " + pt(place.height) + at(place.x, place.y + place.height) + "cm " + name +
        " Do Q");
}

void PageContent::code(const QrCode& code, const templates::Rectangle& place) {
    constexpr int quiet = 4; // squares, by ISO/IEC 18004
    const double side = std::min(place.width, place.height), square = side / (code.size() + 2 * quiet);
    std::string operators = fill_with({});
    for (int row = 0; row < code.size(); ++row) {
        for (int column = 0; column < code.size();) {
            int end = column;
            while (end < code.size() && code.dark(row, end)) ++end;
            if (end > column)
                operators += at(place.x + square * (quiet + column), place.y + square * (quiet + row + 1)) +
                             pt(square * (end - column)) + pt(square) + "re ";
            column = std::max(end, column + 1);
        }
    }
    put(operators + "f");
}

std::string PageContent::take() {
    content_ += "Q\n";
    return std::move(content_);
}

} // namespace dengji::certificate
