#include "pipeline/reading/near_areas.h"

#include "pipeline/base/error.h"
#include "templates/code_table.h"

#include <array>

namespace dengji::reading {
namespace {

// Most people come from the office's own area or from around it. The weights are small against clear ink.
constexpr double of_region = -1.5, of_country = -3.0, unlisted = -4.5, no_province = -8.0;

bool begins_like_province(std::string_view code) {
    constexpr std::array<std::string_view, 35> provinces{
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"};
    for (const std::string_view province : provinces)
        if (code.substr(0, 2) == province) return true;
    return false;
}

} // namespace

NearAreas NearAreas::load(const std::filesystem::path& folder) {
    NearAreas areas;
    const auto near = templates::load_code_table(folder / "areas" / "near.csv");
    const auto code = near.column("code"), where = near.column("near");
    for (const auto& row : near.rows) {
        if (row[where] != "office" && row[where] != "region")
            throw Error(ErrorKind::data, near.file.string() + ": near is " + row[where] + " for " + row[code],
                        "Write office or region there.");
        areas.near_[row[code]] = row[where] == "office" ? 0 : of_region;
    }
    if (std::filesystem::exists(folder / "codes" / "area.csv")) {
        const auto country = templates::load_code_table(folder / "codes" / "area.csv");
        const auto column = country.column("code");
        for (const auto& row : country.rows) areas.everywhere_.insert(row[column]);
    }
    return areas;
}

double NearAreas::log_weight(std::string_view six_digits) const {
    if (const auto found = near_.find(six_digits); found != near_.end()) return found->second;
    if (everywhere_.contains(six_digits)) return of_country;
    return begins_like_province(six_digits) ? unlisted : no_province;
}

} // namespace dengji::reading
