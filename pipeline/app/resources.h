#pragma once
#include "templates/form.h"

#include <filesystem>
#include <vector>

namespace dengji::app {

/// The folder of the form definitions: `wanted` if given, else the one that came with the program.
std::filesystem::path forms_folder(const std::filesystem::path& wanted);

/// The form definitions from there. Throws Error(data) when there are none or one is broken.
std::vector<templates::Form> load_known_forms(const std::filesystem::path& wanted);

} // namespace dengji::app
