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

/// How much of what a field says stands in its list.
enum class Coverage {
    part, ///< the list only speaks for what is in it
    most, ///< something else is seldom, and for a person to look at
    all   ///< whatever is not in the list is wrong or unreadable
};

/// A list of what a field may say, in every spelling that people use.
class Vocabulary {
public:
    /// `usual`: entries that are met far more often than the others here.
    Vocabulary(std::vector<std::string> entries, Coverage coverage, std::vector<std::string> usual = {});

    bool contains(std::string_view text) const;
    Coverage coverage() const noexcept { return coverage_; }
    bool closed() const noexcept { return coverage_ == Coverage::all; }
    const std::vector<std::string>& usual() const noexcept { return usual_; }
    const std::vector<std::string>& entries() const noexcept { return entries_; }

    /// By edits_by_beginning, over the whole text. nullopt for an empty list.
    std::optional<NearestEntry> nearest(std::string_view text, const CanWrite& can_write) const;

private:
    std::vector<std::string> entries_; ///< sorted, no doubles
    std::vector<std::vector<std::string>> characters_;
    std::vector<std::string> usual_;
    Coverage coverage_;
};

/// All vocabularies by the content of the fields that they belong to ("sex", "place.county", "occupation").
using Vocabularies = std::map<std::string, Vocabulary>;

/// Reads templates/codes: the file's name is the content, its columns are name and also, its first row is
/// the usual case. Throws Error(data).
Vocabularies load_vocabularies(const std::filesystem::path& folder);

} // namespace dengji::reading
