#include "pipeline/app/findings_json.h"
#include "pipeline/app/nearest_word.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/office_facts.h"

#include <iostream>

namespace dengji::app {
namespace {

using ledger::Particular;
using ledger::Step;
using nlohmann::ordered_json;

/// "KEY=VALUE" pairs of the command line. Values are not repeated in errors: they may name people.
std::map<std::string, std::string> pairs_of(const std::vector<std::string>& words, const char* what) {
    std::map<std::string, std::string> pairs;
    for (const auto& word : words) {
        const auto place = word.find('=');
        if (place == std::string::npos || place == 0)
            throw Error(ErrorKind::usage, std::string("a ") + what + " is not made like KEY=VALUE",
                        "'dengji event --steps' lists what each step takes.");
        const std::string key = word.substr(0, place);
        if (!pairs.emplace(key, word.substr(place + 1)).second)
            throw Error(ErrorKind::usage, "'" + key + "' is given twice", "Give it once.");
    }
    return pairs;
}

std::string kind_in_words(const Particular& particular) {
    switch (particular.kind) {
    case Particular::Kind::yes_no: return "yes|no";
    case Particular::Kind::day: return "YYYY-MM-DD";
    case Particular::Kind::amount: return "YUAN";
    case Particular::Kind::list: return "A,B,…";
    case Particular::Kind::word: {
        std::vector<std::string> words;
        for (const auto& known : particular.words) words.emplace_back(known.word);
        return joined(words, "|");
    }
    case Particular::Kind::text: break;
    }
    return "TEXT";
}

std::string states_of(const Step& step) {
    std::vector<std::string> names;
    for (const auto state : step.from) names.emplace_back(ledger::name_of(state));
    return joined(names, " ");
}

void print_steps() {
    Output output;
    for (const Step& step : ledger::all_steps()) {
        std::string line = std::string(step.name) + "  " + std::string(step.label);
        if (step.from.size() < ledger::all_states.size()) line += "  [" + states_of(step) + "]";
        if (step.to) line += " -> " + std::string(ledger::name_of(*step.to));
        if (step.needs_way) line += "  --way";
        if (step.needs_paper) line += "  --paper";
        output.line(line);
        for (const auto& particular : step.particulars) {
            std::string what(4, ' ');
            what.append(particular.key).append("=").append(kind_in_words(particular)).append("  ");
            what.append(particular.label).append(particular.required ? "" : "  (may be left out)");
            output.line(what);
        }
    }
}

/// What is said of the office goes by its own short table.
void print_office_steps() {
    Output output;
    for (const auto& step : ledger::office_steps()) {
        output.line("office " + std::string(step.name) + "  " + std::string(step.label));
        output.line("    " + std::string(step.key) + "=yes|no  " + std::string(step.key_label));
    }
}

void check_step_name(const std::string& word) {
    if (ledger::step_named(word) != nullptr) return;
    std::vector<std::string> names;
    for (const Step& step : ledger::all_steps()) names.emplace_back(step.name);
    const auto nearest = nearest_word(word, names);
    throw Error(ErrorKind::usage, "there is no step '" + word + "'",
                (nearest.empty() ? std::string() : "Did you mean '" + nearest + "'? ") +
                    "'dengji event --steps' lists the steps.");
}

ledger::Act act_of(const EventOptions& options) {
    ledger::Act act;
    act.registration = options.registration;
    act.step = options.step;
    act.on = day_given(options.on, "--on");
    act.by = options.by;
    act.way = options.way;
    act.paper = options.paper;
    act.particulars = pairs_of(options.particulars, "particular");
    act.answers = pairs_of(options.answers, "--answer");
    return act;
}

ordered_json as_json(const ledger::Act& act, const ledger::Taken& taken) {
    ordered_json json = {{"registration", act.registration}, {"step", act.step}, {"done", !taken.refusal}};
    json["state"] = std::string(ledger::name_of(taken.state));
    if (!taken.refusal) {
        json["event"] = taken.event;
        json["findings"] = to_json(taken.findings);
        return json;
    }
    json["why"] = taken.refusal->why;
    json["findings"] = to_json(taken.refusal->findings);
    json["possible"] = ordered_json::array();
    for (const Step* step : taken.refusal->possible)
        json["possible"].push_back({{"step", std::string(step->name)}, {"label", std::string(step->label)}});
    return json;
}

void print_findings(std::ostream& out, const rules::Findings& findings) {
    for (const auto& finding : findings)
        out << "  " << finding.rule << ' ' << rules::name_of(finding.action) << "  " << finding.message << "（"
            << finding.clause << "）\n";
}

void print_refusal(const ledger::Refusal& refusal) {
    std::cerr << "没有办理：" << (refusal.why.empty() ? "登记规则不允许，原因如下" : refusal.why) << "。\n";
    print_findings(std::cerr, refusal.findings);
    const bool may_answer = std::any_of(refusal.findings.begin(), refusal.findings.end(),
                                        [](const auto& finding) { return finding.action == rules::Action::hold; });
    if (may_answer) std::cerr << "标有hold的，核实清楚以后可以注明答复再办：--answer 规则编号=答复。\n";
    if (!refusal.possible.empty()) std::cerr << "现在可以：" << ledger::steps_in_words(refusal.possible) << "。\n";
}

int record_of_office(const EventOptions& options) {
    const auto act = act_of(options);
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    const auto event = open.lives.take_for_office(act);
    if (options.life.json)
        Output().line(ordered_json{{"office", true}, {"step", act.step}, {"done", true}, {"event", event}}.dump());
    else
        Output().line("已记录（记录编号" + std::to_string(event) + "）。");
    return 0;
}

} // namespace

int run_event(const EventOptions& options) {
    if (options.list_steps) {
        print_steps();
        print_office_steps();
        return 0;
    }
    if (options.registration.empty() || options.step.empty())
        throw Error(ErrorKind::usage, "a registration and a step are needed",
                    "Say what happened: dengji event REGISTRATION STEP --by NAME; 'dengji event --steps' lists the "
                    "steps.");
    if (options.registration == "office") return record_of_office(options);
    check_step_name(options.step);
    const auto act = act_of(options);
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    const auto taken = open.lives.take(act);
    if (options.life.json) {
        Output().line(as_json(act, taken).dump());
    } else if (taken.refusal) {
        print_refusal(*taken.refusal);
    } else {
        Output().line("已记录：" + std::string(ledger::step_named(act.step)->label) + "（记录编号" +
                      std::to_string(taken.event) + "）。现在的状态：" + std::string(ledger::label_of(taken.state)) +
                      "。");
        print_findings(std::cout, taken.findings);
    }
    return taken.refusal ? exit_code(ErrorKind::input) : 0;
}

} // namespace dengji::app
