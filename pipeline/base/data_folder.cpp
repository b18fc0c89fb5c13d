#include "pipeline/base/data_folder.h"

#include "pipeline/base/error.h"

#include <cstdlib>
#include <dengji_project.h>

namespace dengji {
namespace {

namespace fs = std::filesystem;

bool fits(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "templates" / "forms", ignored);
}

} // namespace

fs::path find_data_folder(const fs::path& home, const fs::path& executable, const std::vector<fs::path>& fallbacks) {
    if (!home.empty()) {
        if (fits(home)) return home;
        throw Error(ErrorKind::data, "DENGJI_HOME is " + home.string() + ", but there is no templates/forms in it",
                    "Set DENGJI_HOME to the folder of Dengji, or unset it.");
    }
    for (fs::path folder = executable.parent_path(); !folder.empty(); folder = folder.parent_path()) {
        if (fits(folder)) return folder;
        if (folder == folder.parent_path()) break;
    }
    for (const auto& folder : fallbacks) {
        if (fits(folder)) return folder;
    }
    throw Error(ErrorKind::data, "the program's own data (templates/forms) is not found",
                "Set the environment variable DENGJI_HOME to the folder of Dengji.");
}

fs::path data_folder() {
    const char* home = std::getenv("DENGJI_HOME");
    std::error_code ignored;
    const auto executable = fs::read_symlink("/proc/self/exe", ignored);
    return find_data_folder(home == nullptr ? "" : home, executable, {DENGJI_SOURCE_DIR, "/usr/share/dengji"});
}

fs::path data_path(const fs::path& inner) {
    auto path = data_folder() / inner;
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        throw Error(ErrorKind::data, path.string() + " is missing; it belongs to the program",
                    "Fetch Dengji again, or set DENGJI_HOME to a complete folder of it.");
    }
    return path;
}

} // namespace dengji
