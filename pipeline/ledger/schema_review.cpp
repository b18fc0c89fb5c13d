#include "pipeline/ledger/schema_review.h"

namespace dengji::ledger {

// What is said of registrations is in events. Here is who works, on what, and what is to be looked at again. Moments
// that are only compared are whole seconds since 1970.
const std::vector<std::string_view>& review_step() {
    static const std::vector<std::string_view> step = {
        R"sql(create table users (
            id integer primary key,
            name text not null unique,          -- what is typed to sign in
            display text not null unique,       -- how events call the person
            role text not null check (role in ('clerk', 'checker', 'supervisor', 'administrator')),
            password text not null,             -- argon2id, with its salt and cost
            disabled integer not null default 0,
            failures integer not null default 0,        -- wrong passwords in a row
            locked_until integer not null default 0,
            created_at text not null
        ))sql",
        R"sql(create table sessions (
            hash text primary key,              -- of what the browser holds
            user_id integer not null references users (id),
            begun integer not null,
            seen integer not null
        ))sql",
        "create index sessions_of_user on sessions (user_id)",
        R"sql(create table audit (
            id integer primary key autoincrement,
            at text not null,
            actor text not null,
            action text not null,
            subject text not null,
            details text not null               -- JSON; no values of fields
        ))sql",
        R"sql(create trigger audit_is_never_changed before update on audit
            begin select raise(abort, 'the audit log is never changed'); end)sql",
        R"sql(create trigger audit_is_never_deleted before delete on audit
            begin select raise(abort, 'the audit log is never deleted'); end)sql",

        R"sql(create table sheet_locks (
            registration_id text primary key references registrations (id),
            user_id integer not null references users (id),
            until integer not null
        ))sql",
        R"sql(create table postponed_sheets (
            registration_id text primary key references registrations (id),
            user_id integer not null references users (id),
            at text not null,
            reason text not null default ''
        ))sql",

        R"sql(create table second_entries (
            id integer primary key,
            registration_id text not null references registrations (id),
            key text not null,
            first_user integer references users (id),   -- null: nobody but the program
            first_text text not null,
            second_user integer references users (id),
            second_text text,
            third_user integer references users (id),
            third_text text,
            state text not null check (state in ('waiting', 'agreed', 'differs', 'settled')),
            changed_at text not null,
            unique (registration_id, key)
        ))sql",
        "create index second_entries_by_state on second_entries (state, id)",

        // Fields that were not marked and are looked at all the same.
        R"sql(create table samples (
            registration_id text not null references registrations (id),
            key text not null,
            text text not null,                 -- what the program had taken for sure
            settled_by integer references users (id),
            settled_text text,
            settled_at text,
            primary key (registration_id, key)
        ))sql",
        "create index samples_open on samples (registration_id, key) where settled_at is null",
        "create table sampled_sheets (registration_id text primary key references registrations (id))",

        "create index registration_events on events (subject, id) where subject_kind = 'registration'",
        "create index acts_by_time on events (at, id) where effective_on is not null",
    };
    return step;
}

} // namespace dengji::ledger
