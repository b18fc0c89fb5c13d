#pragma once
#include <algorithm>
#include <cmath>
#include <vector>

namespace dengji::ocr {

/// The value that a share (0..1) of the values lies below, between two of them joined straight. `values` is not empty.
inline double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

} // namespace dengji::ocr
