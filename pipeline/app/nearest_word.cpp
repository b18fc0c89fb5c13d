#include "pipeline/app/nearest_word.h"

#include "pipeline/app/edit_distance.h"

namespace dengji::app {

std::string nearest_word(const std::string& typed, const std::vector<std::string>& words) {
    std::string nearest;
    std::size_t best = typed.size() / 2 + 1;
    for (const auto& word : words) {
        // What begins alike is near however much is missing.
        const bool shortened = typed.size() >= 2 && word.starts_with(typed);
        const auto distance = shortened ? 0 : edit_distance(typed, word);
        if (distance < best) {
            best = distance;
            nearest = word;
        }
    }
    return nearest;
}

} // namespace dengji::app
