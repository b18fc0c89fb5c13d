#include "pipeline/app/open_lives.h"

#include "exporters/rows/mask.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::app {

OpenLives::OpenLives(const std::filesystem::path& data, ledger::Register::Opening opening)
    : book(rules::load_rule_book(data_path("templates"))),
      offices(templates::Offices::load(data_path("templates/offices/jiangjin.csv"), "江津区")),
      the_register(data, opening), lives(the_register, book, offices) {
    lives.take_in();
}

const templates::Office& office_named(const templates::Offices& offices, const std::string& town) {
    if (const auto* office = offices.named(town)) return *office;
    std::string towns;
    for (const auto& office : offices.all()) towns += (towns.empty() ? "" : "、") + office.town;
    throw Error(ErrorKind::usage, "there is no town '" + town + "'", "The towns are: " + towns + ".");
}

std::string town_of(const templates::Offices& offices, const std::string& code) {
    const auto* office = offices.with_code(code);
    return office == nullptr ? "区本级/其他" : office->town;
}

Date day_given(const std::string& text, const char* option) {
    if (text.empty()) return today();
    const auto day = parse_date(text);
    if (!day)
        throw Error(ErrorKind::usage, std::string(option) + " is not a day of the calendar",
                    "Give it like 2020-04-15.");
    return *day;
}

Numbers::Numbers(const NumberOptions& options, OpenLives& open) : options_(options), open_(open) {
    if (options.full && trimmed(options.by).empty())
        throw Error(ErrorKind::usage, "--full-numbers needs the name of who asks",
                    "Give it with --by; it is written into the register.");
}

void Numbers::disclose(const std::vector<std::string>& registrations) {
    if (!options_.full || registrations.empty()) return;
    auto once = registrations;
    std::sort(once.begin(), once.end());
    once.erase(std::unique(once.begin(), once.end()), once.end());
    open_.lives.together([&] {
        for (const auto& registration : once) {
            ledger::Act act;
            act.registration = registration;
            act.step = "disclosure";
            act.on = today();
            act.by = options_.by;
            open_.lives.take(act);
        }
    });
}

std::string Numbers::shown(const std::string& number) const {
    return options_.full ? number : rows::masked_number(number);
}

std::string Numbers::shown_in(const std::string& text) const {
    return options_.full ? text : rows::masked_runs(text);
}

} // namespace dengji::app
