#pragma once
#include <string>
#include <string_view>

namespace dengji::reading {

/// A Chinese reading without what recognisers add: spaces between characters, and punctuation at both ends that no
/// field begins or ends with (specks and remains of ruling lines read as ， 。 | “). Closing brackets stay.
std::string clean_chinese(std::string_view text);

/// Whether a character is a Chinese one (CJK ideographs, all planes, and 〇).
bool is_chinese(char32_t character);

} // namespace dengji::reading
