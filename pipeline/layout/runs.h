#pragma once
#include <cstdint>
#include <vector>

namespace dengji::layout {

/// A stretch of true values, half open.
struct Run {
    int begin = 0, end = 0;
    int length() const { return end - begin; }
};

/// All stretches of non-zero values.
inline std::vector<Run> runs_of(const std::vector<std::uint8_t>& mask) {
    std::vector<Run> runs;
    const int n = static_cast<int>(mask.size());
    for (int i = 0; i < n; ++i) {
        if (!mask[static_cast<std::size_t>(i)]) continue;
        const int begin = i;
        while (i < n && mask[static_cast<std::size_t>(i)]) ++i;
        runs.push_back({begin, i});
    }
    return runs;
}

} // namespace dengji::layout
