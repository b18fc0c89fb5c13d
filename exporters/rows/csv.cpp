#include "exporters/rows/csv.h"

#include <algorithm>
#include <array>

namespace dengji::rows {
namespace {

// Excel shows longer numbers as 1.2E+11 and keeps 15 digits of them.
constexpr std::size_t most_digits = 11;

bool begins_a_formula(std::string_view text) {
    static constexpr std::array<std::string_view, 11> signs = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                               "\n", "＝", "＋", "－", "＠"};
    return std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return text.starts_with(sign); });
}

bool loses_digits(std::string_view text) {
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits && (text.size() > most_digits || (text.size() > 1 && text[0] == '0'));
}

} // namespace

std::string neutralised(std::string_view text) {
    std::string shown(text);
    if (begins_a_formula(text) || loses_digits(text)) shown.insert(0, 1, '\'');
    return shown;
}

std::string csv_record(const std::vector<std::string>& cells) {
    std::string record;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) record += ',';
        if (cells[i].find_first_of(",\"\r\n") == std::string::npos) {
            record += cells[i];
            continue;
        }
        record += '"';
        for (const char character : cells[i]) {
            if (character == '"') record += '"';
            record += character;
        }
        record += '"';
    }
    return record + "\r\n";
}

} // namespace dengji::rows
