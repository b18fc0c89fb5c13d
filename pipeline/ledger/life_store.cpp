#include "pipeline/ledger/life_store.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/stored_values.h"

namespace dengji::ledger {
namespace {

Parameter day_or_null(std::optional<Date> day) {
    return day ? Parameter(format(*day)) : Parameter();
}

[[noreturn]] void refuse_unknown(const char* what) {
    throw Error(ErrorKind::data, std::string("the register holds ") + what + " that this program does not know",
                "Use a newer program, or restore the register from a backup.");
}

} // namespace

Date stored_day(const std::string& text) {
    const auto day = parse_date(text);
    if (!day) refuse_unknown("a day");
    return *day;
}

std::optional<Date> stored_day_or_none(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(stored_day(text));
}

Entry entry_now() {
    return {utc_now(), today()};
}

Entry entry_on(Date day) {
    return {format(day) + "T04:00:00Z", day};
}

std::optional<LifeRow> life_row(Database& database, const std::string& registration) {
    Cursor row = database.select({"id", "person_id", "office", "follows", "channel", "state", "changed_on",
                                  "received_on", "decided_on", "registered_on", "cancelled_on", "cancel_reason"},
                                 "from lives where registration_id = :id", {registration});
    if (!row.next()) return std::nullopt;
    LifeRow life;
    life.id = row.number(0);
    life.registration = registration;
    if (!row.is_null(1)) life.person = row.number(1);
    life.office = row.text(2);
    life.follows = row.text(3);
    const auto channel = channel_named(row.text(4));
    const auto state = state_named(row.text(5));
    if (!channel || !state) refuse_unknown("a state or channel");
    life.channel = *channel;
    life.state = *state;
    life.changed_on = stored_day(row.text(6));
    life.received_on = stored_day(row.text(7));
    life.decided_on = stored_day_or_none(row.text(8));
    life.registered_on = stored_day_or_none(row.text(9));
    life.cancelled_on = stored_day_or_none(row.text(10));
    life.cancel_reason = row.text(11);
    return life;
}

std::vector<LifeEvent> life_events(Database& database, const std::string& registration) {
    Cursor row = database.select(
        {"id", "action", "effective_on", "entered_on", "actor", "way", "paper", "outcome", "details"},
        "from events where subject = :id and effective_on is not null and subject_kind = 'registration' order by id",
        {registration});
    std::vector<LifeEvent> events;
    while (row.next())
        events.push_back({row.number(0), row.text(1), stored_day(row.text(2)), stored_day(row.text(3)), row.text(4),
                          row.text(5), row.text(6), row.text(7), row.text(8)});
    return events;
}

long long add_life_event(Database& database, const std::string& registration, const LifeEvent& event,
                         const std::string& at, std::optional<State> state, std::optional<long long> batch) {
    database.execute("insert into events (at, actor, action, subject_kind, subject, batch_id, details, effective_on, "
                     "entered_on, way, paper, outcome, state) values (:at, :actor, :action, 'registration', :subject, "
                     ":batch, :details, :on, :entered, :way, :paper, :outcome, :state)",
                     {at, storable(event.by), event.step, registration, batch ? Parameter(*batch) : Parameter(),
                      storable(event.details), format(event.on), format(event.entered_on), storable(event.way),
                      storable(event.paper), storable(event.outcome),
                      state ? Parameter(std::string(name_of(*state))) : Parameter()});
    return database.last_key();
}

void add_life(Database& database, const std::string& registration, rules::Channel channel, Date received_on,
              const Entry& entry, const std::string& by, std::optional<long long> batch, const std::string& details) {
    database.execute("insert into lives (registration_id, channel, state, changed_on, received_on) "
                     "values (:id, :channel, 'received', :changed, :received)",
                     {registration, name_of(channel), format(received_on), format(received_on)});
    LifeEvent event;
    event.step = "received";
    event.on = received_on;
    event.entered_on = entry.day;
    event.by = by;
    event.outcome = name_of(channel);
    event.details = details;
    add_life_event(database, registration, event, entry.at, State::received, batch);
}

void store_life(Database& database, const std::string& registration, const Life& life, std::optional<Date> settled_on) {
    database.execute(
        "update lives set state = :state, changed_on = :changed, received_on = :received, decided_on = :decided, "
        "registered_on = :registered, cancelled_on = :cancelled, cancel_reason = :reason, settled_on = :settled "
        "where registration_id = :id",
        {std::string(name_of(life.state)), format(life.changed_on), format(life.received_on),
         day_or_null(life.decided_on), day_or_null(life.registered_on), day_or_null(life.cancelled_on),
         life.cancel_reason, day_or_null(settled_on), registration});
}

} // namespace dengji::ledger
