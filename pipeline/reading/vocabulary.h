#pragma once
#include "pipeline/reading/text_distance.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::reading {

/// The entry of a vocabulary that is nearest to a text.
struct NearestEntry {
    std::string entry;
    double distance = 0; ///< edits from the text to the entry; see Vocabulary::nearest
    double margin = 0;   ///< how much farther the next entry is
};

/// A list of what a field may say, in every spelling that people use.
class Vocabulary {
public:
    /// `closed`: whatever is not in the list is wrong or unreadable; an open list only speaks for what is in it.
    Vocabulary(std::vector<std::string> entries, bool closed);

    bool contains(std::string_view text) const;
    bool closed() const noexcept { return closed_; }
    const std::vector<std::string>& entries() const noexcept { return entries_; }

    /// Insertions, deletions and substitutions of characters count 1 each; where the entry holds a character that the
    /// recogniser cannot write (`can_write` says no), missing or replacing it counts only 0.4. nullopt for an empty
    /// list.
    std::optional<NearestEntry> nearest(std::string_view text, const CanWrite& can_write) const;

private:
    std::vector<std::string> entries_; ///< sorted, no doubles
    std::vector<std::vector<std::string>> characters_;
    bool closed_;
};

/// All vocabularies by the content of the fields that they belong to ("sex", "place.county", "occupation").
using Vocabularies = std::map<std::string, Vocabulary>;

/// Reads templates/codes: the file's name is the content, its columns are name and also. Throws Error(data).
Vocabularies load_vocabularies(const std::filesystem::path& folder);

} // namespace dengji::reading
