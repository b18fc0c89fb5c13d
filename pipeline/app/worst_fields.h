#pragma once
#include "pipeline/app/scoring.h"

#include <filesystem>

namespace dengji::app {

/// Writes a picture of the `most` worst readings, the crop beside what was read and what should have been: those that
/// nobody would have looked at first, then the surest of the others. Throws Error(space).
void write_worst(std::vector<WrongField> wrong, int most, const std::filesystem::path& picture);

} // namespace dengji::app
