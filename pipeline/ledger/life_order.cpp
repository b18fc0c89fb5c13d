// The laws that hold for every step.
#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/life_laws.h"
#include "pipeline/rules/rule_table.h"

#include <algorithm>
#include <charconv>

namespace dengji::ledger {
namespace {

std::string keys_of(const Step& step) {
    std::string keys;
    for (const auto& particular : step.particulars)
        keys += (keys.empty() ? "" : ", ") + std::string(particular.key) + " (" + std::string(particular.label) + ")";
    return keys.empty() ? "none" : keys;
}

[[noreturn]] void refuse(const Step& step, const std::string& what) {
    throw Error(ErrorKind::usage, "'" + std::string(step.name) + "' " + what, "It takes: " + keys_of(step) + ".");
}

bool is_amount(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value >= 0 && value < 1e9;
}

/// What is wrong with a particular's form; "" when nothing is.
std::string form_fault(const Particular& particular, const std::string& text) {
    using Kind = Particular::Kind;
    switch (particular.kind) {
    case Kind::text: return trimmed(text).empty() ? "is empty" : "";
    case Kind::list: return trimmed(text).empty() ? "is empty" : "";
    case Kind::yes_no: return text == "yes" || text == "no" ? "" : "is neither yes nor no";
    case Kind::day: return parse_date(text) ? "" : "is not a day like 2020-04-15";
    case Kind::amount: return is_amount(text) ? "" : "is not an amount in yuan like 1250.50";
    case Kind::word: {
        std::vector<std::string> words;
        for (const auto& known : particular.words) words.emplace_back(known.word);
        if (std::find(words.begin(), words.end(), text) != words.end()) return "";
        return "is none of " + joined(words, ", ");
    }
    }
    return "";
}

bool is_rule(const std::string& id) {
    const auto& table = rules::rule_table();
    return std::any_of(table.begin(), table.end(), [&](const rules::Rule& rule) { return rule.id == id; });
}

/// The day before which a step makes no sense, and what happened on it.
std::pair<Date, const char*> earliest(const Step& step, const LifeRow& row, bool changes_state) {
    if (changes_state) return {row.changed_on, "上一步"};
    if (step.name == "feedback" && row.decided_on) return {*row.decided_on, "作出决定"};
    if (step.name == "cancel-notify" && row.cancelled_on) return {*row.cancelled_on, "注销"};
    if (row.registered_on && is_open(row.state)) return {*row.registered_on, "登记"};
    return {row.received_on, "收件"};
}

} // namespace

void expect_particulars(const Step& step, const Act& act) {
    for (const auto& [key, text] : act.particulars) {
        const auto found = std::find_if(step.particulars.begin(), step.particulars.end(),
                                        [&](const Particular& particular) { return particular.key == key; });
        if (found == step.particulars.end()) refuse(step, "takes no '" + key + "'");
        // An empty value is how a correction empties a field.
        if (text.empty() && !found->required && found->kind == Particular::Kind::text) continue;
        if (const auto fault = form_fault(*found, text); !fault.empty())
            refuse(step, "has a '" + key + "' that " + fault);
    }
    for (const auto& particular : step.particulars)
        if (particular.required && !act.particulars.contains(std::string(particular.key)))
            refuse(step, "needs '" + std::string(particular.key) + "' (" + std::string(particular.label) + ")");
    for (const auto& [rule, answer] : act.answers)
        if (!is_rule(rule) || trimmed(answer).empty())
            refuse(step, "has an answer to a rule that there is not, or an empty one");
    if (trimmed(act.by).empty()) refuse(step, "needs the name of who does it");
}

std::optional<std::string> order_broken(const Step& step, const Act& act, const LifeRow& row, Date entered_on) {
    if (!may_be_taken(step, row.state))
        return "现在的状态是“" + std::string(label_of(row.state)) + "”，不能“" + std::string(step.label) + "”";
    if (step.needs_way && trimmed(act.way).empty())
        return "“" + std::string(step.label) + "”要写明方式，例如当面、电话、走访、信息比对";
    if (step.needs_paper && trimmed(act.paper).empty()) return "“" + std::string(step.label) + "”要写明依据的材料";
    if (act.on > entered_on) return "日期" + format(act.on) + "还没有到，不能预先记录";
    if (step.name == "receipt") return std::nullopt;
    const auto [day, what] = earliest(step, row, step.to && *step.to != row.state);
    if (act.on < day) return "日期" + format(act.on) + "早于" + what + "的日期（" + format(day) + "）";
    return std::nullopt;
}

} // namespace dengji::ledger
