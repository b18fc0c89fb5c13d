#include "pipeline/reading/text_distance.h"

#include <algorithm>

namespace dengji::reading {

namespace {

constexpr double unwritable_cost = 0.4;

} // namespace

std::vector<double> edits_by_beginning(const std::vector<std::string>& text, const std::vector<std::string>& word,
                                       const CanWrite& can_write) {
    std::vector<double> row(text.size() + 1), above(text.size() + 1);
    for (std::size_t j = 0; j <= text.size(); ++j) above[j] = static_cast<double>(j);
    for (const std::string& character : word) {
        const double cost = can_write(character) ? 1 : unwritable_cost;
        row[0] = above[0] + cost;
        for (std::size_t j = 0; j < text.size(); ++j) {
            const double replaced = above[j] + (text[j] == character ? 0 : cost);
            row[j + 1] = std::min({replaced, above[j + 1] + cost, row[j] + 1});
        }
        std::swap(row, above);
    }
    return above;
}

} // namespace dengji::reading
