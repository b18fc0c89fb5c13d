#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace dengji::templates {

/// The area codes of GB/T 2260 in force and those that were: a number keeps the code that its holder was given.
/// Lists grow old: what is not in them is a question, never a fault.
class AreaCodes {
public:
    /// Reads templates/codes/area.csv (columns code, name, last). Throws Error(data) naming file and line.
    static AreaCodes load(const std::filesystem::path& file);

    /// Whether a number may begin with these six digits, by any list. The residence cards of people from Hong Kong,
    /// Macao and Taiwan begin with 810000, 820000 and 830000.
    bool knows(std::string_view code) const;

    /// Whether a county or city-level place of that name lies, or lay, in that city of that province. Names may lack
    /// their last words (江津 for 江津区, 石柱县 for 石柱土家族自治县); `city` may be empty. True as well when the
    /// province itself is not known.
    bool county_in(std::string_view province, std::string_view city, std::string_view county) const;

private:
    std::map<std::string, std::string, std::less<>> names_;     ///< code -> name
    std::map<std::string, std::string, std::less<>> provinces_; ///< short name -> first two digits
};

/// A place's name without its last word: 江津区 -> 江津, 重庆市 -> 重庆, 石柱土家族自治县 -> 石柱土家族; never less
/// than two characters.
std::string short_place_name(std::string_view name);

} // namespace dengji::templates
