#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::templates {

/// A table of codes or words under templates/codes: a first line of column names, then one row a line.
struct CodeTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; ///< each as long as columns
    std::vector<std::size_t> lines;             ///< of each row, the line of the file where it stands, from 1

    /// Index of a column. Throws Error(data) when there is none of that name.
    std::size_t column(const std::string& name) const;

    std::filesystem::path file;
};

/// Reads comma-separated UTF-8. Empty lines and lines that begin with # are left out; fields hold no commas and no
/// quotes. Throws Error(data) that names file, line and what was expected there.
CodeTable load_code_table(const std::filesystem::path& file);

} // namespace dengji::templates
