#include "exporters/monthly/xlsx.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <cmath>

namespace dengji::monthly {
namespace {

constexpr std::time_t fixed_moment = 1577836800; // what makes the same data the same bytes
constexpr std::string_view number_format = "#,##0", rate_format = "0.00";

/// Whether a text can be a cell's as it is. May say no of some that can.
bool is_plain(std::string_view text) {
    unsigned char before = 0;
    bool ascii = true;
    for (const char character : text) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7f) return false;
        if (before == 0xbf && byte >= 0xbe) return false; // U+FFFE, U+FFFF and their like on other planes
        ascii = ascii && byte < 0x80;
        before = byte;
    }
    return ascii || is_valid_utf8(text);
}

} // namespace

std::string cell_text(std::string_view text, std::size_t most) {
    if (text.size() <= most && is_plain(text)) return std::string(text);
    std::u32string kept;
    for (const char32_t character : code_points(text)) {
        if (kept.size() >= most) {
            kept += U'…';
            break;
        }
        const bool control = character < 0x20 || character == 0x7f || (character & 0xfffe) == 0xfffe;
        kept += control ? U' ' : character;
    }
    return utf8(kept);
}

Xlsx::Xlsx(const std::filesystem::path& file, const std::filesystem::path& scratch, const std::string& title)
    : scratch_(scratch.string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = scratch_.data();
    workbook_ = workbook_new_opt(file.c_str(), &options);
    if (workbook_ == nullptr)
        throw Error(ErrorKind::space, "the workbook cannot be begun", "Make room, or write to another place.");
    std::string heading = cell_text(title), author = "Dengji";
    lxw_doc_properties properties{};
    properties.title = heading.data();
    properties.author = author.data();
    properties.created = fixed_moment;
    workbook_set_properties(workbook_, &properties);

    styles_.title = format(16, true, LXW_ALIGN_CENTER, false);
    styles_.plain = format(10, false, LXW_ALIGN_LEFT, false);
    styles_.plain_right = format(10, false, LXW_ALIGN_RIGHT, false);
    styles_.note = format(9, false, LXW_ALIGN_LEFT, false);
    format_set_text_wrap(styles_.note);
    styles_.head = format(10, true, LXW_ALIGN_CENTER, true);
    format_set_text_wrap(styles_.head);
    styles_.head_number = format(9, false, LXW_ALIGN_CENTER, true);
    for (int level = 0; level < 4; ++level) {
        styles_.name[level] = format(10, level == 0, LXW_ALIGN_LEFT, true);
        format_set_indent(styles_.name[level], static_cast<std::uint8_t>(level * 2));
    }
    styles_.group = format(10, true, LXW_ALIGN_LEFT, true);
    format_set_bg_color(styles_.group, 0xEDEDED);
    const auto figure = [&](bool bold, std::string_view shown) {
        auto* made = format(10, bold, LXW_ALIGN_RIGHT, true);
        format_set_num_format(made, shown.data());
        return made;
    };
    styles_.number = figure(false, number_format);
    styles_.rate = figure(false, rate_format);
    styles_.total = figure(true, number_format);
    styles_.total_rate = figure(true, rate_format);
    styles_.signed_number = figure(false, "+#,##0;-#,##0;0");
    styles_.signed_percent = figure(false, "+0.00;-0.00;0.00");
    styles_.text = format(10, false, LXW_ALIGN_LEFT, true);
    styles_.wrapped = format(9, false, LXW_ALIGN_LEFT, true);
    format_set_text_wrap(styles_.wrapped);
    styles_.good = format(10, true, LXW_ALIGN_CENTER, true);
    format_set_font_color(styles_.good, 0x1E7B34);
    styles_.bad = format(10, true, LXW_ALIGN_CENTER, true);
    format_set_font_color(styles_.bad, 0xFFFFFF);
    format_set_bg_color(styles_.bad, 0xC00000);
    styles_.link = format(10, false, LXW_ALIGN_RIGHT, true);
    format_set_num_format(styles_.link, number_format.data());
    // Formats are numbered when they are first used. Sheets that are written at the same time only use these.
    for (auto* shared : {styles_.plain, styles_.head, styles_.text, styles_.number}) lxw_format_get_xf_index(shared);
}

Xlsx::~Xlsx() {
    if (workbook_ != nullptr) lxw_workbook_free(workbook_);
}

lxw_format* Xlsx::format(int size, bool bold, int align, bool border) {
    auto* made = workbook_add_format(workbook_);
    format_set_font_name(made, "宋体");
    format_set_font_size(made, size);
    if (bold) format_set_bold(made);
    format_set_align(made, static_cast<std::uint8_t>(align));
    format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    if (border) format_set_border(made, LXW_BORDER_THIN);
    return made;
}

lxw_worksheet* Xlsx::add_sheet(const std::string& name) {
    auto* sheet = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet == nullptr)
        throw Error(ErrorKind::data, "a table's name does not do as the name of a sheet",
                    "Give the table another code: letters and digits, and no other table's.");
    return sheet;
}

void Xlsx::close() {
    const auto problem = workbook_close(workbook_); // frees it, whatever comes of it
    workbook_ = nullptr;
    if (problem != LXW_NO_ERROR)
        throw Error(ErrorKind::space, "the workbook cannot be written",
                    "Make room for it and for its scratch files (TMPDIR), then give the same command again.");
}

void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format) {
    const auto shown = cell_text(text, 32000);
    if (shown.empty())
        worksheet_write_blank(sheet, row, column, format);
    else
        worksheet_write_string(sheet, row, column, shown.c_str(), format);
}

void write_merged(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last, std::string_view text,
                  lxw_format* format) {
    const auto shown = cell_text(text);
    if (first == last)
        write_text(sheet, row, first, shown, format);
    else
        worksheet_merge_range(sheet, row, first, row, last, shown.c_str(), format);
}

int shown_width(std::string_view text) {
    int width = 0;
    for (const char32_t character : code_points(text)) width += character < 0x1100 ? 1 : 2;
    return width;
}

int lines_in(std::string_view text, double width) {
    return std::max(1, static_cast<int>(std::ceil(shown_width(text) / std::max(width, 1.0))));
}

void set_page(lxw_worksheet* sheet, std::optional<std::pair<lxw_row_t, lxw_row_t>> repeated) {
    constexpr std::uint8_t a4 = 9;
    worksheet_set_paper(sheet, a4);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_center_horizontally(sheet);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.6);
    worksheet_set_footer(sheet, "&C第 &P 页 共 &N 页");
    if (repeated) worksheet_repeat_rows(sheet, repeated->first, repeated->second);
}

std::string column_letters(lxw_col_t column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

std::string cell_address(lxw_row_t row, lxw_col_t column) {
    return column_letters(column) + std::to_string(row + 1);
}

} // namespace dengji::monthly
