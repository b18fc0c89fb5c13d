#include "pipeline/reading/character_classes.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/reading/character_commonness.h"
#include "templates/code_table.h"

#include <algorithm>
#include <charconv>

namespace dengji::reading {

namespace {

char32_t only_character(const std::string& field, const std::filesystem::path& file) {
    const std::u32string found = code_points(field);
    if (found.size() != 1)
        throw Error(ErrorKind::data, file.string() + ": '" + field + "' is not one character",
                    "Each row names one character read and one meant.");
    return found.front();
}

} // namespace

std::vector<Confusion> load_confusions(const std::filesystem::path& file) {
    const templates::CodeTable table = templates::load_code_table(file);
    const std::size_t read = table.column("read"), meant = table.column("meant"), share = table.column("share");
    std::vector<Confusion> found;
    for (const auto& row : table.rows) {
        Confusion confusion{only_character(row[read], file), only_character(row[meant], file), 0};
        const std::string& number = row[share];
        const auto end = std::from_chars(number.data(), number.data() + number.size(), confusion.share);
        if (end.ec != std::errc() || confusion.share <= 0 || confusion.share > 1)
            throw Error(ErrorKind::data, file.string() + ": '" + number + "' is not a share",
                        "A share is a number above 0 and up to 1.");
        found.push_back(confusion);
    }
    return found;
}

CharacterClasses::CharacterClasses(const std::vector<std::string>& by_class, const std::vector<Confusion>& confusions)
    : sources_(by_class.size()), targets_(by_class.size()) {
    for (const std::string& text : by_class) {
        const std::u32string points = code_points(text);
        const char32_t character = points.size() == 1 ? points.front() : 0;
        characters_.push_back(character);
        commonness_.push_back(commonness(character));
        if (character == 0) continue;
        if (character >= class_of_.size()) class_of_.resize(character + 1, none);
        class_of_[character] = static_cast<int>(characters_.size()) - 1;
    }
    for (const Confusion& confusion : confusions) {
        const int read = of(confusion.read), meant = of(confusion.meant);
        if (read == none || meant == none) continue;
        sources_[static_cast<std::size_t>(meant)].push_back({read, static_cast<float>(confusion.share)});
        targets_[static_cast<std::size_t>(read)].push_back(meant);
    }
}

int CharacterClasses::of(char32_t character) const noexcept {
    return character < class_of_.size() ? class_of_[character] : none;
}

} // namespace dengji::reading
