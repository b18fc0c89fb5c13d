#pragma once
#include <string>
#include <string_view>

namespace dengji::rows {

/// The number with its middle hidden: 15 characters and more keep 6 and 4 (510225********1234), 10 and more 3 and 4
/// (138****5678), 5 and more the last 2, shorter ones nothing.
std::string masked_number(std::string_view number);

/// A text with every run of 7 digits and more masked (an X at its end, of an identity number, belongs to it).
std::string masked_runs(std::string_view text);

} // namespace dengji::rows
