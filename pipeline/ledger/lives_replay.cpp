// The rows of table lives are what the events come to: counted and compared here by the events alone.
#include "pipeline/ledger/lives_work.h"

namespace dengji::ledger {
namespace {

std::string told(const LifeRow& row) {
    const auto day = [](std::optional<Date> date) { return date ? format(*date) : std::string("-"); };
    return std::string(name_of(row.state)) + " " + format(row.changed_on) + " " + format(row.received_on) + " " +
           day(row.decided_on) + " " + day(row.registered_on) + " " + day(row.cancelled_on) + " " + row.cancel_reason +
           " " + name_of(row.channel);
}

std::string told(const Life& life) {
    LifeRow row;
    row.state = life.state;
    row.changed_on = life.changed_on;
    row.received_on = life.received_on;
    row.decided_on = life.decided_on;
    row.registered_on = life.registered_on;
    row.cancelled_on = life.cancelled_on;
    row.cancel_reason = life.cancel_reason;
    row.channel = life.channel;
    return told(row);
}

} // namespace

std::vector<std::string> Lives::rows_unlike_events() {
    Work work(*this, Transaction::For::reading);
    std::vector<std::pair<std::string, std::optional<Date>>> rows;
    {
        Cursor row = work.database.select({"registration_id", "settled_on"}, "from lives order by id");
        while (row.next()) rows.emplace_back(row.text(0), stored_day_or_none(row.text(1)));
    }
    std::vector<std::string> unlike;
    for (const auto& [registration, settled] : rows) {
        const auto life = fold_life(life_events(work.database, registration));
        const auto row = life_row(work.database, registration);
        const auto latest = work.database.text("state",
                                               "from events where subject = :id and effective_on is not null and state "
                                               "is not null order by id desc limit 1",
                                               {registration});
        if (!life || told(*life) != told(*row) || settled_on(*life, book_.settings) != settled ||
            latest != std::string(name_of(life->state)))
            unlike.push_back(registration);
    }
    return unlike;
}

std::map<State, long long> Lives::people_by_state(Date on) {
    Work work(*this, Transaction::For::reading);
    Cursor row = work.database.select({"l.person_id", "e.state"},
                                      "from lives l join events e on e.subject = l.registration_id where "
                                      "l.received_on <= :day and e.effective_on is not null and e.state is not null "
                                      "and e.effective_on <= :until order by l.id, e.id",
                                      {format(on), format(on)});
    std::map<long long, State> people; // the last one written counts
    while (row.next()) people[row.number(0)] = state_named(row.text(1)).value_or(State::received);
    std::map<State, long long> counts;
    for (const auto& [person, state] : people) ++counts[state];
    return counts;
}

} // namespace dengji::ledger
