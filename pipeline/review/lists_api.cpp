#include "pipeline/review/lists_api.h"

#include "exporters/monthly/workbook.h"
#include "pipeline/base/files.h"

namespace dengji::review {
namespace {

std::string town_of(const Desk& desk, const std::string& code) {
    const auto* office = desk.offices.with_code(code);
    return office == nullptr ? "区本级/其他" : office->town;
}

std::optional<std::string> office_asked(const Desk& desk, const std::string& town) {
    if (town.empty()) return std::nullopt;
    const auto* office = desk.offices.named(town);
    if (office == nullptr) throw ApiError(422, "refused", "没有这个镇街，请写全称，例如几江街道");
    return office->code;
}

} // namespace

HttpResponse list_due(Desk& desk, const Call& call) {
    const auto given = call.request.asked("on");
    const auto on = given.empty() ? std::optional(today()) : parse_date(given);
    if (!on) throw ApiError(422, "refused", "日期应写成2020-04-15的样子");
    const auto most = static_cast<std::size_t>(call.asked_number("most", 1, 2000, 300));
    const auto items = desk.due_lists.of(desk.lives, *on, office_asked(desk, call.request.asked("town")));
    Json list = Json::array();
    for (const auto& item : *items) {
        if (list.size() == most) break;
        list.push_back({{"id", item.registration},
                        {"name", item.name},
                        {"numberMasked", masked(item.number)},
                        {"town", town_of(desk, item.office)},
                        {"duty", std::string(label_of(item.urgency))},
                        {"urgency", std::string(name_of(item.urgency))},
                        {"rule", item.rule},
                        {"day", item.day ? Json(format(*item.day)) : Json()},
                        {"overdue", item.urgency == ledger::Urgency::overdue},
                        {"clause", item.clause},
                        {"message", item.message},
                        {"reason", item.reason}});
    }
    return answer({{"items", list}, {"total", items->size()}});
}

HttpResponse find_people(Desk& desk, const Call& call) {
    constexpr int most = 100;
    ledger::Query query;
    query.name = call.text("name");
    query.number = call.text("number");
    query.office = office_asked(desk, call.text("town")).value_or("");
    if (const auto state = call.text("state"); !state.empty()) {
        query.state = ledger::state_named(state);
        if (!query.state) throw ApiError(400, "bad-request", "没有这个状态");
    }
    auto found = desk.lives.find(query, most + 1);
    const bool more = found.size() > most;
    if (more) found.pop_back();
    Json list = Json::array();
    for (const auto& row : found)
        list.push_back({{"id", row.registration},
                        {"name", row.name},
                        {"numberMasked", masked(row.number)},
                        {"state", std::string(name_of(row.state))},
                        {"stateLabel", std::string(label_of(row.state))},
                        {"office", town_of(desk, row.office)},
                        {"receivedOn", format(row.received_on)},
                        {"doubtful", row.for_review}});
    return answer({{"items", list}, {"more", more}});
}

HttpResponse list_towns(Desk& desk, const Call&) {
    Json list = Json::array();
    for (const auto& office : desk.offices.all()) list.push_back(office.town);
    return answer({{"towns", list}});
}

HttpResponse tell_number(Desk& desk, const Call& call) {
    const auto overview = desk.lives.show(call.words.at(0));
    disclose(desk, call.user, call.words.at(0));
    return answer({{"number", overview.row.number}});
}

HttpResponse write_report(Desk& desk, const Call& call) {
    const auto month = parse_month(call.request.asked("month"));
    if (!month) throw ApiError(422, "refused", "月份应写成2024-03的样子");
    monthly::Request request;
    request.month = *month;
    request.town = office_asked(desk, call.request.asked("town")).value_or("");
    const templates::ReportWords words(desk.book.form, desk.offices, desk.book.settings);
    const auto definition = monthly::definition_of_month(
        desk.lives, *month, templates::load_report(desk.lent.reports, words, desk.offices), words, desk.offices);
    std::optional<monthly::MonthReport> report;
    try {
        report = monthly::make_report({desk.lives, desk.offices, definition, words}, request, today());
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::usage) throw;
        throw ApiError(422, "refused", "这个月还没有开始，不能统计");
    }
    TempFolder folder("report");
    const auto file = folder.path() / "report.xlsx";
    monthly::write_workbook(*report, words, desk.offices, masked, file);
    desk.users.note(call.user.display, "report-written", format(*month));
    HttpResponse response;
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"report-" + format(*month) + ".xlsx\"");
    response.headers.emplace_back("X-Dengji-Adds-Up", report->failed() ? "no" : "yes");
    response.body = read_file(file);
    return response;
}

} // namespace dengji::review
