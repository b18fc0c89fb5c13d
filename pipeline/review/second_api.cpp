#include "pipeline/review/second_api.h"

#include "pipeline/ledger/field_changes.h"
#include "pipeline/review/passwords.h"
#include "pipeline/review/settling.h"
#include "pipeline/review/sheet_json.h"

namespace dengji::review {
namespace {

constexpr int a_handful = 10;

Json as_json(const Desk& desk, const ledger::SecondEntry& entry) {
    const auto* field = desk.book.form.field(entry.key);
    return {{"task", std::to_string(entry.id)},
            {"key", entry.key},
            {"label", field == nullptr ? entry.key : field->label},
            {"kind", field == nullptr ? "text" : kind_of(*field)},
            {"crop", crop_url(entry.registration, entry.key)}};
}

Json waiting_json(Desk& desk, const ledger::User& user) {
    Json items = Json::array();
    for (const auto& entry : desk.reviews.second_entries(user.id, false, a_handful))
        items.push_back(as_json(desk, entry));
    return {{"items", items}, {"waiting", desk.reviews.second_entries_waiting(user.id, false)}};
}

ledger::SecondEntry entry_of(Desk& desk, const Call& call, const char* state) {
    const auto& word = call.words.at(0);
    if (word.empty() || word.size() > 15 || word.find_first_not_of("0123456789") != std::string::npos)
        throw ApiError(404, "not-found", "没有这项录入");
    long long id = 0;
    for (const char digit : word) id = id * 10 + (digit - '0');
    const auto entry = desk.reviews.second_entry(id);
    if (!entry) throw ApiError(404, "not-found", "没有这项录入");
    if (entry->state != state) throw ApiError(409, "stale", "这一项已经由别人录入");
    if (entry->first_user == call.user.id || (entry->second_user == call.user.id && entry->state == "differs"))
        throw ApiError(403, "forbidden", "同一个项目要由不同的人录入");
    return *entry;
}

std::string valued(const Desk& desk, const std::string& key, const std::string& text) {
    if (const auto broken = ledger::field_change_broken(desk.book.form, key, text))
        throw ApiError(422, "refused", *broken);
    return ledger::field_text(ledger::field_value(desk.book.form, key, text));
}

/// The share that lies between these with a certainty of 95 % (Wilson).
std::pair<double, double> bounds(double wrong, double looked) {
    constexpr double z = 1.96;
    const double share = wrong / looked, spread = z * z / looked;
    const double middle = (share + spread / 2) / (1 + spread);
    const double half = z * std::sqrt(share * (1 - share) / looked + spread / (4 * looked)) / (1 + spread);
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

} // namespace

HttpResponse list_second(Desk& desk, const Call& call) {
    desk.reviews.ask_second_entries_of_sure(desk.settings.second_pass, a_handful * 5);
    return answer(waiting_json(desk, call.user));
}

HttpResponse enter_second(Desk& desk, const Call& call) {
    bool agreed = false;
    desk.lives.together([&] { // of two who enter at once, one is told that it is done
        const auto entry = entry_of(desk, call, "waiting");
        const auto text = valued(desk, entry.key, call.text("text"));
        agreed = text == entry.first_text;
        desk.reviews.enter_second(entry.id, call.user.id, text, agreed ? "agreed" : "differs");
        desk.users.note(call.user.display, agreed ? "second-entry-agreed" : "second-entry-differs", entry.registration,
                        Json{{"key", entry.key}}.dump());
    });
    const auto waiting = waiting_json(desk, call.user);
    return answer({{"agreed", agreed},
                   {"next", waiting["items"].empty() ? Json() : waiting["items"].front()},
                   {"waiting", waiting["waiting"]}});
}

HttpResponse list_third(Desk& desk, const Call& call) {
    Json items = Json::array();
    for (const auto& entry : desk.reviews.second_entries(call.user.id, true, a_handful * 5)) {
        auto json = as_json(desk, entry);
        json["first"] = entry.first_text;
        json["second"] = entry.second_text;
        items.push_back(std::move(json));
        disclose(desk, call.user, entry.registration);
    }
    return answer({{"items", items}, {"waiting", desk.reviews.second_entries_waiting(call.user.id, true)}});
}

HttpResponse enter_third(Desk& desk, const Call& call) {
    std::string registration;
    desk.lives.together([&] {
        const auto entry = entry_of(desk, call, "differs");
        const auto text = valued(desk, entry.key, call.text("text"));
        registration = entry.registration;
        desk.reviews.enter_third(entry.id, call.user.id, text);
        settle(desk, call.user, entry.registration, desk.reviews.revision(entry.registration), {{entry.key, text}},
               random_hex(8));
    });
    desk.reviews.unlock(registration, call.user.id);
    return answer({{"settled", true}, {"waiting", desk.reviews.second_entries_waiting(call.user.id, true)}});
}

HttpResponse tell_quality(Desk& desk, const Call&) {
    Json fields = Json::array();
    for (const auto& quality : desk.reviews.quality()) {
        const auto* field = desk.book.form.field(quality.key);
        const auto looked = static_cast<double>(quality.looked), wrong = static_cast<double>(quality.wrong);
        const auto [low, high] = bounds(wrong, looked);
        fields.push_back({{"key", quality.key},
                          {"label", field == nullptr ? quality.key : field->label},
                          {"looked", quality.looked},
                          {"wrong", quality.wrong},
                          {"rate", wrong / looked},
                          {"low", low},
                          {"high", high}});
    }
    return answer({{"fields", fields}, {"share", desk.settings.sample_share}});
}

} // namespace dengji::review
