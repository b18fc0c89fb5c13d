#include "pipeline/ledger/users.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <algorithm>
#include <charconv>

namespace dengji::ledger {
namespace {

struct RoleWords {
    Role role;
    std::string_view name, label;
};
constexpr std::array<RoleWords, 4> role_words = {{{Role::clerk, "clerk", "经办"},
                                                  {Role::checker, "checker", "复核"},
                                                  {Role::supervisor, "supervisor", "主管"},
                                                  {Role::administrator, "administrator", "系统管理"}}};

const std::initializer_list<std::string_view> user_columns = {
    "u.id", "u.name", "u.display", "u.role", "u.disabled", "u.password", "u.failures", "u.locked_until"};

User user_in(const Cursor& row) {
    User user;
    user.id = row.number(0);
    user.name = row.text(1);
    user.display = row.text(2);
    user.role = role_named(row.text(3)).value_or(Role::clerk);
    user.disabled = row.truth(4);
    user.password = row.text(5);
    user.failures = static_cast<int>(row.number(6));
    user.locked_until = row.number(7);
    return user;
}

void write_audit(Database& database, const std::string& actor, const std::string& action, const std::string& subject,
                 const std::string& details) {
    database.execute("insert into audit (at, actor, action, subject, details) "
                     "values (:at, :actor, :action, :subject, :details)",
                     {utc_now(), storable(actor), action, storable(subject), storable(details)});
}

long long insert(Database& database, const User& user) {
    if (database.number("1", "from users where name = :name or display = :display", {user.name, user.display}))
        throw Error(ErrorKind::input, "there is a user of this name already", "Choose another name.");
    database.execute(
        "insert into users (name, display, role, password, created_at) "
        "values (:name, :display, :role, :password, :at)",
        {storable(user.name), storable(user.display), std::string(name_of(user.role)), user.password, utc_now()});
    return database.last_key();
}

std::string role_as_json(const User& user) {
    return "{\"role\": \"" + std::string(name_of(user.role)) +
           "\", \"disabled\": " + (user.disabled ? "true" : "false") + "}";
}

} // namespace

std::string_view name_of(Role role) noexcept {
    return role_words[static_cast<std::size_t>(role)].name;
}

std::string_view label_of(Role role) noexcept {
    return role_words[static_cast<std::size_t>(role)].label;
}

std::optional<Role> role_named(std::string_view name) noexcept {
    for (const auto& words : role_words)
        if (words.name == name) return words.role;
    return std::nullopt;
}

bool Users::any() {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database.number("1", "from users limit 1").has_value();
}

std::vector<User> Users::all() {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::vector<User> users;
    Cursor row = work.database.select(user_columns, "from users u order by u.name");
    while (row.next()) users.push_back(user_in(row));
    return users;
}

std::optional<User> Users::named(const std::string& name) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(user_columns, "from users u where u.name = :name", {name});
    return row.next() ? std::optional(user_in(row)) : std::nullopt;
}

long long Users::add(const User& user, const std::string& by) {
    RegisterWork work(*register_.parts_);
    const long long key = insert(work.database, user);
    write_audit(work.database, by, "user-added", user.name, role_as_json(user));
    work.commit();
    return key;
}

bool Users::add_first(const User& user) {
    RegisterWork work(*register_.parts_);
    if (work.database.number("1", "from users limit 1")) return false;
    insert(work.database, user);
    write_audit(work.database, user.display, "user-added", user.name, role_as_json(user));
    work.commit();
    return true;
}

void Users::change(const User& user, const std::string& by) {
    RegisterWork work(*register_.parts_);
    Database& database = work.database;
    database.execute("update users set role = :role, disabled = :disabled, password = :password, failures = 0, "
                     "locked_until = 0 where id = :id",
                     {std::string(name_of(user.role)), static_cast<long long>(user.disabled), user.password, user.id});
    database.execute("delete from sessions where user_id = :id", {user.id});
    write_audit(database, by, "user-changed", user.name, role_as_json(user));
    work.commit();
}

