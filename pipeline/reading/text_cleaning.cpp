#include "pipeline/reading/text_cleaning.h"

#include "pipeline/base/text.h"

namespace dengji::reading {

namespace {

constexpr std::u32string_view noise_in_front = U"，。、；：！？,.;:!?|｜\"'“”‘’·`~～-—_=<>《》》)）]】}^*©®™";
constexpr std::u32string_view noise_behind = U"，。、；：！？,.;:!?|｜\"'“”‘’·`~～-—_=<>《》(（[【{^*©®™";

bool is_space(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000' || c == U'\u00A0';
}

} // namespace

bool is_chinese(char32_t c) {
    return c == U'〇' || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

std::string clean_chinese(std::string_view text) {
    std::u32string kept;
    for (const char32_t c : code_points(with_plain_digits(text)))
        if (!is_space(c)) kept.push_back(c);
    std::size_t from = 0, to = kept.size();
    while (from < to && noise_in_front.find(kept[from]) != std::u32string_view::npos) ++from;
    while (to > from && noise_behind.find(kept[to - 1]) != std::u32string_view::npos) --to;
    return utf8(std::u32string_view(kept).substr(from, to - from));
}

} // namespace dengji::reading
