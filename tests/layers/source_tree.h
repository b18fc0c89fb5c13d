#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::layers {

/// A source file of the project; its path is written from the project's root, with slashes.
struct SourceFile {
    std::string path;
    std::string content;
};

/// What is wrong with one line of one file.
struct Violation {
    std::string path;
    int line = 0; ///< 1-based; 0 for the file as a whole
    std::string problem;

    std::string text() const { return path + ":" + std::to_string(line) + ": " + problem; }
};

/// All C++ files (.h, .cpp) of the folders of the house, sorted by path.
std::vector<SourceFile> source_tree(const std::filesystem::path& root);

/// The lines of a text, without their ends.
std::vector<std::string> lines_of(const std::string& content);

/// Whether `path` lies in `folder` ("pipeline/base/text.h" in "pipeline/base", not in "pipeline/bas").
bool lies_in(const std::string& path, const std::string& folder);

} // namespace dengji::layers
