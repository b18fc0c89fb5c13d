#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/base/error.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

using ledger::Found;

ledger::Query query_of(const FindOptions& options, const templates::Offices& offices) {
    ledger::Query query;
    query.name = options.name;
    query.number = options.number;
    if (!options.town.empty()) query.office = office_named(offices, options.town).code;
    if (options.state.empty()) return query;
    query.state = ledger::state_named(options.state);
    if (query.state) return query;
    std::string states;
    for (const auto state : ledger::all_states) states += (states.empty() ? "" : ", ") + std::string(name_of(state));
    throw Error(ErrorKind::usage, "there is no state '" + options.state + "'", "The states are: " + states + ".");
}

nlohmann::ordered_json as_json(const Found& found, const OpenLives& open, const Numbers& numbers) {
    return {{"registration", found.registration},
            {"name", found.name},
            {"number", numbers.shown(found.number)},
            {"state", std::string(ledger::name_of(found.state))},
            {"since", format(found.changed_on)},
            {"received_on", format(found.received_on)},
            {"channel", ledger::name_of(found.channel)},
            {"town", town_of(open.offices, found.office)},
            {"follows", found.follows},
            {"needs_review", found.for_review}};
}

std::string as_text(const Found& found, const OpenLives& open, const Numbers& numbers) {
    std::string line = found.registration + "  " + (found.name.empty() ? "（无姓名）" : found.name) + "  " +
                       numbers.shown(found.number) + "  " + std::string(ledger::label_of(found.state)) + "（" +
                       format(found.changed_on) + "）  " + town_of(open.offices, found.office);
    if (!found.follows.empty()) line += "  再次登记";
    if (found.for_review > 0) line += "  待核" + std::to_string(found.for_review) + "项";
    return line;
}

} // namespace

int run_find(const FindOptions& options) {
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    Numbers numbers(options.numbers, open);
    const auto query = query_of(options, open.offices);
    auto found = open.lives.find(query, options.most + 1);
    const bool more = found.size() > static_cast<std::size_t>(options.most);
    if (more) found.pop_back();
    std::vector<std::string> shown;
    for (const auto& row : found) shown.push_back(row.registration);
    numbers.disclose(shown);
    Output output;
    for (const auto& row : found)
        output.line(options.life.json ? as_json(row, open, numbers).dump() : as_text(row, open, numbers));
    if (found.empty()) std::cerr << "No registration matches.\n";
    if (more) std::cerr << "There are more; --most shows more of them, or narrow the search.\n";
    return 0;
}

} // namespace dengji::app
