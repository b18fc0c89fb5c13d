#include "pipeline/review/sheets_api.h"

#include "pipeline/base/text.h"
#include "pipeline/review/passwords.h"
#include "pipeline/review/settling.h"
#include "pipeline/review/sheet_json.h"
#include "pipeline/review/step_json.h"

namespace dengji::review {
namespace {

constexpr int most_margin = 400;

HttpResponse jpeg(std::string bytes) {
    HttpResponse response;
    response.type = "image/jpeg";
    response.body = std::move(bytes);
    response.headers.emplace_back("Cache-Control", "private, max-age=600");
    return response;
}

/// Whether a whole identity number may stand in a field: those of other certificates have it in them.
bool holds_number(const Desk& desk, const std::string& key) {
    const auto* field = desk.book.form.field(key);
    return field != nullptr && (field->content == "id_number" || field->content == "id_number_like");
}

/// A picture that can't be made is a scan that is missing, not a fault.
HttpResponse picture(const std::function<std::string()>& make) {
    try {
        return jpeg(make());
    } catch (const ApiError&) {
        throw;
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input) throw;
        throw ApiError(404, "not-found", "扫描件丢失或者不能打开，请重新扫描递交");
    }
}

/// What follows in the queue is made ready while this one is looked at.
void expect_next(Desk& desk, const ledger::User& user, const std::string& registration) {
    if (const auto next = desk.reviews.next(registration, user.id, desk.now()))
        expect_pictures(desk, desk.reviews.sheet(*next));
}

HttpResponse told(Desk& desk, const Call& call) {
    return answer(sheet_json(desk, call.user, call.words.at(0)));
}

std::map<std::string, std::string> texts_in(const Json& body, const char* key) {
    std::map<std::string, std::string> texts;
    const auto found = body.find(key);
    if (found == body.end() || found->is_null()) return texts;
    if (!found->is_object()) throw ApiError(400, "bad-request", std::string("请求中的") + key + "不对");
    for (const auto& [name, value] : found->items()) {
        if (!value.is_string()) throw ApiError(400, "bad-request", std::string("请求中的") + key + "不对");
        if (!value.get<std::string>().empty()) texts[name] = value.get<std::string>();
    }
    return texts;
}

ledger::Act act_of(const Call& call) {
    ledger::Act act;
    act.registration = call.words.at(0);
    act.step = call.text("step");
    act.by = call.user.display;
    act.way = call.text("way");
    act.paper = call.text("paper");
    const auto on = call.text("on");
    const auto day = on.empty() ? std::optional(today()) : parse_date(on);
    if (!day) throw ApiError(422, "refused", "日期应写成2020-04-15的样子");
    act.on = *day;
    act.particulars = texts_in(call.body, "particulars");
    act.answers = texts_in(call.body, "answers");
    return act;
}

void expect_allowed(Desk& desk, const Call& call, const ledger::Act& act) {
    static const std::set<std::string> elsewhere = {"confirm", "undo", "correct", "disclosure", "certificate-issue"};
    if (ledger::step_named(act.step) == nullptr || elsewhere.contains(act.step))
        throw ApiError(400, "bad-request", "没有这个步骤");
    if (call.user.role < role_for(act.step)) throw ApiError(403, "forbidden", "您的角色不能办理这一步");
    if (act.step != "register") return;
    const auto open = desk.reviews.second_entries_open(act.registration, desk.settings.second_pass);
    if (open.empty()) return;
    std::vector<std::string> labels;
    for (const auto& key : open)
        if (const auto* field = desk.book.form.field(key)) labels.push_back(field->label);
    throw ApiError(422, "refused", "还有项目没有完成二次录入（" + joined(labels, "、") + "），完成以后才能登记",
                   {{"findings", Json::array()}, {"possible", Json::array()}});
}

} // namespace

HttpResponse open_sheet(Desk& desk, const Call& call) {
    const auto& registration = call.words.at(0);
    desk.reviews.sheet(registration); // is there
    hold_sheet(desk, call.user, registration);
    disclose(desk, call.user, registration);
    auto response = told(desk, call);
    expect_pictures(desk, desk.reviews.sheet(registration));
    expect_next(desk, call.user, registration);
    return response;
}

HttpResponse close_sheet(Desk& desk, const Call& call) {
    desk.reviews.unlock(call.words.at(0), call.user.id);
    return answer({{"closed", true}});
}

