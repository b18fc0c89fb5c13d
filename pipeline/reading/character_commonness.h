#pragma once

namespace dengji::reading {

/// How common a Chinese character is in what people write today: 1 for GB 2312 level 1 (3,755 characters), 0.1 for
/// level 2 (3,008), 0.004 for all others (rare and traditional ones). 0 for what is no Chinese character.
double commonness(char32_t character);

} // namespace dengji::reading
