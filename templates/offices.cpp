#include "templates/offices.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "templates/area_codes.h"
#include "templates/citizen_number.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::templates {
namespace {

/// 几江街道 -> 几江, 油溪镇 -> 油溪.
std::string short_town_name(std::string_view town) {
    for (const std::string_view last : {"街道", "镇", "乡"})
        if (town.size() > last.size() && town.ends_with(last))
            return std::string(town.substr(0, town.size() - last.size()));
    return std::string(town);
}

[[noreturn]] void refuse(const CodeTable& table, std::size_t row, const std::string& what) {
    throw Error(ErrorKind::data, table.file.string() + ", line " + std::to_string(table.lines[row]) + ": " + what,
                "Correct that line.");
}

} // namespace

Offices Offices::load(const std::filesystem::path& file, std::string_view county) {
    const auto table = load_code_table(file);
    const auto code = table.column("code"), name = table.column("name"), office = table.column("office");
    Offices offices;
    offices.county_ = short_place_name(comparable(county));
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        if (row[code].size() != 9 || !is_all_digits(row[code])) refuse(table, i, "a code has nine digits");
        if (row[name].empty() || row[office].empty()) refuse(table, i, "a town and its office have names");
        if (offices.with_code(row[code]) != nullptr) refuse(table, i, "the code " + row[code] + " occurs twice");
        if (offices.named(row[name]) != nullptr) refuse(table, i, "the town " + row[name] + " occurs twice");
        offices.offices_.push_back({row[code], row[name], row[office]});
    }
    if (offices.offices_.empty())
        throw Error(ErrorKind::data, file.string() + " names no office", "Add a line for each street and town.");
    return offices;
}

const Office* Offices::with_code(std::string_view code) const {
    const auto found =
        std::find_if(offices_.begin(), offices_.end(), [&](const Office& office) { return office.code == code; });
    return found == offices_.end() ? nullptr : &*found;
}

const Office* Offices::named(std::string_view text) const {
    const std::string_view word = trimmed(text);
    const auto found = std::find_if(offices_.begin(), offices_.end(), [&](const Office& office) {
        return word == office.code || word == office.town || word == office.name ||
               word == short_town_name(office.town);
    });
    return found == offices_.end() ? nullptr : &*found;
}

const Office* Offices::of(const Address& address) const {
    const std::string county = short_place_name(comparable(address.county)), detail = comparable(address.detail);
    if (!county.empty() && county != county_) return nullptr;
    const auto begins = [&](const std::string& word) { return detail.starts_with(word); };
    for (const Office& office : offices_)
        if (begins(office.town)) return &office;
    if (county.empty()) return nullptr;
    // Further in only by the whole name: 中山路 and 先锋村 are no towns.
    for (const Office& office : offices_)
        if (detail.find(office.town) != std::string::npos) return &office;
    for (const Office& office : offices_)
        if (const auto word = short_town_name(office.town);
            begins(word) && !begins(word + "路") && !begins(word + "街") && !begins(word + "村"))
            return &office;
    return nullptr;
}

} // namespace dengji::templates
