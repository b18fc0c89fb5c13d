#pragma once
#include <string>

namespace dengji::certificate {

/// A colour profile (ICC, version 2) of sRGB, made from its definition (IEC 61966-2-1): what a file for archives has to
/// carry, so that its colours mean something.
std::string srgb_profile();

} // namespace dengji::certificate
