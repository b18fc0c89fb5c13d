#include "templates/area_codes.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "templates/citizen_number.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::templates {
namespace {

bool drop_end(std::string& name, std::string_view ending) {
    if (!name.ends_with(ending) || code_points(name).size() < code_points(ending).size() + 2) return false;
    name.erase(name.size() - ending.size());
    return true;
}

} // namespace

std::string short_place_name(std::string_view place) {
    std::string name(trimmed(place));
    for (const std::string_view ending :
         {"自治区", "自治县", "自治州", "特别行政区", "地区", "省", "市", "区", "县", "州", "盟", "旗"}) {
        if (drop_end(name, ending)) break;
    }
    return name;
}

AreaCodes AreaCodes::load(const std::filesystem::path& file) {
    const auto table = load_code_table(file);
    const auto code = table.column("code"), name = table.column("name");
    AreaCodes areas;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        if (row[code].size() != 6 || !is_all_digits(row[code]))
            throw Error(ErrorKind::data,
                        file.string() + ", line " + std::to_string(table.lines[i]) + ": '" + row[code] +
                            "' is not an area code of six digits",
                        "Correct that row of the table.");
        areas.names_.emplace(row[code], row[name]);
        if (row[code].ends_with("0000")) areas.provinces_.emplace(short_place_name(row[name]), row[code].substr(0, 2));
    }
    return areas;
}

bool AreaCodes::knows(std::string_view code) const {
    return code == "810000" || code == "820000" || code == "830000" || names_.find(code) != names_.end();
}

bool AreaCodes::county_in(std::string_view province, std::string_view city, std::string_view county) const {
    const auto found = provinces_.find(short_place_name(province));
    if (found == provinces_.end()) return true;
    const auto wanted_county = short_place_name(county), wanted_city = short_place_name(city);
    const auto lies_in_city = [&](const std::string& code) {
        const auto row = names_.find(code.substr(0, 4) + "00");
        if (wanted_city.empty() || row == names_.end()) return true; // the lists do not say where former cities lay
        // Counties of municipalities lie under 市辖区 and 县, those that a province leads itself under words like
        // these.
        const bool directly =
            row->second == "市辖区" || row->second == "县" || row->second.find("直辖") != std::string::npos;
        return directly || short_place_name(row->second) == wanted_city;
    };
    for (auto row = names_.lower_bound(found->second); row != names_.end(); ++row) {
        if (!row->first.starts_with(found->second)) break;
        if (!row->first.ends_with("0000") && row->second.starts_with(wanted_county) && lies_in_city(row->first))
            return true;
    }
    return false;
}

} // namespace dengji::templates
