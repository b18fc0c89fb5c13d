#include "pipeline/base/text.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace dengji {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Takes one character off the front; false when the front is not valid (one byte is taken then).
bool take(std::string_view& text, char32_t& character) noexcept {
    const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char lead = byte(0);
    std::size_t length = 1;
    char32_t value = lead;
    char32_t least = 0;
    if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4, value = lead & 0x07u, least = 0x10000;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        length = 3, value = lead & 0x0Fu, least = 0x800;
    } else if (lead >= 0xC2 && lead < 0xE0) {
        length = 2, value = lead & 0x1Fu, least = 0x80;
    }
    bool valid = (length > 1 || lead < 0x80) && text.size() >= length;
    for (std::size_t i = 1; valid && i < length; ++i) {
        valid = (byte(i) & 0xC0u) == 0x80u;
        value = (value << 6) | (byte(i) & 0x3Fu);
    }
    valid = valid && value >= least && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    character = valid ? value : replacement;
    text.remove_prefix(valid ? length : 1);
    return valid;
}

bool is_blank(char32_t character) noexcept {
    switch (character) {
    case U' ':
    case U'\t':
    case U'\n':
    case U'\v':
    case U'\f':
    case U'\r':
    case 0x00A0: // no-break space
    case 0x200B: // zero-width space, non-joiner, joiner
    case 0x200C:
    case 0x200D:
    case 0x202F: // narrow no-break space
    case 0x2060: // word joiner
    case 0x3000: // ideographic space
    case 0xFEFF: // byte order mark
        return true;
    default: return character >= 0x2000 && character <= 0x200A;
    }
}

bool is_middle_dot(char32_t character) noexcept {
    return character == 0x00B7 || character == 0x2022 || character == 0x2027 || character == 0x2219 ||
           character == 0x22C5 || character == 0x30FB || character == 0xFF65;
}

/// NFKC with letters folded to small ones.
std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
    icu::UnicodeString result;
    if (U_SUCCESS(status)) result = nfkc->normalize(icu::UnicodeString::fromUTF8(utf8(code_points(text))), status);
    if (U_FAILURE(status)) {
        throw Error(ErrorKind::internal, std::string("ICU cannot normalise text: ") + u_errorName(status),
                    "Check that ICU's data (libicu) is installed completely.");
    }
    std::string plain;
    return result.toUTF8String(plain);
}

} // namespace

bool is_valid_utf8(std::string_view text) noexcept {
    char32_t character = 0;
    while (!text.empty()) {
        if (!take(text, character)) return false;
    }
    return true;
}

std::u32string code_points(std::string_view text) {
    std::u32string found;
    found.reserve(text.size());
    char32_t character = 0;
    while (!text.empty()) {
        take(text, character);
        found.push_back(character);
    }
    return found;
}

std::string utf8(char32_t character) {
    return utf8(std::u32string_view(&character, 1));
}

std::string utf8(std::u32string_view characters) {
    std::string text;
    text.reserve(characters.size() * 3);
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    for (char32_t character : characters) {
        if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF)) character = replacement;
        if (character < 0x80) {
            put(character);
        } else if (character < 0x800) {
            put(0xC0 | (character >> 6));
            put(0x80 | (character & 0x3F));
        } else if (character < 0x10000) {
            put(0xE0 | (character >> 12));
            put(0x80 | ((character >> 6) & 0x3F));
            put(0x80 | (character & 0x3F));
        } else {
            put(0xF0 | (character >> 18));
            put(0x80 | ((character >> 12) & 0x3F));
            put(0x80 | ((character >> 6) & 0x3F));
            put(0x80 | (character & 0x3F));
        }
    }
    return text;
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> found;
    for (const char32_t character : code_points(text)) found.push_back(utf8(character));
    return found;
}

std::string comparable(std::string_view text) {
    std::u32string kept;
    for (const char32_t character : code_points(folded(text))) {
        if (is_blank(character)) continue;
        if (is_middle_dot(character)) {
            kept.push_back(0x00B7);
        } else {
            kept.push_back(character == U'○' || character == U'◯' ? U'〇' : character);
        }
    }
    // Once more, because what a blank kept apart may now be composed.
    return folded(utf8(kept));
}

std::string_view trimmed(std::string_view text) noexcept {
    std::string_view rest = text;
    std::size_t begin = text.size();
    std::size_t end = 0;
    while (!rest.empty()) {
        const auto at = text.size() - rest.size();
        char32_t character = 0;
        take(rest, character);
        if (is_blank(character)) continue;
        begin = std::min(begin, at);
        end = text.size() - rest.size();
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string with_plain_digits(std::string_view text) {
    auto found = code_points(text);
    for (auto& character : found) {
        const bool digit = character >= U'０' && character <= U'９';
        const bool letter = (character >= U'Ａ' && character <= U'Ｚ') || (character >= U'ａ' && character <= U'ｚ');
        if (digit || letter || character == U'－') character -= 0xFEE0;
    }
    return utf8(found);
}

std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    for (auto end = text.find(separator); end != std::string_view::npos; end = text.find(separator, begin)) {
        pieces.emplace_back(text.substr(begin, end - begin));
        begin = end + separator.size();
    }
    pieces.emplace_back(text.substr(begin));
    return pieces;
}

std::string joined(const std::vector<std::string>& pieces, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (i > 0) text += separator;
        text += pieces[i];
    }
    return text;
}

} // namespace dengji
