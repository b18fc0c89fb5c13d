#pragma once
#include <functional>
#include <string>
#include <vector>

namespace dengji::reading {

/// Says whether a recogniser can write a character (UTF-8) at all.
using CanWrite = std::function<bool(const std::string&)>;

/// Edits from each beginning of `text` to the whole of `word`, both as characters: result[n] is for the first n
/// characters of `text`. An insertion, deletion or substitution counts 1; where `word` holds a character that the
/// recogniser cannot write, losing or replacing it counts only 0.4, for it never comes out right.
std::vector<double> edits_by_beginning(const std::vector<std::string>& text, const std::vector<std::string>& word,
                                       const CanWrite& can_write);

} // namespace dengji::reading
