#include "pipeline/ledger/reviews.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

namespace dengji::ledger {
namespace {

constexpr auto is_postponed = "exists (select 1 from postponed_sheets o where o.registration_id = l.registration_id)";

/// Which of those that wait belong to a queue.
std::string of_queue(Queue queue) {
    const std::string doubtful = has_doubts, postponed = is_postponed;
    switch (queue) {
    case Queue::review: return " and " + doubtful + " and not " + postponed;
    case Queue::ready: return " and not " + doubtful + " and not " + postponed;
    case Queue::postponed: return " and " + postponed;
    case Queue::all: break;
    }
    return "";
}

/// In the order of the queue and from a place on, so that as many are looked up as are taken. (Without the plus, SQLite
/// looks all up that wait, and sorts them.)
constexpr auto in_line = "l.id > :place and +l.state in ('received', 'checked', 'in-survey')";

/// Where to begin: at the front, years of what was decided are not gone through.
long long place_from(Database& database, long long place) {
    if (place > 0) return place;
    return database.number("min(l.id)", std::string("from lives l where ") + waits_for_decision).value_or(1) - 1;
}

constexpr auto first_name =
    "(select d.name from deliveries d where d.file_id = p.file_id order by d.batch_id, d.position limit 1)";

} // namespace

QueueSize Reviews::size(Queue queue) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select({"count(*)", std::string("coalesce(sum(") + doubts + "), 0)"},
                                      std::string("from lives l where ") + waits_for_decision + of_queue(queue));
    row.next();
    return {row.number(0), row.number(1)};
}

std::vector<QueueItem> Reviews::list(Queue queue, long long place, int most, long long user, long long now) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(
        {"l.registration_id", "l.id", "l.state", first_name, "p.number", doubts, "o.at", "o.reason",
         "(select u.display from sheet_locks k join users u on u.id = k.user_id where k.registration_id = "
         "l.registration_id and k.until > :now and k.user_id <> :user)",
         "(select count(*) from second_entries t where t.registration_id = l.registration_id and t.state in "
         "('waiting', 'differs'))",
         last_event},
        std::string("from lives l join registrations r on r.id = l.registration_id join pages p on p.id = r.page_id "
                    "left join postponed_sheets o on o.registration_id = l.registration_id where ") +
            in_line + of_queue(queue) + " order by l.id limit " + std::to_string(most),
        {now, user, place_from(work.database, place)});
    std::vector<QueueItem> items;
    while (row.next()) {
        QueueItem item;
        item.registration = row.text(0);
        item.place = row.number(1);
        item.state = state_named(row.text(2)).value_or(State::received);
        item.source = row.text(3);
        item.page = static_cast<int>(row.number(4));
        item.doubtful = static_cast<int>(row.number(5));
        item.postponed = !row.is_null(6);
        item.postponed_why = row.text(7);
        if (!row.is_null(8)) item.locked_by = row.text(8);
        item.second = static_cast<int>(row.number(9));
        item.revision = row.number(10);
        items.push_back(std::move(item));
    }
    return items;
}

std::optional<std::string> Reviews::next(const std::string& after, long long user, long long now) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    const auto from = work.database.number("id", "from lives where registration_id = :id", {after}).value_or(0);
    const auto first = [&](long long place) {
        return work.database.text(
            "l.registration_id",
            std::string("from lives l where ") + in_line + of_queue(Queue::review) +
                " and not exists (select 1 from sheet_locks k where k.registration_id = l.registration_id and k.until "
                "> :now and k.user_id <> :user) and l.registration_id <> :this order by l.id limit 1",
            {place_from(work.database, place), now, user, after});
    };
    auto found = first(from);
    return found || from == 0 ? found : first(0); // round the end
}

std::optional<std::string> Reviews::lock(const std::string& registration, long long user, long long now,
                                         long long until) {
    RegisterWork work(*register_.parts_);
    Database& database = work.database;
    if (auto other = database.text("u.display",
                                   "from sheet_locks k join users u on u.id = k.user_id where k.registration_id = :id "
                                   "and k.until > :now and k.user_id <> :user",
                                   {registration, now, user}))
        return other;
    if (!database.number("1", "from registrations where id = :id", {registration}))
        throw Error(ErrorKind::input, "there is no registration of this number", "Look for it in the list.");
    database.execute("insert or replace into sheet_locks (registration_id, user_id, until) values (:id, :user, :until)",
                     {registration, user, until});
    work.commit();
    return std::nullopt;
}

void Reviews::unlock(const std::string& registration, long long user) {
    RegisterWork work(*register_.parts_);
    work.database.execute("delete from sheet_locks where registration_id = :id and user_id = :user",
                          {registration, user});
    work.commit();
}

void Reviews::unlock_all(long long user) {
    RegisterWork work(*register_.parts_);
    work.database.execute("delete from sheet_locks where user_id = :user", {user});
    work.commit();
}

void Reviews::postpone(const std::string& registration, long long user, const std::string& reason) {
    RegisterWork work(*register_.parts_);
    work.database.execute("insert or replace into postponed_sheets (registration_id, user_id, at, reason) values (:id, "
                          ":user, :at, :reason)",
                          {registration, user, utc_now(), storable(reason)});
    work.commit();
}

void Reviews::take_up(const std::string& registration) {
    RegisterWork work(*register_.parts_);
    work.database.execute("delete from postponed_sheets where registration_id = :id", {registration});
    work.commit();
}

bool Reviews::was_disclosed(const std::string& registration, const std::string& by, const std::string& day) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database
        .number("1",
                "from events where subject = :id and action = 'disclosure' and actor = :by and entered_on = :day and "
                "effective_on is not null limit 1",
                {registration, by, day})
        .has_value();
}

} // namespace dengji::ledger
