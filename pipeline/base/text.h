#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

// Text is UTF-8 everywhere. "Character" means code point: what readings, names and options are made of.

/// No overlong forms, no surrogates, nothing above U+10FFFF.
bool is_valid_utf8(std::string_view text) noexcept;

/// The characters of a text. Each byte that is no part of a valid character becomes U+FFFD.
std::u32string code_points(std::string_view text);
/// Back to UTF-8; what is no character (surrogates, above U+10FFFF) becomes U+FFFD.
std::string utf8(std::u32string_view characters);
std::string utf8(char32_t character);
/// Each character as a text of its own.
std::vector<std::string> characters(std::string_view text);

/// For comparing only, never for storing (it turns ① into 1 and changes rare forms of characters in names): Unicode
/// NFKC, letters folded to small ones, white space and invisible characters left out, middle dots and the zero 〇 each
/// in one form.
std::string comparable(std::string_view text);

/// White space at both ends left out: ASCII, ideographic and no-break spaces, zero-width characters.
std::string_view trimmed(std::string_view text) noexcept;

/// Full-width digits, Latin letters and the hyphens around numbers made plain ("５０Ｘ－１" is "50X-1"); nothing else
/// changes.
std::string with_plain_digits(std::string_view text);

/// The pieces between separators, empty ones too: split("a,,b", ",") has three. `separator` is not empty.
std::vector<std::string> split(std::string_view text, std::string_view separator);
std::string joined(const std::vector<std::string>& pieces, std::string_view separator);

} // namespace dengji
