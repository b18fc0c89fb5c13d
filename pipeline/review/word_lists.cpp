#include "pipeline/review/word_lists.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/base/text.h"
#include "templates/code_table.h"

#include <algorithm>
#include <filesystem>

namespace dengji::review {
namespace {

std::vector<std::string> words_of(const templates::CodeTable& table) {
    std::vector<std::string> words;
    const auto add = [&](const std::string& word) {
        if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    };
    const auto name = table.column("name");
    for (const auto& row : table.rows) add(row[name]);
    const auto also = std::find(table.columns.begin(), table.columns.end(), "also");
    if (also == table.columns.end()) return words;
    const auto place = static_cast<std::size_t>(also - table.columns.begin());
    for (const auto& row : table.rows)
        for (const auto& spelling : split(row[place], ";")) add(spelling);
    return words;
}

} // namespace

std::map<std::string, std::vector<std::string>> word_lists(const templates::Form& form) {
    std::map<std::string, std::vector<std::string>> lists;
    for (const auto& field : form.fields) {
        const auto file = data_path("templates/codes") / (field.content + ".csv");
        if (field.content.empty() || lists.contains(field.content) || !std::filesystem::is_regular_file(file)) continue;
        lists.emplace(field.content, words_of(templates::load_code_table(file)));
    }
    return lists;
}

} // namespace dengji::review
