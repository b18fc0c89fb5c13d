#include "templates/code_table.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <algorithm>
#include <set>

namespace dengji::templates {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& file, std::size_t line, const std::string& what) {
    throw Error(ErrorKind::data, file.string() + ", line " + std::to_string(line) + ": " + what,
                "Correct that line; every row has as many fields as the first line has column names.");
}

} // namespace

std::size_t CodeTable::column(const std::string& name) const {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found == columns.end())
        throw Error(ErrorKind::data, file.string() + " has no column '" + name + "'",
                    "Add the column to its first line.");
    return static_cast<std::size_t>(found - columns.begin());
}

CodeTable load_code_table(const std::filesystem::path& file) {
    std::string text;
    try {
        text = read_file(file);
    } catch (const Error& error) {
        throw Error(ErrorKind::data, error.message(), "This table belongs to the program: fetch Dengji again.");
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);

    CodeTable table;
    table.file = file;
    std::size_t number = 0;
    for (std::string line : split(text, "\n")) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        if (trimmed(line).empty() || line.front() == '#') continue;
        if (!is_valid_utf8(line)) refuse(file, number, "not valid UTF-8");
        if (line.find('"') != std::string::npos) refuse(file, number, "quotes are not used in these tables");
        std::vector<std::string> fields = split(line, ",");
        for (std::string& field : fields) field = std::string(trimmed(field));
        if (table.columns.empty()) {
            if (std::set<std::string>(fields.begin(), fields.end()).size() != fields.size())
                refuse(file, number, "a column name occurs twice");
            table.columns = std::move(fields);
            continue;
        }
        if (fields.size() != table.columns.size())
            refuse(file, number,
                   "expected " + std::to_string(table.columns.size()) + " fields, found " +
                       std::to_string(fields.size()));
        table.rows.push_back(std::move(fields));
        table.lines.push_back(number);
    }
    if (table.columns.empty()) refuse(file, number, "expected a line of column names");
    return table;
}

} // namespace dengji::templates
