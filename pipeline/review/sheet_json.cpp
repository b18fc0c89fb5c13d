#include "pipeline/review/sheet_json.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/review/step_json.h"
#include "pipeline/rules/rule_table.h"

namespace dengji::review {
namespace {

bool in_digits(const std::string& content) {
    return content == "id_number" || content == "id_number_like" || content == "mobile" || content == "landline";
}

/// The first character in which the value differs from what else it may be.
int doubtful_from(const std::string& text, const std::vector<std::string>& candidates) {
    const auto value = code_points(text);
    if (value.empty() || candidates.empty()) return 0;
    const auto other = code_points(candidates.front());
    std::size_t same = 0;
    while (same < value.size() && same < other.size() && value[same] == other[same]) ++same;
    return same == value.size() ? 0 : static_cast<int>(same);
}

/// Which field of a sheet a field of an identity card speaks for.
const std::map<std::string, std::pair<std::string, std::string>>& card_fields() {
    static const std::map<std::string, std::pair<std::string, std::string>> table = {
        {"card.name", {"name", "姓名"}},
        {"card.sex", {"sex", "性别"}},
        {"card.ethnicity", {"ethnicity", "民族"}},
        {"card.birth_date", {"id_number", "出生日期"}},
        {"card.address", {"hukou_address.detail", "住址"}},
        {"card.id_number", {"id_number", "公民身份号码"}},
    };
    return table;
}

std::vector<std::string> candidates_of(const ledger::ReviewSheet& sheet, const ledger::ReviewField& field,
                                       const std::string& text) {
    std::vector<std::string> found;
    const auto add = [&](const std::string& candidate) {
        if (candidate.empty() || candidate == text || found.size() >= 9) return;
        if (std::find(found.begin(), found.end(), candidate) == found.end()) found.push_back(candidate);
    };
    for (const auto& paper : sheet.papers)
        for (const auto& [key, value] : paper.readings)
            if (key == "card." + field.value.key) add(value);
    for (const auto& alternative : field.alternatives) add(alternative);
    return found;
}

Json value_json(const reading::Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
    return std::get<bool>(value);
}

/// A sampled field looks as one that the program was not sure of.
Json field_json(Desk& desk, const ledger::ReviewSheet& sheet, const ledger::ReviewField& field, bool has_image) {
    const auto* known = desk.book.form.field(field.value.key);
    const auto text = ledger::field_text(field.value.value);
    const bool review = field.value.review || field.sampled;
    const auto candidates = candidates_of(sheet, field, text);
    Json reasons = Json::array();
    for (const auto& reason : field.reasons) reasons.push_back(reason.zh);
    if (review && reasons.empty()) reasons.push_back("识别把握不大，请核对");
    Json json = {{"key", field.value.key},
                 {"label", known == nullptr ? field.value.key : known->label},
                 {"kind", known == nullptr ? "text" : kind_of(*known)},
                 {"value", value_json(field.value.value)},
                 {"text", text},
                 {"raw", field.raw},
                 {"confidence", nullptr},
                 {"review", review},
                 {"reasons", reasons},
                 {"candidates", candidates},
                 {"doubtfulFrom", doubtful_from(text, candidates)},
                 {"box", nullptr},
                 {"origin", field.value.origin},
                 {"sampled", false}};
    if (!review && field.read) json["confidence"] = std::round(field.confidence * 100) / 100;
    if (!field.read || !has_image) return json;
    json["box"] = Json::array();
    for (const auto& corner : desk.pictures.upright(sheet.page, field.box))
        json["box"].push_back({std::round(corner.x), std::round(corner.y)});
    return json;
}

Json papers_json(const ledger::ReviewSheet& sheet) {
    Json list = Json::array();
    for (const auto& paper : sheet.papers) {
        Json fields = Json::array(), supports = Json::array();
        for (const auto& [key, text] : paper.readings) {
            const auto known = card_fields().find(key);
            if (known == card_fields().end()) continue;
            fields.push_back({{"key", known->second.first}, {"label", known->second.second}, {"text", text}});
            supports.push_back(known->second.first);
        }
        const auto id = std::to_string(paper.page.id);
        list.push_back({{"page", id},
                        {"paper", paper.page.paper},
                        {"label", paper.page.paper == "id-card" ? "身份证复印件" : "随附材料"},
                        {"image", "/api/papers/" + id + "/image"},
                        {"fields", fields},
                        {"supports", supports}});
    }
    return list;
}

Json relatives_json(const std::vector<ledger::Relative>& relatives) {
    Json list = Json::array();
    for (const auto& other : relatives) {
        const auto state = ledger::state_named(other.state);
        list.push_back({{"id", other.registration},
                        {"state", other.state},
                        {"stateLabel", state ? std::string(label_of(*state)) : other.state},
                        {"receivedOn", other.received_on}});
    }
    return list;
}

} // namespace

const char* kind_of(const templates::Field& field) {
    using templates::FieldKind;
    switch (field.kind) {
    case FieldKind::date: return field.content == "year-month-day" ? "date" : "month";
    case FieldKind::number: return "number";
    case FieldKind::choice:
    case FieldKind::choices: return "choice";
    case FieldKind::presence: return "presence";
    case FieldKind::text: break;
    }
    return in_digits(field.content) ? "number" : "text";
}

bool takes_many(const templates::Field& field) {
    return field.kind == templates::FieldKind::choices;
}

std::string crop_url(const std::string& registration, const std::string& key) {
    return "/api/sheets/" + registration + "/crop/" + key + "?margin=" + std::to_string(usual_margin);
}

Json findings_json(const rules::Findings& findings) {
    Json list = Json::array();
    for (const auto& finding : findings)
        list.push_back({{"rule", finding.rule},
                        {"action", std::string(rules::name_of(finding.action))},
                        {"clause", finding.clause},
                        {"message", finding.message},
                        {"forApplicant", rules::is_for_applicant(finding.rule)},
                        {"fields", finding.fields}});
    return list;
}

Json sheet_json(Desk& desk, const ledger::User& user, const std::string& registration) {
    const auto sheet = desk.reviews.sheet(registration);
    const auto overview = desk.lives.show(registration);
    Json missing = nullptr, image = nullptr;
    if (!sheet.page.scanned) {
        missing = "线上申请，没有扫描件";
    } else {
        try {
            const auto size = desk.pictures.upright_size(sheet.page);
            image = {{"width", size.width}, {"height", size.height}};
        } catch (const Error&) {
            missing = "扫描件丢失或者不能打开，请重新扫描递交；已识读的内容不受影响";
        }
    }
    Json json = {{"id", registration},
                 {"form", sheet.form},
                 {"revision", sheet.revision},
                 {"state", std::string(name_of(sheet.state))},
                 {"stateLabel", std::string(label_of(sheet.state))},
                 {"source", std::filesystem::path(sheet.page.source).filename().string()},
                 {"page", sheet.page.page},
                 {"orientation", sheet.page.orientation},
                 {"image", image},
                 {"missingImage", missing}};
    const auto* office = desk.offices.with_code(sheet.office);
    json["office"] = office == nullptr ? "区本级/其他" : office->town;
    json["receivedOn"] = format(overview.row.received_on);
    json["fields"] = Json::array();
    for (const auto& field : sheet.fields) json["fields"].push_back(field_json(desk, sheet, field, missing.is_null()));
    json["attachments"] = papers_json(sheet);
    json["findings"] = findings_json(overview.findings);
    json["steps"] = steps_json(desk, sheet, user.role);
    json["events"] = events_json(desk, overview);
    const auto number = certificate_number(overview);
    json["certificate"] = number.empty() ? Json() : Json(number);
    json["person"] = {{"others", relatives_json(overview.others)},
                      {"lookAlikes", relatives_json(overview.look_alikes)}};
    json["second"] = is_pending(sheet.state) ? desk.reviews.second_entries_open(registration, desk.settings.second_pass)
                                             : std::vector<std::string>();
    return json;
}

void expect_pictures(Desk& desk, const ledger::ReviewSheet& sheet) {
    if (!sheet.page.scanned) return;
    std::vector<std::array<cv::Point2f, 4>> boxes;
    for (const auto& field : sheet.fields)
        if (field.read && (field.value.review || field.sampled)) boxes.push_back(field.box);
    desk.pictures.expect(sheet.page, std::move(boxes), usual_margin);
}

} // namespace dengji::review
