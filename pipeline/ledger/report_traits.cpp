#include "pipeline/ledger/report_traits.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/situation.h"
#include "pipeline/ledger/stored_values.h"
#include "pipeline/rules/ages.h"
#include "templates/area_codes.h"
#include "templates/citizen_number.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using templates::ReportWords;
using templates::Trait;

constexpr std::array<std::string_view, report_field_count> keys = {"name",
                                                                   "sex",
                                                                   "health",
                                                                   "unemployed_since",
                                                                   "id_type",
                                                                   "id_number",
                                                                   "hukou_type",
                                                                   "education",
                                                                   "categories",
                                                                   "hukou_address.province",
                                                                   "hukou_address.county",
                                                                   "hukou_address.detail",
                                                                   "residence_address.county",
                                                                   "residence_address.detail",
                                                                   "unemployment_reason",
                                                                   "claims_benefit"};

bool has(const std::string& text, std::string_view word) {
    return text.find(word) != std::string::npos;
}

std::string sex_of(const ReportValues& values) {
    const auto& said = values.text(ReportField::sex);
    if (said == "男" || said == "女") return said;
    const auto male = templates::is_male(templates::normal_number(values.text(ReportField::id_number)));
    if (!male) return ReportWords::unknown;
    return *male ? "男" : "女";
}

std::string hukou_of(const ReportValues& values) {
    const auto& said = values.text(ReportField::hukou_type);
    if (has(said, "城镇")) return "城镇";
    return has(said, "农村") ? "农村" : ReportWords::unknown;
}

std::string place_of(const ReportValues& values, const templates::Report& report) {
    for (const auto* word : {"港", "澳", "台湾"})
        if (has(values.text(ReportField::id_type), word)) return "港澳台";
    const auto province = templates::short_place_name(comparable(values.text(ReportField::hukou_province)));
    const auto county = templates::short_place_name(comparable(values.text(ReportField::hukou_county)));
    for (const auto* word : {"香港", "澳门", "台湾"})
        if (province.starts_with(word)) return "港澳台";
    const bool here = province.empty() || province == templates::short_place_name(comparable(report.home_province));
    if (here && county == templates::short_place_name(comparable(report.home_county))) return "本区";
    if (province.empty()) return ReportWords::unknown;
    if (!here) return "市外";
    return county.empty() ? ReportWords::unknown : "市内其他区县";
}

std::string health_of(const ReportValues& values) {
    const auto& said = values.text(ReportField::health);
    if (trimmed(said).empty()) return ReportWords::unknown;
    if (!has(said, "残")) return "健康类";
    for (const auto& [word, level] :
         {std::pair{"一级", "残疾一级"}, {"二级", "残疾二级"}, {"三级", "残疾三级"}, {"四级", "残疾四级"}})
        if (has(said, word)) return level;
    return "残疾未注明等级";
}

int age_of(const Beginnings& beginnings, Date on) {
    auto day = templates::birth_date_of(beginnings.number, on);
    if (!day) day = beginnings.born;
    if (!day || *day > on) return templates::unknown_number;
    return rules::age_on(*day, on);
}

int months_since(const std::optional<Month>& month, Date on) {
    if (!month) return templates::unknown_number;
    const int months = static_cast<int>((Month(on.year(), on.month()) - *month).count());
    return std::max(months, 0);
}

std::uint64_t categories_of(const ReportValues& values, const ReportWords& words) {
    std::uint64_t found = 0;
    for (const auto& option : values.values[static_cast<std::size_t>(ReportField::categories)])
        found |= words.bit(Trait::category, option);
    return found != 0 ? found : words.bit(Trait::category, ReportWords::no_category);
}

} // namespace

std::string_view key_of(ReportField field) noexcept {
    return keys[static_cast<std::size_t>(field)];
}

std::optional<std::size_t> report_field(std::string_view key) noexcept {
    const auto found = std::find(keys.begin(), keys.end(), key);
    if (found == keys.end()) return std::nullopt;
    return static_cast<std::size_t>(found - keys.begin());
}

const std::string& ReportValues::text(ReportField field) const {
    static const std::string none;
    const auto& value = values[static_cast<std::size_t>(field)];
    return value.empty() ? none : value.front();
}

std::vector<std::string> report_value(const std::string& type, const std::string& stored) {
    if (stored.empty()) return {};
    if (type == "list") return texts_of(stored);
    return {stored};
}

ReportValues values_at(ReportValues values, const std::vector<Before>& changes, std::size_t boundary) {
    std::array<bool, report_field_count> undone{};
    for (const auto& change : changes) {
        const auto index = report_field(change.key);
        if (!index || change.period < static_cast<int>(boundary) || undone[*index]) continue;
        undone[*index] = true; // the earliest later change knows what was there
        auto& value = values.values[*index];
        if (change.value.empty())
            value.clear();
        else if (static_cast<ReportField>(*index) == ReportField::categories)
            value = split(change.value, "、");
        else
            value = {change.value};
    }
    return values;
}

Traits traits_of(const ReportValues& values, const std::string& born, Date on, const ReportQuestion& question) {
    const auto& words = question.words;
    Traits traits;
    const auto set = [&](Trait trait, const std::string& word) {
        traits.words[templates::index_of(trait)] = words.bit_or_unknown(trait, word);
    };
    set(Trait::sex, sex_of(values));
    set(Trait::hukou, hukou_of(values));
    set(Trait::education, values.text(ReportField::education));
    set(Trait::unemployment_reason, values.text(ReportField::unemployment_reason));
    traits.words[templates::index_of(Trait::category)] = categories_of(values, words);
    set(Trait::hukou_place, place_of(values, question.report));
    set(Trait::health, health_of(values));
    set(Trait::benefit, values.text(ReportField::claims_benefit));
    set_times(traits,
              beginnings_of(values.text(ReportField::unemployed_since), values.text(ReportField::id_number), born), on);
    return traits;
}

Beginnings beginnings_of(const std::string& unemployed_since, const std::string& number, const std::string& born) {
    auto month = parse_month(unemployed_since);
    if (const auto day = parse_date(unemployed_since)) month = Month(day->year(), day->month());
    return {templates::normal_number(number), parse_date(born), month};
}

void set_times(Traits& traits, const Beginnings& beginnings, Date on) {
    traits.age = age_of(beginnings, on);
    traits.months = months_since(beginnings.unemployed_since, on);
}

std::string office_at(const std::string& present, const ReportValues& values, const std::vector<Before>& changes,
                      std::size_t boundary, const templates::Offices& offices) {
    std::optional<std::string> moved_to, came_from;
    bool address_changed = false;
    for (const auto& change : changes) {
        const bool later = change.period >= static_cast<int>(boundary);
        if (change.key == "office" && !later) moved_to = change.after;
        if (change.key == "office" && later && !came_from) came_from = change.value;
        if (later && change.key.find("_address.") != std::string::npos) address_changed = true;
    }
    if (moved_to) return *moved_to;
    if (came_from) return *came_from;
    if (!address_changed) return present;
    const auto* office =
        offices.of({values.text(ReportField::residence_county), values.text(ReportField::residence_detail)});
    if (office == nullptr)
        office = offices.of({values.text(ReportField::hukou_county), values.text(ReportField::hukou_detail)});
    return office == nullptr ? std::string() : office->code;
}

} // namespace dengji::ledger
