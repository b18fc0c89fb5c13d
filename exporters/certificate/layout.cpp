#include "exporters/certificate/layout.h"

#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::certificate {
namespace {

std::string code_of(char32_t character) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string hex;
    for (int shift = 20; shift >= 0; shift -= 4) {
        const auto digit = (static_cast<unsigned>(character) >> shift) & 15;
        if (digit != 0 || !hex.empty() || shift < 16) hex += digits[digit];
    }
    return "U+" + hex;
}

class Setter {
public:
    Setter(const FontBook& fonts, SetBooklet& booklet) : fonts_(fonts), booklet_(booklet) {}

    void set(SetPage& page, const std::string& value, const std::string& label, const templates::Writing& writing,
             const templates::Rectangle& place) {
        if (value.empty()) return;
        if (!is_valid_utf8(value))
            return refuse("not-text", label, "含有无法识别的字符", "holds bytes that are no text");
        const auto run = fonts_.set(writing.lettering, value);
        for (const char32_t character : run.missing)
            refuse("no-font", label, "中的“" + utf8(character) + "”（" + code_of(character) + "）没有字体可以打印",
                   "holds " + code_of(character) + " (" + utf8(character) + "), which no font has");
        if (!run.missing.empty()) return;
        auto where = writing;
        where.in = place;
        const auto fitted = fit_text(run, where);
        if (!fitted)
            return refuse("too-long", label, "太长，用最小的字也印不下",
                          "is too long for its place even in the smallest letters");
        const bool differs = fitted->lines.size() > 1 || run.has_silent;
        page.values.push_back({*fitted, place, writing.align, differs ? value : ""});
    }

    void refuse(const std::string& code, const std::string& label, const std::string& zh, const std::string& en) {
        booklet_.problems.push_back({code, "“" + label + "”" + zh, "'" + label + "' " + en});
    }

private:
    const FontBook& fonts_;
    SetBooklet& booklet_;
};

/// A cell keeps so much free to its lines, mm.
constexpr double cell_margin = 0.6;

templates::Rectangle inside(const templates::Rectangle& cell) {
    return {cell.x + cell_margin, cell.y, cell.width - 2 * cell_margin, cell.height};
}

void set_rows(Setter& setter, SetPage& page, const templates::EventTable& table, const std::vector<PlacedRow>& rows) {
    for (const auto& row : rows) {
        if (row.table != table.kind || row.row < table.first_row || row.row >= table.first_row + table.rows) continue;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const auto& column = table.columns[i];
            const auto value = row.values.find(column.key);
            if (value != row.values.end())
                setter.set(page, value->second, column.title, column.writing, inside(table.cell(row.row, i)));
        }
    }
}

} // namespace

SetBooklet set_booklet(const templates::Certificate& definition, const FontBook& fonts, const Contents& contents,
                       const Wanted& wanted) {
    SetBooklet booklet;
    booklet.number = contents.number;
    booklet.code = contents.code;
    booklet.photo = contents.photo;
    Setter setter(fonts, booklet);
    const bool full = wanted.printing == Printing::full;
    std::set<std::string> full_up;
    for (const auto& row : wanted.rows) {
        const int rows = definition.rows_of(row.table);
        if (rows > 0 && row.row > rows && full_up.insert(row.table).second)
            setter.refuse("no-row-left", row.table, "的表格已经写满，请换发新证", "has no row left");
    }
    for (std::size_t i = 0; i < definition.pages.size(); ++i) {
        const auto& page = definition.pages[i];
        SetPage set{i, {}, false, false};
        const bool with_fields = full || wanted.field_pages.contains(page.name);
        if (with_fields) {
            for (const auto& field : page.fields)
                if (const auto value = contents.fields.find(field.key); value != contents.fields.end())
                    setter.set(set, value->second, field.label, field.writing, field.writing.in);
            set.photo = full && !page.photos.empty() && !contents.photo.empty();
            set.code = !page.codes.empty() && !contents.code.empty();
        }
        for (const auto& table : page.tables) set_rows(setter, set, table, wanted.rows);
        if (full || !set.values.empty() || set.code) booklet.pages.push_back(std::move(set));
    }
    return booklet;
}

} // namespace dengji::certificate
