#include "pipeline/reading/address_shape.h"

#include "pipeline/base/text.h"

namespace dengji::reading {

namespace {

bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}

bool is_letter(char32_t c) {
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

/// "A栋" and "3-B" are addresses; letters in a row, small letters, or a letter right at a digit are not.
bool is_misread(char32_t before, char32_t c, char32_t after) {
    if (c >= U'a' && c <= U'z') return true;
    if (is_letter(c)) return is_letter(before) || is_letter(after) || is_digit(before) || is_digit(after);
    if (c == U'一' || c == U'丨') return is_digit(before) || is_digit(after);
    return std::u32string_view(U"/\\|!?<>[]{}~=+*@$%^_\"'“”‘’").find(c) != std::u32string_view::npos;
}

} // namespace

Verdict check_address(const std::string& text) {
    Verdict verdict{text, Support::none, {}};
    const std::u32string characters = code_points(text);
    for (std::size_t i = 0; i < characters.size(); ++i) {
        const char32_t before = i > 0 ? characters[i - 1] : U' ';
        const char32_t after = i + 1 < characters.size() ? characters[i + 1] : U' ';
        if (!is_misread(before, characters[i], after)) continue;
        verdict.support = Support::against;
        verdict.reasons.push_back(
            {"address-signs", "地址中有可疑的字符，请核对", "the address has signs that look like misread digits"});
        break;
    }
    return verdict;
}

} // namespace dengji::reading
