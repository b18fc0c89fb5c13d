#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

namespace dengji::ledger {
namespace {

void ask(Database& database, const std::string& registration, const std::string& key,
         std::optional<long long> first_user) {
    std::string text;
    {
        Cursor row = database.select({"v.type", "v.value"},
                                     "from registration_values v join registrations r on r.id = v.registration_id join "
                                     "readings x on x.page_id = r.page_id and x.key = v.key where v.registration_id = "
                                     ":id and v.key = :key",
                                     {registration, key});
        if (!row.next()) return; // nothing was scanned that could be entered a second time
        text = field_text(value_of(row.text(0), row.text(1)));
    }
    const Parameter user = first_user ? Parameter(*first_user) : Parameter();
    {
        Cursor row =
            database.select({"first_text", "third_text", "state"},
                            "from second_entries where registration_id = :id and key = :key", {registration, key});
        if (row.next()) {
            const bool third_said_so = row.text(2) == "settled" && row.text(1) == text;
            if (row.text(0) == text || third_said_so) return;
            database.execute("update second_entries set first_user = :user, first_text = :text, second_user = null, "
                             "second_text = null, third_user = null, third_text = null, state = 'waiting', changed_at "
                             "= :at where registration_id = :id and key = :key",
                             {user, text, utc_now(), registration, key});
            return;
        }
    }
    database.execute("insert into second_entries (registration_id, key, first_user, first_text, state, changed_at) "
                     "values (:id, :key, :user, :text, 'waiting', :at)",
                     {registration, key, user, text, utc_now()});
}

/// Nobody enters the same field twice.
std::string which(bool third) {
    return third ? "from second_entries where state = 'differs' and first_user is not :one and second_user is not :two"
                 : "from second_entries where state = 'waiting' and first_user is not :one and :two = :two_again";
}

Parameters who(long long user, bool third) {
    return third ? Parameters{user, user} : Parameters{user, user, user};
}

SecondEntry entry_in(const Cursor& row) {
    SecondEntry entry;
    entry.id = row.number(0);
    entry.registration = row.text(1);
    entry.key = row.text(2);
    if (!row.is_null(3)) entry.first_user = row.number(3);
    entry.first_text = row.text(4);
    if (!row.is_null(5)) entry.second_user = row.number(5);
    entry.second_text = row.text(6);
    entry.state = row.text(7);
    return entry;
}

const std::initializer_list<std::string_view> entry_columns = {
    "id", "registration_id", "key", "first_user", "first_text", "second_user", "second_text", "state"};

} // namespace

void Reviews::ask_second_entries(const std::string& registration, const std::vector<std::string>& keys,
                                 std::optional<long long> first_user) {
    if (keys.empty()) return;
    RegisterWork work(*register_.parts_);
    const bool waits = work.database
                           .number("1",
                                   std::string("from lives l where l.registration_id = :id and ") + waits_for_decision +
                                       " and not " + has_doubts,
                                   {registration})
                           .has_value();
    if (!waits) return;
    for (const auto& key : keys) ask(work.database, registration, key, first_user);
    work.commit();
}

void Reviews::ask_second_entries_of_sure(const std::vector<std::string>& keys, int most) {
    for (const auto& key : keys) {
        std::vector<std::string> registrations;
        {
            RegisterWork work(*register_.parts_, Transaction::For::reading);
            Cursor row = work.database.select(
                {"l.registration_id"},
                std::string("from lives l join registrations r on r.id = l.registration_id where ") +
                    waits_for_decision + " and not " + has_doubts +
                    " and not exists (select 1 from second_entries t where t.registration_id = l.registration_id and "
                    "t.key = :key) and exists (select 1 from readings x where x.page_id = r.page_id and x.key = "
                    ":again) order by l.id limit " +
                    std::to_string(most),
                {key, key});
            while (row.next()) registrations.push_back(row.text(0));
        }
        if (registrations.empty()) continue;
        RegisterWork work(*register_.parts_);
        for (const auto& registration : registrations) ask(work.database, registration, key, std::nullopt);
        work.commit();
    }
}

std::vector<SecondEntry> Reviews::second_entries(long long user, bool third, int most) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(entry_columns, which(third) + " order by id limit " + std::to_string(most),
                                      who(user, third));
    std::vector<SecondEntry> entries;
    while (row.next()) entries.push_back(entry_in(row));
    return entries;
}

long long Reviews::second_entries_waiting(long long user, bool third) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database.number("count(*)", which(third), who(user, third)).value_or(0);
}

std::optional<SecondEntry> Reviews::second_entry(long long id) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(entry_columns, "from second_entries where id = :id", {id});
    return row.next() ? std::optional(entry_in(row)) : std::nullopt;
}

void Reviews::enter_second(long long id, long long user, const std::string& text, const std::string& state) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update second_entries set second_user = :user, second_text = :text, state = :state, "
                          "changed_at = :at where id = :id and state = 'waiting'",
                          {user, storable(text), state, utc_now(), id});
    work.commit();
}

void Reviews::enter_third(long long id, long long user, const std::string& text) {
    RegisterWork work(*register_.parts_);
    work.database.execute("update second_entries set third_user = :user, third_text = :text, state = 'settled', "
                          "changed_at = :at where id = :id and state = 'differs'",
                          {user, storable(text), utc_now(), id});
    work.commit();
}

std::vector<std::string> Reviews::second_entries_open(const std::string& registration,
                                                      const std::vector<std::string>& keys) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::vector<std::string> open;
    for (const auto& key : keys) {
        const auto state = work.database.text("state", "from second_entries where registration_id = :id and key = :key",
                                              {registration, key});
        const bool scanned = work.database
                                 .number("1",
                                         "from registrations r join readings x on x.page_id = r.page_id where r.id = "
                                         ":id and x.key = :key",
                                         {registration, key})
                                 .has_value();
        if (scanned && state != "agreed" && state != "settled") open.push_back(key);
    }
    return open;
}

} // namespace dengji::ledger
