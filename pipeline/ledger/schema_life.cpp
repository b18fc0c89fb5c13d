#include "pipeline/ledger/schema_life.h"

namespace dengji::ledger {

// The events are the truth. Table lives holds what follows from them for each registration, so that lists are quick;
// it can be made anew from the events at any time. Days are local text (YYYY-MM-DD).
const std::vector<std::string_view>& life_step() {
    static const std::vector<std::string_view> step = {
        // Of events in a registration's life; the others leave them empty.
        "alter table events add column effective_on text", // the day it took effect
        "alter table events add column entered_on text",   // the day it was written down
        "alter table events add column way text not null default ''",
        "alter table events add column paper text not null default ''",   // what it rests on
        "alter table events add column outcome text not null default ''", // in the short words of life_outcome.h
        "alter table events add column state text",                       // the registration's state from then on
        "create index events_of_life on events (subject, id, action, effective_on, outcome) where effective_on is not "
        "null",
        "create index events_by_day on events (action, effective_on) where effective_on is not null",
        "create index certificate_numbers on events (outcome) where action = 'certificate-issue'",

        R"sql(create table persons (
            id integer primary key,
            number text not null,           -- in its normal form, old ones as 18 digits; '' when none is known
            sound integer not null,         -- whether the number is as such numbers are
            name text not null,
            born text not null,
            address text not null           -- of residence, in one spelling
        ))sql",
        "create index persons_by_number on persons (number) where number <> ''",
        "create index persons_by_name on persons (name, born)",

        R"sql(create table lives (
            id integer primary key,         -- in the order in which they came in
            registration_id text not null unique references registrations (id),
            person_id integer references persons (id),      -- null: not looked for yet
            office text,                    -- code of the town that handles it, '' for none; null: not looked for yet
            follows text references registrations (id),     -- the cancelled registration of the same person before it
            channel text not null,
            state text not null,
            changed_on text not null,       -- since when it is in this state
            received_on text not null,
            decided_on text,
            registered_on text,
            cancelled_on text,
            cancel_reason text not null default '',
            settled_on text                 -- the day from which nothing more is to be done; null: something may be
        ))sql",
        "create index lives_of_person on lives (person_id)",
        "create index lives_by_state on lives (state, office)",
        "create index lives_unsettled on lives (received_on, settled_on)",
        "create index lives_not_taken_in on lives (id) where person_id is null",

        R"sql(create table imports (
            digest text primary key,        -- of an application as it came: what makes a second import harmless
            registration_id text not null references registrations (id)
        ))sql",

        R"sql(insert into lives (registration_id, channel, state, changed_on, received_on)
            select e.subject, 'counter', 'received', substr(min(e.at), 1, 10), substr(min(e.at), 1, 10)
            from events e join registrations r on r.id = e.subject
            where e.action = 'registration-created' group by e.subject order by min(e.id))sql",
        R"sql(insert into events (at, actor, action, subject_kind, subject, batch_id, details, effective_on, entered_on,
                outcome, state)
            select e.at, e.actor, 'received', 'registration', e.subject, e.batch_id, '{}', l.received_on, l.received_on,
                'counter', 'received'
            from events e join lives l on l.registration_id = e.subject
            where e.action = 'registration-created' order by e.id)sql",
    };
    return step;
}

} // namespace dengji::ledger
