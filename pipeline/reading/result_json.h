#pragma once
#include "pipeline/reading/result.h"

#include <string>

namespace dengji::reading {

/// The line that `dengji read` prints for a page (without the line break): see README, "Formats".
std::string to_json(const PageResult& result);

} // namespace dengji::reading
