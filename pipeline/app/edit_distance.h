#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

namespace dengji::app {

/// Least number of insertions, deletions and replacements that turn `a` into `b`.
template <class Sequence>
std::size_t edit_distance(const Sequence& a, const Sequence& b) {
    std::vector<std::size_t> above(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = above[0];
        above[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = above[j];
            above[j] = std::min({above[j] + 1, above[j - 1] + 1, replaced});
        }
    }
    return above[b.size()];
}

} // namespace dengji::app
