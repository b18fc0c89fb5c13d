// What the simulated office corrects so that people move between the rows and columns of statistics.
#include "tests/ledger/simulation.h"

#include "templates/form.h"

namespace dengji::ledger::test {
namespace {

using Choice = std::vector<std::string>;

/// The options of a field, and nothing: what could not be read is left blank.
Choice options_or_nothing(const std::string& key) {
    auto options = book().form.field(key)->options;
    options.emplace_back();
    return options;
}

} // namespace

void Office::correct_what_counts(const Person& person) {
    static const std::vector<std::pair<std::string, Choice>> fields = {
        {"sex", {"男", "女", ""}},
        {"hukou_type", {"城镇居民家庭", "农村居民家庭", ""}},
        {"education", options_or_nothing("education")},
        {"unemployment_reason", options_or_nothing("unemployment_reason")},
        {"health", {"健康", "听力残疾一级", "肢体残疾二级", "肢体残疾三级", "精神残疾四级", "视力残疾", ""}},
        {"unemployed_since", {"2022-11", "2023-08", "2023-12", "2024-01", ""}},
        {"claims_benefit", {"是", "否", ""}},
    };
    const auto set = [&](const std::string& key, const std::string& value) {
        take(person, "correct", {{"key", key}, {"value", value}});
    };
    const auto& [key, choice] = fields[static_cast<std::size_t>(below(static_cast<int>(fields.size())))];
    set(key, choice[static_cast<std::size_t>(below(static_cast<int>(choice.size())))]);
    if (chance(60)) {
        std::string several;
        for (const auto& category : book().form.field("categories")->options)
            if (chance(12)) several += (several.empty() ? "" : "、") + category;
        set("categories", several);
    }
    // Of who lives elsewhere, the address of the hukou says which town handles the registration.
    if (person.applicant.town.empty() || !chance(25)) return;
    static const std::vector<std::pair<std::string, std::string>> homes = {
        {"四川", "泸县"}, {"重庆", "永川"}, {"香港", ""}, {"", ""}, {"重庆", "江津区"}};
    const auto& [province, county] = homes[static_cast<std::size_t>(below(static_cast<int>(homes.size())))];
    set("hukou_address.province", province);
    set("hukou_address.county", county);
}

} // namespace dengji::ledger::test
