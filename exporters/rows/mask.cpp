#include "exporters/rows/mask.h"

#include "pipeline/base/text.h"

namespace dengji::rows {
namespace {

constexpr std::size_t shortest_run = 7;

bool is_digit(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

std::u32string masked(std::u32string number) {
    const std::size_t length = number.size();
    std::size_t head = 0, tail = 0;
    if (length >= 15) {
        head = 6;
        tail = 4;
    } else if (length >= 10) {
        head = 3;
        tail = 4;
    } else if (length >= 5) {
        tail = 2;
    }
    for (std::size_t i = head; i + tail < length; ++i) number[i] = U'*';
    return number;
}

} // namespace

std::string masked_number(std::string_view number) {
    return utf8(masked(code_points(number)));
}

std::string masked_runs(std::string_view text) {
    const std::u32string characters = code_points(text);
    std::u32string result;
    for (std::size_t i = 0; i < characters.size();) {
        std::size_t end = i;
        while (end < characters.size() && is_digit(characters[end])) ++end;
        if (end - i < shortest_run) {
            result += characters[i++];
            continue;
        }
        if (end < characters.size() && (characters[end] == U'X' || characters[end] == U'x')) ++end;
        result += masked(characters.substr(i, end - i));
        i = end;
    }
    return utf8(result);
}

} // namespace dengji::rows
