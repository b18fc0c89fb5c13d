#include "templates/form.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <map>

namespace dengji::templates {

const Field* Form::field(const std::string& key) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<Form> load_forms(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
         entry.increment(failed)) {
        const auto& path = entry->path();
        if (path.extension() == ".yaml" && path.filename().string().front() != '.') {
            files.push_back(path);
        }
    }
    if (failed) {
        throw Error(ErrorKind::data,
                    "the form definitions in " + folder.string() + " cannot be read: " + failed.message(),
                    "Check that the folder exists and may be read; it belongs to the program.");
    }
    if (files.empty()) {
        throw Error(ErrorKind::data, "no form definition (*.yaml) in " + folder.string(),
                    "Put at least one form definition there; registration-2020.yaml comes with the program.");
    }
    std::sort(files.begin(), files.end());

    std::vector<Form> forms;
    std::map<std::string, std::filesystem::path> file_of_id;
    for (const auto& file : files) {
        forms.push_back(load_form(file));
        const auto [first, is_new] = file_of_id.emplace(forms.back().id, file);
        if (!is_new) {
            throw Error(ErrorKind::data,
                        file.string() + ": the id '" + forms.back().id + "' is already used by " +
                            first->second.string(),
                        "Give each form definition an id of its own.");
        }
    }
    return forms;
}

} // namespace dengji::templates
