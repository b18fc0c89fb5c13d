#include "pipeline/ledger/schema_certificates.h"

namespace dengji::ledger {

const std::vector<std::string_view>& certificates_step() {
    static const std::vector<std::string_view> step = {
        R"sql(create table certificate_ranges (
            id integer primary key,
            stem text not null,             -- the first ten digits: county, two fixed ones, year
            first integer not null,         -- of the six digits that run
            last integer not null,
            next integer not null,          -- none before it is free
            entered_at text not null,
            entered_by text not null,
            check (first <= next and first <= last and next <= last + 1)
        ))sql",
        R"sql(create table given_numbers (
            number text primary key,        -- what keeps one from being given twice
            state text not null check (state in ('issued', 'void')),
            registration_id text references registrations (id),
            event_id integer references events (id),
            at text not null,
            actor text not null,
            reason text not null default '' -- why it is void
        ))sql",
        "create index given_numbers_of_registration on given_numbers (registration_id)",
        R"sql(insert into given_numbers (number, state, registration_id, event_id, at, actor)
            select outcome, 'issued', subject, min(id), at, actor from events
            where action = 'certificate-issue' and effective_on is not null group by outcome)sql",

        R"sql(create table certificate_photos (
            id integer primary key,
            registration_id text not null references registrations (id),
            sha256 text not null,           -- of photos/ab/abcd….jpg
            at text not null,
            actor text not null
        ))sql",
        "create index certificate_photos_of_registration on certificate_photos (registration_id)",

        R"sql(create table certificate_prints (
            id integer primary key,
            number text not null references given_numbers (number),
            booklet integer not null,       -- 1 the first, 2 after one replacement
            at text not null,
            actor text not null,
            printing text not null check (printing in ('full', 'overprint')),
            pages text not null,            -- JSON array of names
            why text not null               -- why again; '' the first time
        ))sql",
        "create index certificate_prints_of_number on certificate_prints (number)",
        R"sql(create trigger certificate_prints_are_never_changed before update on certificate_prints
            begin select raise(abort, 'prints are never changed'); end)sql",
        R"sql(create trigger certificate_prints_are_never_deleted before delete on certificate_prints
            begin select raise(abort, 'prints are never deleted'); end)sql",
        R"sql(create table certificate_places (
            number text not null references given_numbers (number),
            booklet integer not null,
            place text not null,            -- a table's kind, or a page's name for its fields
            row integer not null,           -- 0 for fields
            event_id integer not null,      -- that the row comes from; 0 for fields
            print_id integer not null references certificate_prints (id),
            primary key (number, booklet, place, event_id)
        ))sql",
        R"sql(create table certificate_secret (
            id integer primary key check (id = 1),
            secret text not null            -- what check values are made with
        ))sql",
    };
    return step;
}

} // namespace dengji::ledger
