#include "templates/name_list.h"

#include "pipeline/base/text.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::templates {

NameList NameList::load(const std::filesystem::path& file) {
    const auto table = load_code_table(file);
    const auto name = table.column("name");
    const auto also = std::find(table.columns.begin(), table.columns.end(), "also");
    NameList list;
    for (const auto& row : table.rows) {
        list.names_.emplace(comparable(row[name]), row[name]);
        if (also == table.columns.end()) continue;
        for (const auto& spelling : split(row[static_cast<std::size_t>(also - table.columns.begin())], ";"))
            if (!spelling.empty()) list.names_.emplace(comparable(spelling), row[name]);
    }
    return list;
}

std::optional<std::string> NameList::name_of(std::string_view text) const {
    const auto found = names_.find(comparable(text));
    return found == names_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace dengji::templates
