#define DENGJI_LANES 16
#include "ocr/net_kernels_impl.h"

namespace dengji::ocr {

extern const NetKernels net_kernels_avx512;
const NetKernels net_kernels_avx512{"avx512", lanes, multiply, convolve, softmax, swish};

} // namespace dengji::ocr
