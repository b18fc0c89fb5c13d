#include "pipeline/reading/character_commonness.h"

#include "pipeline/reading/text_cleaning.h"

#include <unicode/ucnv.h>
#include <vector>

namespace dengji::reading {

namespace {

constexpr double level_1 = 1, level_2 = 0.1, beyond = 0.004;
constexpr unsigned first_row = 0xB0, last_of_level_1 = 0xD7, last_row = 0xF7;

/// By code point. Without GB 2312 in the system's tables every character is as common as the next.
std::vector<double> make_table() {
    std::vector<double> table(0x10000, beyond);
    UErrorCode status = U_ZERO_ERROR;
    UConverter* converter = ucnv_open("GB2312", &status);
    if (U_FAILURE(status)) return table;
    for (unsigned row = first_row; row <= last_row; ++row) {
        for (unsigned cell = 0xA1; cell <= 0xFE; ++cell) {
            const char bytes[2] = {static_cast<char>(row), static_cast<char>(cell)};
            UChar units[4] = {};
            status = U_ZERO_ERROR;
            const int32_t length = ucnv_toUChars(converter, units, 4, bytes, 2, &status);
            if (U_SUCCESS(status) && length == 1 && is_chinese(units[0]))
                table[units[0]] = row <= last_of_level_1 ? level_1 : level_2;
        }
    }
    ucnv_close(converter);
    return table;
}

} // namespace

double commonness(char32_t character) {
    static const std::vector<double> table = make_table();
    if (!is_chinese(character)) return 0;
    return character < table.size() ? table[character] : beyond;
}

} // namespace dengji::reading
