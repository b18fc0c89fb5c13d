#include "pipeline/review/settling.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/review/passwords.h"

namespace dengji::review {
namespace {

ledger::Act act_on(const ledger::User& user, const std::string& registration, const char* step) {
    ledger::Act act;
    act.registration = registration;
    act.step = step;
    act.on = today();
    act.by = user.display;
    return act;
}

bool same_text(const rules::RuleBook& book, const std::string& key, const std::string& one, const std::string& other) {
    if (book.form.field(key) == nullptr) return one == other;
    return ledger::field_text(ledger::field_value(book.form, key, one)) ==
           ledger::field_text(ledger::field_value(book.form, key, other));
}

ApiError refused_fields(const Json& refused) {
    return {422, "refused", "有项目不能这样填写，没有保存", {{"fields", refused}}};
}

std::string why(const ledger::Refusal& refusal) {
    if (!refusal.why.empty()) return refusal.why;
    std::vector<std::string> words;
    for (const auto& finding : refusal.findings) words.push_back(finding.message);
    return joined(words, "；");
}

} // namespace

void hold_sheet(Desk& desk, const ledger::User& user, const std::string& registration) {
    const long long now = desk.now();
    if (const auto other = desk.reviews.lock(registration, user.id, now, now + desk.settings.lock_minutes * 60))
        throw ApiError(423, "locked", "“" + *other + "”正在处理这张登记表，请先做别的", {{"by", *other}});
}

void expect_revision(Desk& desk, const std::string& registration, long long revision) {
    const long long now = desk.reviews.revision(registration);
    if (now != revision)
        throw ApiError(409, "stale", "这张登记表刚刚有了变动，请看过最新内容再办；已输入的内容还在",
                       {{"revision", now}});
}

void settle(Desk& desk, const ledger::User& user, const std::string& registration, long long revision,
            const std::vector<Settled>& fields, const std::string& work) {
    desk.lives.together([&] {
        hold_sheet(desk, user, registration);
        expect_revision(desk, registration, revision);
        Json refused = Json::array();
        for (const auto& field : fields) {
            const auto now = desk.reviews.standing(registration, field.key);
            auto broken = ledger::field_change_broken(desk.book.form, field.key, field.text);
            if (broken && now && *now == field.text) broken.reset(); // as it stands, it may be confirmed
            if (broken) {
                refused.push_back({{"key", field.key}, {"message", *broken}});
                continue;
            }
            const bool stays = now && same_text(desk.book, field.key, *now, field.text);
            auto act = act_on(user, registration, stays ? "confirm" : "correct");
            act.particulars = {{"key", field.key}, {"work", work}};
            if (!stays) act.particulars["value"] = field.text;
            const auto taken = desk.lives.take(act);
            if (taken.refusal) {
                refused.push_back({{"key", field.key}, {"message", why(*taken.refusal)}});
                continue;
            }
            desk.reviews.settle_sample(
                registration, field.key, user.id,
                stays ? *now : ledger::field_text(ledger::field_value(desk.book.form, field.key, field.text)));
        }
        if (!refused.empty()) throw refused_fields(refused); // rolls back what went before
        desk.reviews.take_up(registration);
        desk.reviews.ask_second_entries(registration, desk.settings.second_pass, user.id);
    });
}

void undo_last(Desk& desk, const ledger::User& user, const std::string& registration, long long revision) {
    desk.lives.together([&] {
        hold_sheet(desk, user, registration);
        expect_revision(desk, registration, revision);
        const auto events = desk.lives.show(registration).events;
        std::set<std::string> undone;
        std::string work;
        std::vector<const ledger::LifeEvent*> last;
        for (auto event = events.rbegin(); event != events.rend(); ++event) {
            const auto details = Json::parse(event->details, nullptr, false);
            const auto particulars =
                details.is_object() ? details.value("particulars", Json::object()) : Json::object();
            if (event->step == "undo") undone.insert(particulars.value("event", std::string()));
            if (event->step != "confirm" && event->step != "correct") continue;
            const auto its_work = particulars.value("work", std::string());
            if (event->by != user.display || its_work.empty() || undone.contains(std::to_string(event->id))) continue;
            if (!work.empty() && its_work != work) break;
            work = its_work;
            last.push_back(&*event);
        }
        if (last.empty()) throw ApiError(422, "refused", "这张登记表上没有您可以撤回的核对");
        for (const auto* event : last) {
            auto act = act_on(user, registration, "undo");
            act.particulars = {{"key", event->outcome}, {"event", std::to_string(event->id)}};
            const auto taken = desk.lives.take(act);
            if (taken.refusal) throw ApiError(422, "refused", why(*taken.refusal));
            desk.reviews.reopen_sample(registration, event->outcome);
        }
    });
}

} // namespace dengji::review
