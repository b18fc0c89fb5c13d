#include "tests/layers/source_tree.h"

#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::layers {

std::vector<SourceFile> source_tree(const std::filesystem::path& root) {
    namespace fs = std::filesystem;
    std::vector<SourceFile> files;
    for (const auto* folder : {"pipeline", "exporters", "ocr", "templates", "samples", "tests"}) {
        if (!fs::exists(root / folder)) continue;
        for (fs::recursive_directory_iterator entry(root / folder), end; entry != end; ++entry) {
            const auto& path = entry->path();
            if (entry->is_directory() && path.filename() == "node_modules") entry.disable_recursion_pending();
            if (!entry->is_regular_file() || (path.extension() != ".h" && path.extension() != ".cpp")) continue;
            files.push_back({path.lexically_relative(root).generic_string(), read_file(path)});
        }
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

std::vector<std::string> lines_of(const std::string& content) {
    auto lines = split(content, "\n");
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

bool lies_in(const std::string& path, const std::string& folder) {
    return path.rfind(folder + "/", 0) == 0;
}

} // namespace dengji::layers
