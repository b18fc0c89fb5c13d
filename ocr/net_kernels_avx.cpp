#define DENGJI_LANES 8
#include "ocr/net_kernels_impl.h"

namespace dengji::ocr {

extern const NetKernels net_kernels_avx;
const NetKernels net_kernels_avx{"avx", lanes, multiply, convolve, softmax, swish};

} // namespace dengji::ocr
