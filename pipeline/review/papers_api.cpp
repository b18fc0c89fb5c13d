#include "pipeline/review/papers_api.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/rules/rule_table.h"

namespace dengji::review {
namespace {

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char character : text) {
        switch (character) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        case '\'': safe += "&#39;"; break;
        default: safe += character;
        }
    }
    return safe;
}

std::string in_words(Date day) {
    return std::to_string(static_cast<int>(day.year())) + "年" + std::to_string(static_cast<unsigned>(day.month())) +
           "月" + std::to_string(static_cast<unsigned>(day.day())) + "日";
}

HttpResponse html(const std::string& title, const std::string& inside) {
    HttpResponse response;
    response.type = "text/html; charset=utf-8";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" + title +
                    "</title><link rel=\"stylesheet\" href=\"/print.css\"></head><body><h1>" + title + "</h1>" +
                    inside + "</body></html>";
    return response;
}

std::string office_of(const Desk& desk, const ledger::Overview& overview) {
    const auto* office = desk.offices.with_code(overview.row.office);
    return office == nullptr ? "　　　　　　　　　　" : office->name;
}

std::string value(const ledger::Overview& overview, const std::string& key) {
    for (const auto& field : overview.values)
        if (field.key == key) return ledger::field_text(field.value);
    return {};
}

std::string row(const std::string& label, const std::string& text) {
    return "<tr><th>" + escaped(label) + "</th><td>" + escaped(text) + "</td></tr>";
}

std::string signatures(const std::string& office, const std::string& clerk, const std::string& person) {
    return "<div class=\"sign\"><p>" + person + "（签字）：</p><p>经办人：" + escaped(clerk) + "<br>" +
           escaped(office) + "（盖章）<br>" + in_words(today()) + "</p></div>";
}

/// What the application lacks, each with its clause: what the clerk wrote when it was returned, else what the rules
/// say to the applicant.
std::vector<std::pair<std::string, std::string>> missing_of(const ledger::Overview& overview) {
    std::vector<std::pair<std::string, std::string>> missing;
    for (auto event = overview.events.rbegin(); event != overview.events.rend(); ++event) {
        if (event->step != "return" || overview.row.state != ledger::State::returned) continue;
        const auto details = Json::parse(event->details, nullptr, false);
        if (!details.is_object()) break;
        const auto particulars = details.value("particulars", Json::object());
        for (const auto& text : split(particulars.value("missing", std::string()), ","))
            if (!trimmed(text).empty()) missing.emplace_back(std::string(trimmed(text)), "");
        return missing;
    }
    for (const auto& finding : overview.findings)
        if ((finding.action == rules::Action::reject || finding.action == rules::Action::hold) &&
            rules::is_for_applicant(finding.rule))
            missing.emplace_back(finding.message, finding.clause);
    return missing;
}

} // namespace

HttpResponse print_notice(Desk& desk, const Call& call) {
    const auto overview = desk.lives.show(call.words.at(0));
    std::string list;
    for (const auto& [text, clause] : missing_of(overview))
        list += "<li>" + escaped(text) +
                (clause.empty() ? "" : " <span class=\"clause\">（" + escaped(clause) + "）</span>") + "</li>";
    if (list.empty()) list = "<li>　</li>";
    const auto name = value(overview, "name");
    desk.users.note(call.user.display, "notice-printed", overview.row.registration);
    return html(
        "补正告知书",
        "<p>" + (name.empty() ? std::string("　　　　") : escaped(name)) + "：</p><p>您于" +
            in_words(overview.row.received_on) +
            "提交的失业登记申请收悉。经审核，申请内容不齐全或者不符合要求，请补正下列内容：</p><ol>" + list +
            "</ol><p>补正以后请带本告知书和有效身份证件到原受理机构重新提交，受理时间从补正材料收到之日起计算。登"
            "记不收取任何费用。</p><p class=\"clause\">受理编号：" +
            escaped(overview.row.registration) + "</p>" +
            signatures(office_of(desk, overview), call.user.display, "收件人"));
}

HttpResponse print_receipt(Desk& desk, const Call& call) {
    const auto overview = desk.lives.show(call.words.at(0));
    const auto name = value(overview, "name");
    desk.users.note(call.user.display, "receipt-printed", overview.row.registration);
    return html(
        "失业登记受理回执",
        "<table>" + row("申请人", name) + row("证件号码", masked(overview.row.number)) +
            row("受理日期", in_words(overview.row.received_on)) +
            row("受理渠道", ledger::label_of(overview.row.channel)) + row("受理编号", overview.row.registration) +
            row("办理情况",
                std::string(label_of(overview.row.state)) + "（" + in_words(overview.row.changed_on) + "）") +
            "</table><p>办理失业登记、发放《就业创业证》不收取任何费用。联系方式有变动的，请及时告知受理机构。</p>" +
            signatures(office_of(desk, overview), call.user.display, "申请人"));
}

HttpResponse print_certificate(Desk& desk, const Call& call) {
    if (!desk.lent.certificate) throw ApiError(404, "not-found", "这里不能打印就业创业证");
    const auto& registration = call.words.at(0);
    const auto made = desk.lent.certificate(registration, call.user.display, call.text("why"));
    if (!made.why_not.empty()) throw ApiError(422, "refused", made.why_not);
    disclose(desk, call.user, registration);
    HttpResponse response;
    response.type = "application/pdf";
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Content-Disposition", "inline; filename=\"certificate.pdf\"");
    response.body = made.pdf;
    return response;
}

} // namespace dengji::review
