#pragma once
#include <string>
#include <vector>

namespace dengji::app {

/// The one of `words` that `typed` was most likely meant to be; empty when none is near.
std::string nearest_word(const std::string& typed, const std::vector<std::string>& words);

} // namespace dengji::app
