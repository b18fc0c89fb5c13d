#include "pipeline/reading/address_words.h"

#include "pipeline/base/text.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::reading {

AddressWords::AddressWords(const std::filesystem::path& codes) {
    const templates::CodeTable towns = templates::load_code_table(codes / "place.town.csv");
    for (const auto& row : towns.rows) towns_.push_back(row[towns.column("name")]);
    const templates::CodeTable roads = templates::load_code_table(codes / "place.road.csv");
    for (const auto& row : roads.rows) roads_.push_back(row[roads.column("name")]);
    const templates::CodeTable villages = templates::load_code_table(codes / "place.village.csv");
    for (const auto& row : villages.rows)
        villages_[row[villages.column("town")]].push_back(row[villages.column("name")]);
}

const std::vector<std::string>& AddressWords::villages(const std::string& town) const {
    static const std::vector<std::string> none;
    const auto found = villages_.find(town);
    return found == villages_.end() ? none : found->second;
}

AddressWord AddressWords::at(const std::vector<std::string>& text, std::size_t from,
                             const std::vector<std::string>& words, const CanWrite& can_write) {
    if (from >= text.size()) return {};
    const std::vector<std::string> rest(text.begin() + static_cast<std::ptrdiff_t>(from), text.end());
    AddressWord best;
    double second = 1e9;
    best.distance = 1e9;
    for (const std::string& word : words) {
        const std::vector<std::string> its = characters(word);
        const std::vector<double> edits = edits_by_beginning(rest, its, can_write);
        // Of equally good beginnings the one as long as the word: nothing lost, nothing added.
        std::size_t length = std::min(its.size(), rest.size());
        for (std::size_t n = 1; n < edits.size(); ++n)
            if (edits[n] < edits[length]) length = n;
        if (edits[length] < best.distance) {
            second = best.distance;
            best = {word, length, edits[length], 0};
        } else {
            second = std::min(second, edits[length]);
        }
    }
    if (best.word.empty() || best.distance > 0.5 * static_cast<double>(characters(best.word).size())) return {};
    best.margin = second - best.distance;
    return best;
}

} // namespace dengji::reading
