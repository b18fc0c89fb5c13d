#include "pipeline/ledger/life_event.h"

#include "pipeline/base/text.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

std::string given(const Act& act, const std::string& key) {
    const auto found = act.particulars.find(key);
    return found == act.particulars.end() ? std::string() : found->second;
}

void add_wish(std::vector<std::string>& words, const Act& act, const std::string& key, const std::string& word) {
    const auto wish = given(act, key);
    if (!wish.empty()) words.push_back(wish == "yes" ? word : "no-" + word);
}

std::string wishes(const Act& act) {
    std::vector<std::string> words;
    add_wish(words, act, "wants_work", "work");
    add_wish(words, act, "wants_business", "business");
    add_wish(words, act, "policy_eligible", "policy");
    return joined(words, ",");
}

std::string answer_to_offer(const Act& act) {
    if (given(act, "answer") == "accepted") return "accepted";
    const auto good = given(act, "good_reason");
    if (good.empty()) return "refused";
    return good == "yes" ? "refused-with-reason" : "refused-without-reason";
}

std::string recognition(const Act& act) {
    if (given(act, "recognised") != "yes") return "not-recognised";
    std::string words = "recognised";
    if (!given(act, "responsible").empty()) words += ",responsible";
    if (given(act, "plan") == "yes") words += ",plan";
    return words;
}

std::string who_decided(const Act& act) {
    const auto by_system = given(act, "by_system");
    if (by_system.empty()) return {};
    return by_system == "yes" ? "by-system" : "by-person";
}

} // namespace

std::string outcome_of(const Act& act) {
    using Maker = std::string (*)(const Act&);
    static const std::map<std::string, Maker> makers = {
        {"register", who_decided},
        {"refuse", [](const Act& a) { return given(a, "rule"); }},
        {"contact", [](const Act& a) { return std::string(given(a, "reached") == "yes" ? "reached" : "unreached"); }},
        {"offer", answer_to_offer},
        {"service", [](const Act& a) { return given(a, "service"); }},
        {"first-contact", wishes},
        {"wishes", wishes},
        {"hardship", recognition},
        {"cancel", [](const Act& a) { return given(a, "reason"); }},
        {"cancel-propose", [](const Act& a) { return given(a, "reason"); }},
        {"certificate-apply",
         [](const Act& a) { return std::string(given(a, "replacement") == "yes" ? "replacement" : ""); }},
        {"certificate-issue", [](const Act& a) { return given(a, "number"); }},
        {"verify-category", [](const Act& a) { return given(a, "category"); }},
        {"office", [](const Act& a) { return given(a, "town"); }},
        {"change", [](const Act& a) { return given(a, "key"); }},
        {"correct", [](const Act& a) { return given(a, "key"); }},
        {"confirm", [](const Act& a) { return given(a, "key"); }},
        {"undo", [](const Act& a) { return given(a, "key"); }},
        {"withdraw", [](const Act& a) { return given(a, "event"); }},
    };
    const auto maker = makers.find(act.step);
    return maker == makers.end() ? std::string() : maker->second(act);
}

bool has_word(const std::string& outcome, const std::string& word) {
    const auto words = split(outcome, ",");
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace dengji::ledger
