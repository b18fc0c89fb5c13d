#pragma once
#include "pipeline/reading/verdict.h"

#include <string>

namespace dengji::reading {

/// Judges the signs of an address: letters among its numbers, slashes and figures mixed with 一 are digits misread (60
/// as CO, 51 as 5/, 177 as 1一). Changes nothing.
Verdict check_address(const std::string& text);

} // namespace dengji::reading
