#include "pipeline/app/resources.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"

namespace dengji::app {

namespace fs = std::filesystem;

fs::path forms_folder(const fs::path& wanted) {
    return wanted.empty() ? data_path("templates/forms") : wanted;
}

std::vector<templates::Form> load_known_forms(const fs::path& wanted) {
    const auto folder = forms_folder(wanted);
    std::error_code failed;
    if (!fs::is_directory(folder, failed))
        throw Error(ErrorKind::data, "the folder of form definitions '" + folder.string() + "' does not exist",
                    "Give the right folder with --forms, or fetch the project again.");
    auto forms = templates::load_forms(folder);
    if (forms.empty())
        throw Error(ErrorKind::data, "there are no form definitions (*.yaml) in '" + folder.string() + "'",
                    "Give the right folder with --forms, or fetch the project again.");
    return forms;
}

} // namespace dengji::app
