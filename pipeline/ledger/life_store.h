#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/life.h"

namespace dengji::ledger {

// How lives lie in the database. Each function is part of the caller's transaction.

/// A row of table lives.
struct LifeRow {
    long long id = 0;
    std::string registration;
    std::optional<long long> person;
    std::string office, follows; ///< "" when there is none
    rules::Channel channel = rules::Channel::counter;
    State state = State::received;
    Date changed_on, received_on;
    std::optional<Date> decided_on, registered_on, cancelled_on;
    std::string cancel_reason;
};

std::optional<LifeRow> life_row(Database& database, const std::string& registration);

/// Events of one registration, in the order in which they were written down, with their details.
std::vector<LifeEvent> life_events(Database& database, const std::string& registration);

/// When and by whom something is written down.
struct Entry {
    std::string at; ///< UTC
    Date day;       ///< here
};
Entry entry_now();
Entry entry_on(Date day); ///< as if it were noon of that day

/// Appends an event; `state` when it changes the registration's. Returns its id.
long long add_life_event(Database& database, const std::string& registration, const LifeEvent& event,
                         const std::string& at, std::optional<State> state,
                         std::optional<long long> batch = std::nullopt);

/// Makes the row of a registration that was just received, with the event of it.
void add_life(Database& database, const std::string& registration, rules::Channel channel, Date received_on,
              const Entry& entry, const std::string& by, std::optional<long long> batch, const std::string& details);

/// Writes into the row what follows from the events.
void store_life(Database& database, const std::string& registration, const Life& life, std::optional<Date> settled_on);

/// A day that the register wrote. Throws Error(data) for what is none.
Date stored_day(const std::string& text);
std::optional<Date> stored_day_or_none(const std::string& text);

} // namespace dengji::ledger
