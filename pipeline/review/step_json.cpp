#include "pipeline/review/step_json.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/life_laws.h"
#include "pipeline/rules/rule_table.h"

namespace dengji::review {
namespace {

const char* kind_name(ledger::Particular::Kind kind) {
    using Kind = ledger::Particular::Kind;
    switch (kind) {
    case Kind::yes_no: return "yes_no";
    case Kind::day: return "day";
    case Kind::amount: return "amount";
    case Kind::word: return "word";
    case Kind::list: return "list";
    case Kind::text: break;
    }
    return "text";
}

std::string clause_of(const std::string& rule) {
    const auto& table = rules::rule_table();
    const auto row = std::find_if(table.begin(), table.end(), [&](const auto& one) { return one.id == rule; });
    return row == table.end() ? std::string() : "（" + row->clause + "）";
}

std::vector<Choice> grounds_of_refusal() {
    std::vector<Choice> choices;
    for (const auto& ground : ledger::refusal_grounds())
        choices.push_back({ground.rule, ground.rule + "　" + ground.says, clause_of(ground.rule)});
    return choices;
}

std::vector<Choice> reasons_to_cancel(const templates::RuleSettings& settings) {
    std::vector<Choice> choices;
    for (const auto& reason : settings.cancellations)
        choices.push_back(
            {reason.code, reason.code + "　" + reason.name,
             "（" + reason.clause + (reason.evidence.empty() ? "" : "；依据：" + reason.evidence) + "）"});
    return choices;
}

std::vector<std::string> ticked_categories(const ledger::ReviewSheet& sheet) {
    for (const auto& field : sheet.fields)
        if (const auto* list = std::get_if<std::vector<std::string>>(&field.value.value))
            if (field.value.key == "categories") return *list;
    return {};
}

/// As the particular is shown afterwards: what was chosen, else the text itself.
std::string shown(const Desk& desk, const ledger::Step& step, const ledger::Particular& particular,
                  const std::string& text) {
    if (particular.kind == ledger::Particular::Kind::yes_no) return text == "yes" ? "是" : "否";
    const auto choices = choices_of(desk, step, particular, {});
    if (!choices) return text;
    std::vector<std::string> labels;
    for (const auto& word : split(text, ",")) {
        const auto chosen =
            std::find_if(choices->begin(), choices->end(), [&](const Choice& one) { return one.value == word; });
        labels.push_back(chosen == choices->end() ? word : chosen->label);
    }
    return joined(labels, "、");
}

std::string details_of(const Desk& desk, const ledger::LifeEvent& event) {
    const auto details = Json::parse(event.details, nullptr, false);
    if (!details.is_object()) return {};
    const auto* step = ledger::step_named(event.step);
    std::vector<std::string> parts;
    const auto particulars = details.value("particulars", Json::object());
    for (const auto& [key, value] : particulars.items()) {
        if (!value.is_string() || key == "work" || key == "event") continue;
        std::string label = key, text = value.get<std::string>();
        if (step != nullptr)
            for (const auto& particular : step->particulars)
                if (particular.key == key) label = particular.label, text = shown(desk, *step, particular, text);
        if (key == "key")
            if (const auto* field = desk.book.form.field(text)) text = field->label;
        parts.push_back(label + "：" + text);
    }
    if (const auto before = details.find("before"); before != details.end() && before->is_string())
        parts.push_back("原为“" + before->get<std::string>() + "”");
    const auto answers = details.value("answers", Json::object());
    for (const auto& [rule, reply] : answers.items())
        if (reply.is_string()) parts.push_back(rule + "：" + reply.get<std::string>());
    if (!event.way.empty()) parts.push_back("方式：" + event.way);
    if (!event.paper.empty()) parts.push_back("依据：" + event.paper);
    return joined(parts, "；");
}

} // namespace

std::optional<std::vector<Choice>> choices_of(const Desk& desk, const ledger::Step& step,
                                              const ledger::Particular& particular,
                                              const std::vector<std::string>& ticked) {
    std::vector<Choice> choices;
    if (!particular.words.empty()) {
        for (const auto& word : particular.words) choices.push_back({std::string(word.word), std::string(word.label)});
    } else if (particular.key == "attachments") {
        for (const auto& paper : desk.book.settings.papers.papers) choices.push_back({paper.id, paper.name});
    } else if (step.name == "refuse" && particular.key == "rule") {
        choices = grounds_of_refusal();
    } else if (step.name.starts_with("cancel") && step.name != "cancel-drop" && particular.key == "reason") {
        choices = reasons_to_cancel(desk.book.settings);
    } else if (step.name == "verify-category") {
        for (const auto& category : ticked) choices.push_back({category, category});
    } else if (step.name == "change" && particular.key == "key") {
        for (const auto& field : desk.book.form.fields) choices.push_back({field.key, field.label});
    } else {
        return std::nullopt;
    }
    return choices;
}

ledger::Role role_for(const std::string& step) {
    static const std::set<std::string> of_checkers = {"refuse",   "cancel",   "restore",
                                                      "withdraw", "hardship", "cancel-drop"};
    if (step == "credit-approve" || step == "credit-reject") return ledger::Role::supervisor;
    return of_checkers.contains(step) ? ledger::Role::checker : ledger::Role::clerk;
}

Json steps_json(const Desk& desk, const ledger::ReviewSheet& sheet, ledger::Role role) {
    const auto ticked = ticked_categories(sheet);
    Json list = Json::array();
    for (const auto* step : ledger::steps_from(sheet.state)) {
        if (role < role_for(std::string(step->name)) || step->name == "certificate-issue") continue;
        Json particulars = Json::array();
        for (const auto& particular : step->particulars) {
            const auto choices = choices_of(desk, *step, particular, ticked);
            const bool one_word = choices && particular.kind != ledger::Particular::Kind::list;
            Json words = Json::array();
            if (choices)
                for (const auto& choice : *choices)
                    words.push_back({{"value", choice.value}, {"label", choice.label + choice.note}});
            particulars.push_back({{"key", std::string(particular.key)},
                                   {"label", std::string(particular.label)},
                                   {"kind", one_word ? "word" : kind_name(particular.kind)},
                                   {"required", particular.required},
                                   {"words", words}});
        }
        list.push_back({{"name", std::string(step->name)},
                        {"label", std::string(step->label)},
                        {"needsWay", step->needs_way},
                        {"needsPaper", step->needs_paper},
                        {"particulars", particulars}});
    }
    return list;
}

Json events_json(const Desk& desk, const ledger::Overview& overview) {
    Json list = Json::array();
    for (const auto& event : overview.events) {
        const auto* step = ledger::step_named(event.step);
        list.push_back({{"id", event.id},
                        {"at", format(event.on)},
                        {"enteredOn", format(event.entered_on)},
                        {"by", event.by},
                        {"step", event.step},
                        {"label", step != nullptr ? std::string(step->label) : "收件"},
                        {"details", details_of(desk, event)},
                        {"withdrawn", overview.withdrawn.contains(event.id)}});
    }
    return list;
}

std::string certificate_number(const ledger::Overview& overview) {
    std::string number;
    for (const auto& event : overview.events)
        if (event.step == "certificate-issue" && !overview.withdrawn.contains(event.id)) number = event.outcome;
    return number;
}

} // namespace dengji::review
