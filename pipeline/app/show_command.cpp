#include "pipeline/app/certificate_options.h"
#include "pipeline/app/findings_json.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/ledger/field_changes.h"

#include <set>

namespace dengji::app {
namespace {

using ledger::LifeEvent;
using ledger::Overview;
using nlohmann::ordered_json;

/// A clerk has to be able to call the person: telephone numbers of one registration stay whole.
bool is_telephone(const std::string& key) {
    return key == "mobile" || key == "landline";
}

std::string shown_value(const ledger::FieldValue& value, const Numbers& numbers) {
    const auto text = ledger::field_text(value.value);
    if (is_telephone(value.key)) return text;
    return value.key == "id_number" ? numbers.shown(text) : numbers.shown_in(text);
}

std::string label_of_step(const std::string& step) {
    if (const auto* known = ledger::step_named(step)) return std::string(known->label);
    return step == "received" ? "收件" : step;
}

/// Details with every number in a text hidden, at any depth.
ordered_json hidden(const ordered_json& json, const Numbers& numbers) {
    if (json.is_string()) return numbers.shown_in(json.get<std::string>());
    if (!json.is_structured()) return json;
    ordered_json copy = json;
    for (auto& item : copy) item = hidden(item, numbers);
    return copy;
}

ordered_json details_of(const LifeEvent& event, const Numbers& numbers) {
    const auto details = ordered_json::parse(event.details, nullptr, false);
    return details.is_object() ? hidden(details, numbers) : ordered_json::object();
}

ordered_json as_json(const LifeEvent& event, const Overview& overview, const Numbers& numbers) {
    return {{"event", event.id},
            {"step", event.step},
            {"on", format(event.on)},
            {"entered_on", format(event.entered_on)},
            {"by", event.by},
            {"way", event.way},
            {"paper", numbers.shown_in(event.paper)},
            {"withdrawn", overview.withdrawn.contains(event.id)},
            {"details", details_of(event, numbers)}};
}

ordered_json as_json(const std::vector<ledger::Relative>& relatives) {
    auto list = ordered_json::array();
    for (const auto& other : relatives)
        list.push_back(
            {{"registration", other.registration}, {"state", other.state}, {"received_on", other.received_on}});
    return list;
}

ordered_json as_json(const Overview& overview, const OpenLives& open, const Numbers& numbers) {
    const auto& row = overview.row;
    ordered_json json = {{"registration", row.registration},
                         {"state", std::string(ledger::name_of(row.state))},
                         {"since", format(row.changed_on)},
                         {"received_on", format(row.received_on)},
                         {"channel", ledger::name_of(row.channel)},
                         {"town", town_of(open.offices, row.office)},
                         {"follows", row.follows}};
    json["fields"] = ordered_json::object();
    for (const auto& value : overview.values)
        json["fields"][value.key] = {
            {"value", shown_value(value, numbers)}, {"review", value.review}, {"origin", value.origin}};
    json["events"] = ordered_json::array();
    for (const auto& event : overview.events) json["events"].push_back(as_json(event, overview, numbers));
    json["same_person"] = as_json(overview.others);
    json["look_alikes"] = as_json(overview.look_alikes);
    json["findings"] = to_json(overview.findings);
    json["possible"] = ordered_json::array();
    for (const auto* step : ledger::steps_from(row.state)) json["possible"].push_back(std::string(step->name));
    return json;
}

std::string event_line(const LifeEvent& event, const Overview& overview, const Numbers& numbers) {
    std::string line = "  " + format(event.on) + "  " + label_of_step(event.step) + "  " + event.by;
    if (!event.way.empty()) line += "  " + event.way;
    if (!event.paper.empty()) line += "  依据：" + numbers.shown_in(event.paper);
    const auto details = details_of(event, numbers);
    if (const auto particulars = details.find("particulars"); particulars != details.end())
        for (const auto& [key, value] : particulars->items()) line += "  " + key + "=" + value.get<std::string>();
    if (const auto before = details.find("before"); before != details.end() && before->is_string())
        line += "  原为“" + before->get<std::string>() + "”";
    if (const auto answers = details.find("answers"); answers != details.end())
        for (const auto& [rule, answer] : answers->items()) line += "  " + rule + "：" + answer.get<std::string>();
    line += "  （记录编号" + std::to_string(event.id) + "）";
    if (overview.withdrawn.contains(event.id)) line += "  已撤回";
    return line;
}

void print_relatives(Output& output, const char* title, const std::vector<ledger::Relative>& relatives) {
    if (relatives.empty()) return;
    output.line(title);
    for (const auto& other : relatives) {
        const auto state = ledger::state_named(other.state);
        output.line("  " + other.registration + "  " + (state ? std::string(ledger::label_of(*state)) : other.state) +
                    "  " + other.received_on);
    }
}

void print(const Overview& overview, const OpenLives& open, const Numbers& numbers) {
    Output output;
    const auto& row = overview.row;
    output.line(row.registration + "  " + std::string(ledger::label_of(row.state)) + "（" + format(row.changed_on) +
                "）  " + town_of(open.offices, row.office) + "  " + ledger::label_of(row.channel));
    if (!row.follows.empty()) output.line("再次登记，前一次：" + row.follows);
    for (const auto& value : overview.values) {
        const auto* field = open.book.form.field(value.key);
        const auto text = shown_value(value, numbers);
        if (text.empty() && !value.review) continue;
        output.line("  " + (field == nullptr ? value.key : field->label) + "（" + value.key + "）：" + text +
                    (value.review ? "  【待核】" : ""));
    }
    output.line("经过");
    for (const auto& event : overview.events) output.line(event_line(event, overview, numbers));
    print_relatives(output, "同一人的其他登记", overview.others);
    print_relatives(output, "姓名和出生日期相同、证件号不同（请核对，不会自动合并）", overview.look_alikes);
    if (!overview.findings.empty()) output.line("规则");
    for (const auto& finding : overview.findings)
        output.line("  " + finding.rule + ' ' + std::string(rules::name_of(finding.action)) + "  " + finding.message +
                    "（" + finding.clause + "）");
    output.line("现在可以：" + ledger::steps_in_words(ledger::steps_from(row.state)));
}

} // namespace

int run_show(const ShowOptions& given) {
    ShowOptions options = given;
    if (const auto registration = registration_of_certificate(given.registration, given.life.data))
        options.registration = *registration;
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    Numbers numbers(options.numbers, open);
    open.lives.show(options.registration); // asks nobody's number of a registration that is not there
    numbers.disclose({options.registration});
    const auto overview = open.lives.show(options.registration);
    if (options.life.json)
        Output().line(as_json(overview, open, numbers).dump());
    else
        print(overview, open, numbers);
    return 0;
}

} // namespace dengji::app
