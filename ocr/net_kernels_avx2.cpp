#define DENGJI_LANES 8
#include "ocr/net_kernels_impl.h"

namespace dengji::ocr {

extern const NetKernels net_kernels_avx2;
const NetKernels net_kernels_avx2{"avx2", lanes, multiply, convolve, softmax, swish};

} // namespace dengji::ocr
