#include "pipeline/review/groups_api.h"

#include "pipeline/review/passwords.h"
#include "pipeline/review/settling.h"
#include "pipeline/review/sheet_json.h"

namespace dengji::review {
namespace {

std::string label_of_value(const std::string& value) {
    if (value.empty()) return "（空）";
    return value == "*" ? "全部" : value;
}

void prepare_crop(Desk& desk, const std::string& registration, const std::string& key) {
    const auto sheet = desk.reviews.sheet(registration);
    for (const auto& field : sheet.fields)
        if (field.value.key == key && field.read && sheet.page.scanned)
            desk.pictures.crop(sheet.page, field.box, usual_margin);
}

/// The crops of the screen after this one: each is of another scan, and all are wanted at once.
void expect_next_screen(Desk& desk, const std::string& key, const std::string& value, long long place, int most) {
    desk.pictures.when_idle([&desk, key, value, place, most] {
        for (const auto& item : desk.reviews.group_items(key, value, place, most))
            desk.pictures.when_idle([&desk, key, id = item.registration] { prepare_crop(desk, id, key); });
    });
}

} // namespace

HttpResponse list_groups(Desk& desk, const Call&) {
    Json list = Json::array();
    for (const auto& group : desk.group_counts.up_to_date(desk.reviews))
        list.push_back({{"key", group.key},
                        {"label", desk.book.form.field(group.key)->label + "：" + label_of_value(group.value)},
                        {"value", group.value},
                        {"count", group.count},
                        {"doubtful", group.doubtful}});
    return answer({{"groups", list}});
}

HttpResponse list_group_items(Desk& desk, const Call& call) {
    const auto key = call.request.asked("key");
    const auto keys = grouped_keys(desk.book.form);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) throw ApiError(404, "not-found", "没有这一组");
    const auto most = static_cast<int>(call.asked_number("most", 1, 200, 60));
    auto items = desk.reviews.group_items(key, call.request.asked("value"),
                                          call.asked_number("after", 0, 9'000'000'000'000'000, 0), most + 1);
    const bool more = items.size() > static_cast<std::size_t>(most);
    if (more) items.pop_back();
    if (more) expect_next_screen(desk, key, call.request.asked("value"), items.back().place, most);
    Json list = Json::array();
    for (const auto& item : items)
        list.push_back({{"id", item.registration},
                        {"key", key},
                        {"text", item.text},
                        {"review", item.review},
                        {"crop", item.scanned ? Json(crop_url(item.registration, key)) : Json()},
                        {"revision", item.revision}});
    return answer({{"items", list}, {"next", more ? Json(std::to_string(items.back().place)) : Json()}});
}

HttpResponse settle_group(Desk& desk, const Call& call) {
    const auto key = call.text("key");
    const auto given = call.body.find("items");
    if (given == call.body.end() || !given->is_array() || given->size() > 200)
        throw ApiError(400, "bad-request", "请求中没有登记表，或者多于200张");
    const auto work = random_hex(8);
    int settled = 0;
    Json refused = Json::array();
    for (const auto& item : *given)
        if (!item.is_object() || !item.value("id", Json()).is_string() || !item.value("text", Json()).is_string() ||
            !item.value("revision", Json()).is_number_integer())
            throw ApiError(400, "bad-request", "请求中的登记表不对");
    const auto settle_item = [&](const std::string& id, long long revision, const std::string& text) {
        try {
            desk.lives.together([&] {
                settle(desk, call.user, id, revision, {{key, text}}, work);
                desk.reviews.unlock(id, call.user.id);
            });
            ++settled;
        } catch (const ApiError& error) {
            refused.push_back({{"id", id}, {"code", error.code()}, {"message", error.message()}});
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::input) throw;
            refused.push_back({{"id", id}, {"code", "not-found"}, {"message", "没有这张登记表"}});
        }
    };
    // Each alone may be refused, but all are waited for only once until they lie on the disk.
    desk.lives.together([&] {
        for (const auto& item : *given)
            settle_item(item["id"].get<std::string>(), item["revision"].get<long long>(),
                        item["text"].get<std::string>());
    });
    return answer({{"settled", settled}, {"refused", refused}});
}

} // namespace dengji::review
