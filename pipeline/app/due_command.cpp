#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

using ledger::DueItem;
using ledger::Urgency;

nlohmann::ordered_json as_json(const DueItem& item, const OpenLives& open, const Numbers& numbers) {
    const bool of_office = item.registration.empty();
    nlohmann::ordered_json json = {{"town", of_office ? "" : town_of(open.offices, item.office)},
                                   {"urgency", std::string(ledger::name_of(item.urgency))},
                                   {"day", nullptr},
                                   {"registration", item.registration},
                                   {"name", item.name},
                                   {"number", numbers.shown(item.number)},
                                   {"rule", item.rule},
                                   {"message", item.message},
                                   {"clause", item.clause}};
    if (item.day) json["day"] = format(*item.day);
    if (!item.reason.empty()) json["cancel_reason"] = item.reason;
    return json;
}

std::string as_text(const DueItem& item, const Numbers& numbers) {
    std::string line(2, ' ');
    if (!item.registration.empty())
        line += item.registration + "  " + (item.name.empty() ? "（无姓名）" : item.name) + "  " +
                numbers.shown(item.number) + "  ";
    line += item.message;
    if (item.day) line += " 期限：" + format(*item.day);
    if (!item.reason.empty()) line += " 注销原因代码：" + item.reason;
    return line + "（" + item.rule + (item.clause.empty() ? "" : "，") + item.clause + "）";
}

void print(const std::vector<DueItem>& items, const OpenLives& open, const Numbers& numbers) {
    Output output;
    std::optional<std::string> office;
    std::optional<Urgency> urgency;
    for (const auto& item : items) {
        const auto of = item.registration.empty() ? "经办机构" : town_of(open.offices, item.office);
        if (of != office) {
            output.line("【" + of + "】");
            office = of;
            urgency.reset();
        }
        if (item.urgency != urgency) {
            output.line(std::string(ledger::label_of(item.urgency)));
            urgency = item.urgency;
        }
        output.line(as_text(item, numbers));
        if (output.closed()) return;
    }
}

void conclude(const std::vector<DueItem>& items, Date on) {
    std::map<Urgency, long long> counts;
    for (const auto& item : items) ++counts[item.urgency];
    std::cerr << format(on) << ": " << counts[Urgency::overdue] << " overdue, " << counts[Urgency::due] << " due, "
              << counts[Urgency::propose] << " to be decided by a person, " << counts[Urgency::ask]
              << " to be asked.\n";
}

/// Of one person, of a town, or of all; what the office itself has to put in order stands before all.
std::vector<DueItem> items_of(const DueOptions& options, OpenLives& open, Date on) {
    if (!options.person.empty()) return open.lives.due_of_person(on, options.person);
    if (!options.town.empty()) return open.lives.due(on, office_named(open.offices, options.town).code);
    auto items = open.lives.due_of_office(on);
    auto of_people = open.lives.due(on);
    items.insert(items.end(), std::make_move_iterator(of_people.begin()), std::make_move_iterator(of_people.end()));
    return items;
}

} // namespace

int run_due(const DueOptions& options) {
    const Date on = day_given(options.on, "--on");
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    Numbers numbers(options.numbers, open);
    const auto items = items_of(options, open, on);
    std::vector<std::string> shown;
    for (const auto& item : items)
        if (!item.registration.empty()) shown.push_back(item.registration);
    numbers.disclose(shown);
    if (options.life.json) {
        Output output;
        for (const auto& item : items)
            if (!output.line(as_json(item, open, numbers).dump())) return 0;
    } else {
        print(items, open, numbers);
    }
    conclude(items, on);
    return 0;
}

} // namespace dengji::app
