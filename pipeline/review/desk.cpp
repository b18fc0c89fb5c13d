#include "pipeline/review/desk.h"

#include "exporters/rows/mask.h"
#include "pipeline/base/error.h"

#include <charconv>

namespace dengji::review {

bool Disclosures::is_new(const std::string& who_and_what) {
    constexpr std::size_t many = 200'000;
    const std::lock_guard lock(mutex_);
    if (known_.size() > many) known_.clear();
    return known_.insert(who_and_what).second;
}

std::optional<FindingCounts::Counts> FindingCounts::of(const std::string& registration, long long revision) {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(registration);
    if (found == known_.end() || found->second.first != revision) return std::nullopt;
    return found->second.second;
}

void FindingCounts::keep(const std::string& registration, long long revision, Counts counts) {
    const std::lock_guard lock(mutex_);
    known_[registration] = {revision, std::move(counts)};
}

DueLists::Items DueLists::of(ledger::Lives& lives, Date on, const std::optional<std::string>& office) {
    const std::lock_guard lock(mutex_);
    const long long last = lives.last_event();
    if (last != last_event_ || known_.size() > 100) known_.clear();
    last_event_ = last;
    auto& items = known_[format(on) + "|" + office.value_or("*")];
    if (!items) items = std::make_shared<const std::vector<ledger::DueItem>>(lives.due(on, office));
    return items;
}

std::string Call::text(const char* key) const {
    if (request.method != "POST") return request.asked(key);
    const auto found = body.find(key);
    if (found == body.end() || found->is_null()) return {};
    if (!found->is_string()) throw ApiError(400, "bad-request", std::string("请求中的") + key + "不是文字");
    return found->get<std::string>();
}

long long Call::number(const char* key) const {
    const auto found = body.find(key);
    if (found == body.end() || !found->is_number_integer())
        throw ApiError(400, "bad-request", std::string("请求中缺少") + key);
    return found->get<long long>();
}

long long Call::asked_number(const char* key, long long least, long long most, long long otherwise) const {
    const auto given = request.asked(key);
    if (given.empty()) return otherwise;
    long long value = 0;
    const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (fault != std::errc{} || end != given.data() + given.size() || value < least || value > most)
        throw ApiError(400, "bad-request", std::string("网址中的") + key + "不对");
    return value;
}

HttpResponse answer(const Json& json, int status) {
    HttpResponse response;
    response.status = status;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return response;
}

HttpResponse ApiError::answer() const {
    Json json = more_;
    json["error"]["code"] = code_;
    json["error"]["message"] = message();
    return review::answer(json, status_);
}

void disclose(Desk& desk, const ledger::User& user, const std::string& registration) {
    const auto day = format(today());
    const auto what = user.name + "|" + registration + "|" + day;
    if (!desk.disclosures.is_new(what) || desk.reviews.was_disclosed(registration, user.display, day)) return;
    ledger::Act act;
    act.registration = registration;
    act.step = "disclosure";
    act.on = today();
    act.by = user.display;
    act.particulars = {{"reason", "核对登记表"}};
    desk.lives.take(act);
}

std::string masked(const std::string& number) {
    return rows::masked_number(number);
}

} // namespace dengji::review
