#define DENGJI_LANES 4
#include "ocr/net_kernels_impl.h"

namespace dengji::ocr {

extern const NetKernels net_kernels_plain;
const NetKernels net_kernels_plain{"plain", lanes, multiply, convolve, softmax, swish};

} // namespace dengji::ocr
