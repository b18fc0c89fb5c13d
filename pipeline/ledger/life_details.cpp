#include "pipeline/ledger/life_details.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"

#include <charconv>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::optional<bool> truth(const json& particulars, const char* key) {
    const auto found = particulars.find(key);
    if (found == particulars.end() || !found->is_string()) return std::nullopt;
    return found->get_ref<const std::string&>() == "yes";
}

void take_truth(std::optional<bool>& into, const json& particulars, const char* key) {
    if (const auto said = truth(particulars, key)) into = said;
}

void take_application(Life& life, const json& particulars) {
    take_truth(life.said.original_seen, particulars, "original_seen");
    take_truth(life.said.photo, particulars, "photo");
    take_truth(life.said.wants_certificate, particulars, "wants_certificate");
    take_truth(life.said.draws_pension, particulars, "draws_pension");
    take_truth(life.signs_of_employment, particulars, "signs_of_employment");
    if (const auto born = particulars.find("born_on"); born != particulars.end() && born->is_string())
        life.said.born_on = parse_date(born->get_ref<const std::string&>());
    if (const auto papers = particulars.find("attachments"); papers != particulars.end() && papers->is_string()) {
        life.said.attachments.emplace();
        for (const auto& paper : split(papers->get_ref<const std::string&>(), ","))
            if (!trimmed(paper).empty()) life.said.attachments->insert(std::string(trimmed(paper)));
    }
}

std::string yes_or_no(bool truth) {
    return truth ? "yes" : "no";
}

} // namespace

ordered_json details_of(const Act& act) {
    ordered_json details = ordered_json::object();
    if (!act.particulars.empty()) details["particulars"] = act.particulars;
    if (!act.answers.empty()) details["answers"] = act.answers;
    return details;
}

ordered_json details_of(const rules::Application& application) {
    ordered_json said = ordered_json::object(), details = ordered_json::object();
    const auto note = [&](const char* key, std::optional<bool> truth) {
        if (truth) said[key] = yes_or_no(*truth);
    };
    note("original_seen", application.original_seen);
    note("photo", application.photo);
    note("wants_certificate", application.wants_certificate);
    note("draws_pension", application.draws_pension);
    if (application.born_on) said["born_on"] = format(*application.born_on);
    if (application.attachments)
        said["attachments"] = joined({application.attachments->begin(), application.attachments->end()}, ",");
    if (!said.empty()) details["particulars"] = said;
    for (const auto& rule : application.confirmed) details["answers"][rule] = "申请资料中已确认";
    return details;
}

void take_details(Life& life, const LifeEvent& event) {
    const json details = json::parse(event.details, nullptr, false);
    if (!details.is_object())
        throw Error(ErrorKind::data, "the register holds an event whose details are not the JSON they should be",
                    "Restore it from a backup.");
    if (const auto particulars = details.find("particulars"); particulars != details.end())
        take_application(life, *particulars);
    if (const auto answers = details.find("answers"); answers != details.end())
        for (const auto& [rule, answer] : answers->items()) life.said.confirmed.insert(rule);
}

long long event_named(const std::string& text) {
    long long id = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc{} && end == text.data() + text.size() ? id : -1;
}

} // namespace dengji::ledger
