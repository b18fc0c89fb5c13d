#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji::rows {

/// A text that a spreadsheet shows as it stands: with a leading apostrophe where it would run it as a formula (= + - @
/// and their full-width forms, TAB, CR, LF at the beginning) or would change its digits (more than 11 of them, or a
/// leading zero).
std::string neutralised(std::string_view text);

/// One record of RFC 4180, CRLF included. The cells are neutralised already.
std::string csv_record(const std::vector<std::string>& cells);

} // namespace dengji::rows
