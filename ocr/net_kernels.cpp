#include "ocr/net_kernels.h"

#include "ocr/net_panels.h"

#include <algorithm>

namespace dengji::ocr {

extern const NetKernels net_kernels_plain;
#if defined(__x86_64__)
extern const NetKernels net_kernels_avx, net_kernels_avx2, net_kernels_avx512;
#endif

PackedMatrix NetKernels::pack(const float* values, const float* row_of_shifts, int rows, int columns) const {
    PackedMatrix packed{rows, columns, {}, {}};
    const int vectors = (columns + lanes - 1) / lanes;
    packed.shifts.assign(static_cast<std::size_t>(vectors * lanes), 0);
    std::copy_n(row_of_shifts, columns, packed.shifts.begin());
    packed.values.reserve(packed.shifts.size() * static_cast<std::size_t>(rows));
    for (int vector = 0; vector < vectors; vector += panel_width(vectors - vector)) {
        const int from = vector * lanes, to = from + panel_width(vectors - vector) * lanes;
        for (int row = 0; row < rows; ++row)
            for (int column = from; column < to; ++column)
                packed.values.push_back(column < columns ? values[row * columns + column] : 0);
    }
    return packed;
}

const std::vector<const NetKernels*>& net_kernels() {
    static const auto found = [] {
        std::vector<const NetKernels*> all;
#if defined(__x86_64__)
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f")) all.push_back(&net_kernels_avx512);
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) all.push_back(&net_kernels_avx2);
        if (__builtin_cpu_supports("avx")) all.push_back(&net_kernels_avx);
#endif
        all.push_back(&net_kernels_plain);
        return all;
    }();
    return found;
}

} // namespace dengji::ocr