void Users::note_failure(long long user, long long locked_until) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update users set failures = failures + 1, locked_until = :until where id = :id",
                          {locked_until, user});
    work.commit();
}

void Users::forget_failures(long long user) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update users set failures = 0, locked_until = 0 where id = :id", {user});
    work.commit();
}

void Users::begin_session(const std::string& hash, const User& user, long long now) {
    RegisterWork work(*register_.parts_);
    work.database.execute("insert into sessions (hash, user_id, begun, seen) values (:hash, :user, :begun, :seen)",
                          {hash, user.id, now, now});
    write_audit(work.database, user.display, "signed-in", user.name, "{}");
    work.commit();
}

std::optional<User> Users::user_of_session(const std::string& hash, long long now, long long idle, long long longest) {
    constexpr long long worth_noting = 20; // seconds: writing is dear
    std::optional<User> user;
    long long seen = 0;
    {
        RegisterWork work(*register_.parts_, Transaction::For::reading);
        Cursor row =
            work.database.select({"u.id", "u.name", "u.display", "u.role", "u.disabled", "u.password", "u.failures",
                                  "u.locked_until", "s.begun", "s.seen"},
                                 "from sessions s join users u on u.id = s.user_id where s.hash = :hash", {hash});
        if (!row.next()) return std::nullopt;
        seen = row.number(9);
        if (!row.truth(4) && now - seen <= idle && now - row.number(8) <= longest) user = user_in(row);
    }
    if (user && now - seen < worth_noting) return user;
    RegisterWork work(*register_.parts_);
    if (user)
        work.database.execute("update sessions set seen = :now where hash = :hash", {now, hash});
    else
        work.database.execute("delete from sessions where hash = :hash", {hash});
    work.commit();
    return user;
}

void Users::end_session(const std::string& hash) {
    RegisterWork work(*register_.parts_);
    work.database.execute("delete from sessions where hash = :hash", {hash});
    work.commit();
}

void Users::note(const std::string& actor, const std::string& action, const std::string& subject,
                 const std::string& details) {
    RegisterWork work(*register_.parts_);
    write_audit(work.database, actor, action, subject, details);
    work.commit();
}

std::vector<AuditEntry> Users::audit(const std::string& after, int most) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    // A place is "moment|list|id"; both lists are gone through by their indexes and merged.
    constexpr long long behind_all = 9'000'000'000'000'000'000;
    std::string at = "9999", list = "b";
    long long id = behind_all;
    if (const auto first = after.find('|'), second = after.rfind('|'); first != second) {
        at = after.substr(0, first);
        list = after.substr(first + 1, second - first - 1);
        const auto [end, fault] = std::from_chars(after.data() + second + 1, after.data() + after.size(), id);
        if (fault != std::errc{} || end != after.data() + after.size())
            throw Error(ErrorKind::usage, "there is no such place in the audit log", "Begin at its front.");
    }
    std::vector<AuditEntry> entries;
    const auto take = [&](const std::string& name, const std::string& rest) {
        const long long bound = name == list ? id : name < list ? behind_all : 0;
        Cursor row = work.database.select({"at", "actor", "action", "subject", "details", "id"},
                                          rest +
                                              " and at <= :at and (at < :same or id < :bound) order by at desc, id "
                                              "desc limit " +
                                              std::to_string(most),
                                          {at, at, bound});
        while (row.next())
            entries.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                               row.text(0) + "|" + name + "|" + row.text(5)});
    };
    take("a", "from audit where true");
    take("b", "from events where effective_on is not null");
    std::stable_sort(entries.begin(), entries.end(), [](const AuditEntry& one, const AuditEntry& other) {
        if (one.at != other.at) return one.at > other.at;
        return one.place[one.at.size() + 1] > other.place[other.at.size() + 1];
    });
    if (entries.size() > static_cast<std::size_t>(most)) entries.resize(static_cast<std::size_t>(most));
    return entries;
}

} // namespace dengji::ledger
