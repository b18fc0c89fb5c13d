#pragma once
#include <filesystem>
#include <vector>

namespace dengji {

/// The folder that holds what the program ships beside itself: templates/forms, templates/codes and so on.
/// $DENGJI_HOME when it is set; else the first that fits among the folders upwards from the executable, the source
/// folder that it was built from, /usr/share/dengji. Throws Error(data) when there is none.
std::filesystem::path data_folder();

/// `inner` (e.g. "templates/forms") in it. Throws Error(data) when that is not there.
std::filesystem::path data_path(const std::filesystem::path& inner);

/// The rule behind data_folder(), for tests: `home` may be empty, `executable` is a file.
std::filesystem::path find_data_folder(const std::filesystem::path& home, const std::filesystem::path& executable,
                                       const std::vector<std::filesystem::path>& fallbacks);

} // namespace dengji
