#include "templates/report_words.h"

#include "pipeline/base/error.h"

#include <algorithm>

namespace dengji::templates {
namespace {

constexpr std::array<std::string_view, trait_count> trait_names = {"sex",         "hukou",
                                                                   "education",   "unemployment_reason",
                                                                   "category",    "verified_category",
                                                                   "hukou_place", "health",
                                                                   "benefit",     "certificate",
                                                                   "hardship",    "again",
                                                                   "channel",     "cancel_reason",
                                                                   "town",        "in_time",
                                                                   "age",         "months"};

constexpr std::array<std::string_view, measure_count> measure_names = {"opening",
                                                                       "new",
                                                                       "cancelled",
                                                                       "corrections",
                                                                       "closing",
                                                                       "to-follow",
                                                                       "followed",
                                                                       "certificates-opening",
                                                                       "certificates-issued",
                                                                       "certificates-replaced",
                                                                       "certificates-restored",
                                                                       "certificates-void",
                                                                       "certificates-closing",
                                                                       "pending-opening",
                                                                       "received",
                                                                       "granted",
                                                                       "returned",
                                                                       "refused",
                                                                       "surveyed",
                                                                       "survey-closed",
                                                                       "pending-closing"};

std::vector<std::string> options_of(const Form& form, const std::string& key) {
    const Field* field = form.field(key);
    if (field == nullptr)
        throw Error(ErrorKind::data, "the form " + form.id + " has no field '" + key + "', which reports count by",
                    "Reports need the registration form.");
    return field->options;
}

std::vector<std::string> with(std::vector<std::string> words, std::string last) {
    words.push_back(std::move(last));
    return words;
}

} // namespace

std::string_view name_of(Trait trait) noexcept {
    return trait_names[index_of(trait)];
}

std::string_view name_of(Measure measure) noexcept {
    return measure_names[static_cast<std::size_t>(measure)];
}

std::optional<Trait> trait_named(std::string_view name) noexcept {
    const auto found = std::find(trait_names.begin(), trait_names.end(), name);
    if (found == trait_names.end()) return std::nullopt;
    return static_cast<Trait>(found - trait_names.begin());
}

std::optional<Measure> measure_named(std::string_view name) noexcept {
    const auto found = std::find(measure_names.begin(), measure_names.end(), name);
    if (found == measure_names.end()) return std::nullopt;
    return static_cast<Measure>(found - measure_names.begin());
}

ReportWords::ReportWords(const Form& form, const Offices& offices, const RuleSettings& settings) {
    const auto set = [&](Trait trait, std::vector<std::string> words) {
        if (words.size() > most_words)
            throw Error(ErrorKind::data,
                        "reports count by '" + std::string(name_of(trait)) + "', which has more than " +
                            std::to_string(most_words) + " words",
                        "Shorten the list that they come from.");
        words_[index_of(trait)] = std::move(words);
    };
    const std::vector<std::string> yes_no = {"是", "否"};
    set(Trait::sex, {"男", "女", unknown});
    set(Trait::hukou, {"城镇", "农村", unknown});
    set(Trait::education, with(options_of(form, "education"), unknown));
    set(Trait::unemployment_reason, with(options_of(form, "unemployment_reason"), unknown));
    set(Trait::category, with(options_of(form, "categories"), no_category));
    set(Trait::verified_category, options_of(form, "categories"));
    set(Trait::hukou_place, {"本区", "市内其他区县", "市外", "港澳台", unknown});
    set(Trait::health, {"健康类", "残疾一级", "残疾二级", "残疾三级", "残疾四级", "残疾未注明等级", unknown});
    set(Trait::benefit, with(yes_no, unknown));
    for (const Trait trait : {Trait::certificate, Trait::hardship, Trait::again, Trait::in_time}) set(trait, yes_no);
    set(Trait::channel, {"counter", "app12333", "national", "disabled_agency", "social_insurance"});
    std::vector<std::string> reasons, towns;
    for (const auto& reason : settings.cancellations) reasons.push_back(reason.code);
    set(Trait::cancel_reason, std::move(reasons));
    for (const auto& office : offices.all()) towns.push_back(office.code);
    set(Trait::town, with(std::move(towns), other_town));
}

std::uint64_t ReportWords::bit(Trait trait, std::string_view word) const noexcept {
    const auto& words = of(trait);
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? 0 : std::uint64_t{1} << (found - words.begin());
}

std::uint64_t ReportWords::bit_or_unknown(Trait trait, std::string_view word) const noexcept {
    const auto found = bit(trait, word);
    return found != 0 ? found : bit(trait, unknown);
}

} // namespace dengji::templates
