#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dengji::templates {

/// The names of a code table (columns name and also), whatever of its spellings people use.
class NameList {
public:
    NameList() = default;
    /// Reads a table whose column `name` holds the names and `also`, if there is one, other spellings split by ';'.
    /// Throws Error(data) as load_code_table() does.
    static NameList load(const std::filesystem::path& file);

    /// The name that `text` stands for; nullopt when it is none of the list.
    std::optional<std::string> name_of(std::string_view text) const;

private:
    std::map<std::string, std::string, std::less<>> names_; ///< comparable spelling -> name
};

} // namespace dengji::templates
