#include "pipeline/review/sessions.h"

#include "pipeline/base/sha256.h"
#include "pipeline/base/text.h"
#include "pipeline/review/passwords.h"

namespace dengji::review {
namespace {

constexpr auto cookie_name = "dengji_session=";
constexpr std::size_t word_digits = 64;
constexpr long long longest_session = 12 * 3600;
constexpr long long first_wait = 30, longest_wait = 3600; // seconds

std::string session_hash(const std::string& cookie) {
    return sha256_of("session:" + cookie);
}

std::string token_of(const std::string& cookie) {
    return sha256_of("token:" + cookie);
}

std::string cookie_in(const std::string& header) {
    for (const auto& part : split(header, ";")) {
        const auto text = trimmed(part);
        if (!text.starts_with(cookie_name)) continue;
        const auto word = text.substr(std::string_view(cookie_name).size());
        const bool ours =
            word.size() == word_digits && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
        return ours ? std::string(word) : std::string();
    }
    return {};
}

void give_cookie(HttpResponse& response, const std::string& word) {
    response.headers.emplace_back("Set-Cookie", cookie_name + word + "; HttpOnly; SameSite=Strict; Path=/");
}

std::string given(const Json& body, const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

long long wait_after(int failures, int tries) {
    if (failures < tries) return 0;
    long long wait = first_wait;
    for (int i = tries; i < failures && wait < longest_wait; ++i) wait *= 2;
    return std::min(wait, longest_wait);
}

Json session_json(Desk& desk, const std::string& cookie, const std::optional<ledger::User>& user) {
    Json json = {{"user", nullptr},
                 {"token", token_of(cookie)},
                 {"needsFirstUser", !user && !desk.users.any()},
                 {"idleSeconds", desk.settings.idle_minutes * 60}};
    if (!user) return json;
    json["user"] = {{"name", user->name},
                    {"display", user->display},
                    {"role", std::string(name_of(user->role))},
                    {"roleLabel", std::string(label_of(user->role))}};
    json["settings"] = {{"secondPassFields", desk.settings.second_pass},
                        {"sampleShare", desk.settings.sample_share},
                        {"forms", {{desk.book.form.id, desk.book.form.titles.front()}}}};
    return json;
}

/// So that it can't be told by the time whether there is a user of that name.
void waste_time(const std::string& password) {
    static const std::string nobodys = hashed_password(random_hex(16));
    is_password(password, nobodys);
}

[[noreturn]] void refuse_waiting(long long seconds) {
    throw ApiError(429, "locked", "密码错误次数过多，请在" + std::to_string(seconds) + "秒以后再试",
                   {{"error", {{"seconds", seconds}}}});
}

Json as_json(const ledger::User& user, long long now) {
    return {{"name", user.name},
            {"display", user.display},
            {"role", std::string(name_of(user.role))},
            {"roleLabel", std::string(label_of(user.role))},
            {"disabled", user.disabled},
            {"locked", user.locked_until > now}};
}

ledger::Role role_given(const std::string& name) {
    const auto role = ledger::role_named(name);
    if (!role) throw ApiError(400, "bad-request", "没有这个角色");
    return *role;
}

} // namespace

Visitor visitor_of(Desk& desk, const HttpRequest& request) {
    Visitor visitor;
    visitor.cookie = cookie_in(request.cookie);
    if (!visitor.cookie.empty())
        visitor.user = desk.users.user_of_session(session_hash(visitor.cookie), desk.now(),
                                                  desk.settings.idle_minutes * 60, longest_session);
    return visitor;
}

bool has_token(const Visitor& visitor, const HttpRequest& request) {
    return !visitor.cookie.empty() && same_secret(request.token, token_of(visitor.cookie));
}

HttpResponse tell_session(Desk& desk, Visitor visitor) {
    const bool newcomer = visitor.cookie.empty();
    if (newcomer) visitor.cookie = random_hex(word_digits / 2);
    auto response = answer(session_json(desk, visitor.cookie, visitor.user));
    if (newcomer) give_cookie(response, visitor.cookie);
    return response;
}

HttpResponse sign_in(Desk& desk, const Visitor& visitor, const Json& body) {
    const auto name = std::string(trimmed(given(body, "name")));
    const auto password = given(body, "password");
    const std::lock_guard one_try(desk.trying_passwords);
    const long long now = desk.now();
    const auto user = desk.users.named(name);
    if (user && user->locked_until > now) refuse_waiting(user->locked_until - now);
    const bool right = user && is_password(password, user->password);
    if (!user) waste_time(password);
    if (!right || user->disabled) {
        if (user) {
            const long long wait = wait_after(user->failures + 1, desk.settings.tries);
            desk.users.note_failure(user->id, wait > 0 ? now + wait : 0);
            desk.users.note(user->display, "sign-in-failed", user->name);
            if (wait > 0) refuse_waiting(wait);
        }
        throw ApiError(401, "signed-out", "用户名或者密码不对");
    }
    if (user->failures > 0) desk.users.forget_failures(user->id);
    if (visitor.user) desk.users.end_session(session_hash(visitor.cookie));
    // A word of its own: one that was planted in the browser before must not become a session.
    const auto word = random_hex(word_digits / 2);
    desk.users.begin_session(session_hash(word), *user, now);
    auto response = answer(session_json(desk, word, user));
    give_cookie(response, word);
    return response;
}

HttpResponse sign_out(Desk& desk, const Visitor& visitor) {
    if (visitor.user) {
        desk.reviews.unlock_all(visitor.user->id);
        desk.users.end_session(session_hash(visitor.cookie));
        desk.users.note(visitor.user->display, "signed-out", visitor.user->name);
    }
    const auto word = random_hex(word_digits / 2);
    auto response = answer(session_json(desk, word, std::nullopt));
    give_cookie(response, word);
    return response;
}

ledger::User checked_user(const std::string& name, const std::string& display, const std::string& password,
                          ledger::Role role) {
    ledger::User user;
    user.name = trimmed(name);
    user.display = trimmed(display);
    user.role = role;
    if (user.display.empty()) user.display = user.name;
    const auto odd = [](const std::string& text) {
        const auto letters = code_points(text);
        return letters.empty() || letters.size() > 30 ||
               std::any_of(letters.begin(), letters.end(), [](char32_t c) { return c < 32 || c == 0x7f || c == '|'; });
    };
    if (!is_valid_utf8(user.name) || !is_valid_utf8(user.display) || odd(user.name) || odd(user.display))
        throw ApiError(422, "refused", "用户名和姓名要有1到30个字符");
    if (const auto weak = weakness_of(password, user.name); !weak.empty()) throw ApiError(422, "refused", weak);
    user.password = hashed_password(password);
    return user;
}

HttpResponse add_first_user(Desk& desk, const Json& body) {
    if (desk.users.any()) throw ApiError(403, "forbidden", "已经有用户，请由系统管理员添加");
    const auto user =
        checked_user(given(body, "name"), given(body, "display"), given(body, "password"), ledger::Role::administrator);
    if (!desk.users.add_first(user)) throw ApiError(403, "forbidden", "已经有用户，请由系统管理员添加");
    return sign_in(desk, {}, body);
}

HttpResponse change_own_password(Desk& desk, const Call& call) {
    const std::lock_guard one_try(desk.trying_passwords);
    auto user = desk.users.named(call.user.name).value_or(call.user);
    if (user.locked_until > desk.now()) refuse_waiting(user.locked_until - desk.now());
    if (!is_password(call.text("old"), user.password)) {
        const long long wait = wait_after(user.failures + 1, desk.settings.tries);
        desk.users.note_failure(user.id, wait > 0 ? desk.now() + wait : 0);
        if (wait > 0) refuse_waiting(wait);
        throw ApiError(422, "refused", "原来的密码不对");
    }
    const auto changed = checked_user(user.name, user.display, call.text("new"), user.role);
    user.password = changed.password;
    desk.users.change(user, user.display); // ends the sessions
    const auto word = random_hex(word_digits / 2);
    desk.users.begin_session(session_hash(word), user, desk.now());
    auto response = answer(session_json(desk, word, user));
    give_cookie(response, word);
    return response;
}

HttpResponse list_users(Desk& desk, const Call&) {
    Json users = Json::array();
    for (const auto& user : desk.users.all()) users.push_back(as_json(user, desk.now()));
    return answer({{"users", users}});
}

HttpResponse add_user(Desk& desk, const Call& call) {
    const auto user =
        checked_user(call.text("name"), call.text("display"), call.text("password"), role_given(call.text("role")));
    try {
        desk.users.add(user, call.user.display);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::input) throw;
        throw ApiError(422, "refused", "已经有同名的用户，请换一个名称");
    }
    return answer(as_json(*desk.users.named(user.name), desk.now()));
}

HttpResponse change_user(Desk& desk, const Call& call) {
    auto user = desk.users.named(call.words.at(0));
    if (!user) throw ApiError(404, "not-found", "没有这个用户");
    const auto role = call.text("role");
    const auto password = call.text("password");
    const auto disabled = call.body.find("disabled");
    if (!role.empty()) user->role = role_given(role);
    if (disabled != call.body.end() && disabled->is_boolean()) user->disabled = disabled->get<bool>();
    if (!password.empty()) user->password = checked_user(user->name, user->display, password, user->role).password;
    const bool last = user->id == call.user.id && (user->disabled || user->role != ledger::Role::administrator);
    if (last) throw ApiError(422, "refused", "不能停用自己或者改变自己的角色，请由另一位系统管理员来做");
    desk.users.change(*user, call.user.display);
    desk.reviews.unlock_all(user->id);
    return answer(as_json(*desk.users.named(user->name), desk.now()));
}

} // namespace dengji::review
