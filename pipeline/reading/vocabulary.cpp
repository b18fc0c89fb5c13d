#include "pipeline/reading/vocabulary.h"

#include "pipeline/base/text.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::reading {

Vocabulary::Vocabulary(std::vector<std::string> entries, Coverage coverage, std::vector<std::string> usual)
    : entries_(std::move(entries)), usual_(std::move(usual)), coverage_(coverage) {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
    for (const std::string& entry : entries_) characters_.push_back(characters(entry));
}

bool Vocabulary::contains(std::string_view text) const {
    return std::binary_search(entries_.begin(), entries_.end(), text, std::less<>());
}

std::optional<NearestEntry> Vocabulary::nearest(std::string_view text, const CanWrite& can_write) const {
    const std::vector<std::string> wanted = characters(text);
    std::optional<NearestEntry> best;
    double second = 1e9;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const double distance = edits_by_beginning(wanted, characters_[i], can_write).back();
        if (!best || distance < best->distance) {
            if (best) second = best->distance;
            best = NearestEntry{entries_[i], distance, 0};
        } else {
            second = std::min(second, distance);
        }
    }
    if (best) best->margin = second - best->distance;
    return best;
}

Vocabularies load_vocabularies(const std::filesystem::path& folder) {
    // What people work as, and where they live, knows no end; of the counties only those near are listed.
    const auto coverage_of = [](const std::string& content) {
        if (content == "occupation" || content == "place.county" || content == "place.village" ||
            content == "place.road")
            return Coverage::part;
        if (content == "place.city" || content == "health") return Coverage::most;
        return Coverage::all;
    };
    Vocabularies found;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".csv") continue;
        const templates::CodeTable table = templates::load_code_table(file.path());
        const std::size_t name = table.column("name");
        const auto also = std::find(table.columns.begin(), table.columns.end(), "also");
        std::vector<std::string> entries, usual;
        for (const auto& row : table.rows) {
            entries.push_back(row[name]);
            if (also == table.columns.end()) continue;
            for (const std::string& spelling : split(row[static_cast<std::size_t>(also - table.columns.begin())], ";"))
                if (!spelling.empty()) entries.push_back(spelling);
            if (usual.empty()) usual = entries;
        }
        const std::string content = file.path().stem().string();
        found.emplace(content, Vocabulary(std::move(entries), coverage_of(content), std::move(usual)));
    }
    return found;
}

} // namespace dengji::reading
