#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <xlsxwriter.h>

namespace dengji::monthly {

/// Text as a cell takes it: valid UTF-8 without control characters, at most so many characters.
std::string cell_text(std::string_view text, std::size_t most = 2000);

/// Formats of the workbook.
struct Styles {
    lxw_format *title, *plain, *plain_right, *head, *head_number, *name[4], *number, *rate, *total, *total_rate, *text,
        *wrapped, *group, *good, *bad, *note, *link, *signed_number, *signed_percent;
};

/// A workbook that is being written. Only this class and the sheets know libxlsxwriter, which answers invalid text and
/// sheet names silently. Rows have to be written in ascending order. Two sheets can be written at the same time as long
/// as they only use the formats plain, head, text and number.
class Xlsx {
public:
    /// `scratch`: a folder for its own files.
    Xlsx(const std::filesystem::path& file, const std::filesystem::path& scratch, const std::string& title);
    ~Xlsx();
    Xlsx(const Xlsx&) = delete;
    Xlsx& operator=(const Xlsx&) = delete;

    lxw_worksheet* add_sheet(const std::string& name);
    lxw_workbook* workbook() { return workbook_; }
    const Styles& styles() const { return styles_; }
    /// Writes the file. Throws Error(space) when that fails.
    void close();

private:
    lxw_format* format(int size, bool bold, int align, bool border);

    lxw_workbook* workbook_ = nullptr;
    std::string scratch_; ///< libxlsxwriter keeps only the pointer
    Styles styles_{};
};

void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string_view text, lxw_format* format);
void write_merged(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t first, lxw_col_t last, std::string_view text,
                  lxw_format* format);
/// How wide a text is shown, in widths of a digit: a Chinese character takes two.
int shown_width(std::string_view text);
/// Lines that a text takes in a cell of so many digits' width that wraps it.
int lines_in(std::string_view text, double width);
/// A4 landscape, one page wide, in its middle, page numbers at the foot, these rows at the head of each page.
void set_page(lxw_worksheet* sheet, std::optional<std::pair<lxw_row_t, lxw_row_t>> repeated);

std::string column_letters(lxw_col_t column);              ///< 0 -> A
std::string cell_address(lxw_row_t row, lxw_col_t column); ///< C7

} // namespace dengji::monthly
