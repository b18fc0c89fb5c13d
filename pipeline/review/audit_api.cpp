#include "exporters/rows/mask.h"
#include "pipeline/review/sessions.h"

namespace dengji::review {
namespace {

/// Texts with every long number in them hidden, at any depth: the log says who saw or changed what, and is no second
/// register.
Json hidden(const Json& json) {
    if (json.is_string()) return rows::masked_runs(json.get<std::string>());
    if (!json.is_structured()) return json;
    Json copy = json;
    for (auto& item : copy) item = hidden(item);
    return copy;
}

std::string label(const std::string& action) {
    static const std::map<std::string, std::string> labels = {{"signed-in", "登录"},
                                                              {"signed-out", "退出"},
                                                              {"sign-in-failed", "登录失败"},
                                                              {"user-added", "添加用户"},
                                                              {"user-changed", "修改用户"},
                                                              {"received", "收件"},
                                                              {"sheet-postponed", "暂放"},
                                                              {"second-entry-agreed", "二次录入一致"},
                                                              {"second-entry-differs", "二次录入不一致"},
                                                              {"report-written", "导出月报"},
                                                              {"notice-printed", "打印补正告知书"},
                                                              {"receipt-printed", "打印受理回执"},
                                                              {"truth-exported", "导出校对样本"}};
    if (const auto* step = ledger::step_named(action)) return std::string(step->label);
    const auto known = labels.find(action);
    return known == labels.end() ? action : known->second;
}

} // namespace

HttpResponse list_audit(Desk& desk, const Call& call) {
    const auto most = static_cast<int>(call.asked_number("most", 1, 500, 100));
    const auto entries = desk.users.audit(call.request.asked("after"), most);
    Json list = Json::array();
    for (const auto& entry : entries) {
        const auto details = Json::parse(entry.details, nullptr, false);
        list.push_back({{"at", entry.at},
                        {"by", entry.actor},
                        {"action", entry.action},
                        {"label", label(entry.action)},
                        {"subject", entry.subject},
                        {"details", details.is_discarded() ? Json() : hidden(details)}});
    }
    const bool more = entries.size() == static_cast<std::size_t>(most);
    return answer({{"items", list}, {"next", more ? Json(entries.back().place) : Json()}});
}

} // namespace dengji::review
