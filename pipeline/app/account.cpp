#include "pipeline/app/account.h"

#include "pipeline/app/output.h"
#include "pipeline/app/set_aside.h"

#include <nlohmann/json.hpp>

namespace dengji::app {

using nlohmann::json;

namespace {

std::string count(long long n, const std::string& one, const std::string& many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

std::vector<SetAside> plain(const std::vector<ledger::SetAside>& items) {
    std::vector<SetAside> result;
    for (const auto& item : items) result.push_back({item.source, item.page, english(item.reasons), {}});
    return result;
}

json reasons_json(const Reasons& reasons) {
    auto list = json::array();
    for (const auto& reason : reasons) list.push_back({{"code", reason.code}, {"zh", reason.zh}, {"en", reason.en}});
    return list;
}

} // namespace

std::string account_text(const Account& account) {
    const auto& counts = account.counts;
    std::string text = account.finished ? "Done: " : "Stopped: ";
    text += count(counts.pages, "page", "pages") + " from " + count(counts.files, "file", "files") + "\n";
    for (const auto& [kind, pages] : counts.pages_by_kind)
        text += "  " + kind + std::string(kind.size() < 14 ? 14 - kind.size() : 1, ' ') + std::to_string(pages) + "\n";
    if (counts.failed_pages > 0) text += "  unreadable    " + std::to_string(counts.failed_pages) + "\n";
    if (counts.attached > 0)
        text += "Kept with their sheets: " + count(counts.attached, "other paper", "other papers") + "\n";
    text += "Rows of the register from this delivery: " + std::to_string(counts.registrations) + "\n";
    text += "To be reviewed by a person: " + count(counts.fields_for_review, "field", "fields") + " on " +
            count(counts.registrations_for_review, "sheet", "sheets") + "\n";
    text += summary(plain(account.set_aside));
    const auto folder = std::filesystem::absolute(account.data).lexically_normal().string();
    text += "Register:  " + (std::filesystem::path(folder) / "register.sqlite").string() + "\n";
    text += "Originals: " + (std::filesystem::path(folder) / "originals").string() + "\n";
    text += account.finished ? "Rows as a table: ./dengji rows --data '" + account.data.string() + "' -o rows.csv\n"
                             : "To go on, give the same command again; what was done is kept.\n";
    return text;
}

std::string account_json(const Account& account) {
    const auto& counts = account.counts;
    auto set_aside = json::array();
    for (const auto& item : account.set_aside) {
        json entry{{"source", item.source}, {"reasons", reasons_json(item.reasons)}};
        if (item.page > 0) entry["page"] = item.page;
        set_aside.push_back(std::move(entry));
    }
    const json whole{
        {"batch", account.batch.id},
        {"resumed", account.batch.resumed},
        {"finished", account.finished},
        {"data", std::filesystem::absolute(account.data).lexically_normal().string()},
        {"files", counts.files},
        {"pages", counts.pages},
        {"failed_pages", counts.failed_pages},
        {"kinds", counts.pages_by_kind},
        {"attached", counts.attached},
        {"registrations", counts.registrations},
        {"review", {{"registrations", counts.registrations_for_review}, {"fields", counts.fields_for_review}}},
        {"set_aside", std::move(set_aside)},
    };
    // Names of files need not be UTF-8.
    return whole.dump(-1, ' ', false, json::error_handler_t::replace);
}

void print_account(const Account& account, bool as_json) {
    Output output;
    as_json ? output.line(account_json(account)) : output.write(account_text(account));
}

} // namespace dengji::app