HttpResponse confirm_fields(Desk& desk, const Call& call) {
    const auto given = call.body.find("fields");
    if (given == call.body.end() || !given->is_array() || given->empty())
        throw ApiError(400, "bad-request", "请求中没有项目");
    std::vector<Settled> fields;
    for (const auto& field : *given) {
        if (!field.is_object() || !field.contains("key") || !field["key"].is_string() || !field.contains("text") ||
            !field["text"].is_string())
            throw ApiError(400, "bad-request", "请求中的项目不对");
        fields.push_back({field["key"].get<std::string>(), field["text"].get<std::string>()});
    }
    settle(desk, call.user, call.words.at(0), call.number("revision"), fields, random_hex(8));
    return told(desk, call);
}

HttpResponse undo_confirm(Desk& desk, const Call& call) {
    undo_last(desk, call.user, call.words.at(0), call.number("revision"));
    return told(desk, call);
}

HttpResponse postpone_sheet(Desk& desk, const Call& call) {
    const auto& registration = call.words.at(0);
    const auto reason = call.text("reason");
    desk.lives.together([&] {
        hold_sheet(desk, call.user, registration);
        expect_revision(desk, registration, call.number("revision"));
        desk.reviews.postpone(registration, call.user.id, reason);
        desk.users.note(call.user.display, "sheet-postponed", registration);
        desk.reviews.unlock(registration, call.user.id);
    });
    return told(desk, call);
}

HttpResponse take_step(Desk& desk, const Call& call) {
    const auto act = act_of(call);
    expect_allowed(desk, call, act);
    std::optional<ledger::Refusal> refusal;
    desk.lives.together([&] {
        hold_sheet(desk, call.user, act.registration);
        expect_revision(desk, act.registration, call.number("revision"));
        try {
            refusal = desk.lives.take(act).refusal;
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::usage) throw;
            throw ApiError(422, "refused", "有必填的内容没有填，或者填的格式不对",
                           {{"findings", Json::array()}, {"possible", Json::array()}});
        }
        if (!refusal) desk.reviews.take_up(act.registration);
    });
    if (!refusal) return answer({{"sheet", sheet_json(desk, call.user, act.registration)}});
    Json possible = Json::array();
    for (const auto* step : refusal->possible)
        possible.push_back({{"name", std::string(step->name)}, {"label", std::string(step->label)}});
    throw ApiError(422, "refused", refusal->why.empty() ? "登记规则不允许，原因见下" : refusal->why,
                   {{"findings", findings_json(refusal->findings)}, {"possible", possible}});
}

HttpResponse sheet_image(Desk& desk, const Call& call) {
    const auto scale = call.asked_number("scale", 1, 4, 2);
    if (scale == 3) throw ApiError(400, "bad-request", "scale是1、2或者4");
    const auto sheet = desk.reviews.sheet(call.words.at(0));
    if (!sheet.page.scanned) throw ApiError(404, "not-found", "线上申请，没有扫描件");
    disclose(desk, call.user, sheet.registration);
    return picture([&] { return desk.pictures.whole(sheet.page, static_cast<int>(scale)); });
}

HttpResponse field_crop(Desk& desk, const Call& call) {
    const auto margin = call.asked_number("margin", 0, most_margin, usual_margin);
    const auto sheet = desk.reviews.sheet(call.words.at(0));
    const auto field = std::find_if(sheet.fields.begin(), sheet.fields.end(),
                                    [&](const auto& one) { return one.value.key == call.words.at(1); });
    if (field == sheet.fields.end() || !field->read || !sheet.page.scanned)
        throw ApiError(404, "not-found", "这个项目没有扫描图像");
    if (margin > usual_margin || holds_number(desk, field->value.key)) disclose(desk, call.user, sheet.registration);
    return picture([&] { return desk.pictures.crop(sheet.page, field->box, static_cast<int>(margin)); });
}

HttpResponse paper_image(Desk& desk, const Call& call) {
    const auto& word = call.words.at(0);
    if (word.empty() || word.size() > 15 || word.find_first_not_of("0123456789") != std::string::npos)
        throw ApiError(404, "not-found", "没有这份材料");
    long long id = 0;
    for (const char digit : word) id = id * 10 + (digit - '0');
    const auto page = desk.reviews.paper(id);
    if (!page) throw ApiError(404, "not-found", "没有这份材料");
    disclose(desk, call.user, desk.reviews.registration_of_paper(id));
    return picture([&] { return desk.pictures.whole(*page, static_cast<int>(call.asked_number("scale", 1, 4, 2))); });
}

} // namespace dengji::review
