#pragma once
#include "pipeline/reading/text_distance.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dengji::reading {

/// A word of an address and how the text had it.
struct AddressWord {
    std::string word;       ///< as it should be; empty: none found
    std::size_t length = 0; ///< characters of the text that it stands for
    double distance = 0;    ///< edits between those characters and the word
    double margin = 0;      ///< how much farther the next word is
};

/// The towns of the county that the office serves, and the villages of each: what an address there begins with.
class AddressWords {
public:
    /// Reads place.town.csv, place.village.csv and place.road.csv of templates/codes. Throws Error(data).
    explicit AddressWords(const std::filesystem::path& codes);

    const std::vector<std::string>& towns() const noexcept { return towns_; }
    /// Of a town; empty when the town is not known.
    const std::vector<std::string>& villages(const std::string& town) const;

    /// Common names of roads; there are others.
    const std::vector<std::string>& roads() const noexcept { return roads_; }

    /// The word that the characters from `from` on begin with, if one of `words` is near enough: at most half of its
    /// characters differ. Characters that the recogniser cannot write (`can_write` says no) count less.
    static AddressWord at(const std::vector<std::string>& text, std::size_t from, const std::vector<std::string>& words,
                          const CanWrite& can_write);

private:
    std::vector<std::string> towns_, roads_;
    std::map<std::string, std::vector<std::string>> villages_;
};

} // namespace dengji::reading
