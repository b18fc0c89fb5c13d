#include "pipeline/ledger/schema.h"

#include "pipeline/ledger/schema_certificates.h"
#include "pipeline/ledger/schema_life.h"
#include "pipeline/ledger/schema_report_rows.h"
#include "pipeline/ledger/schema_reports.h"
#include "pipeline/ledger/schema_review.h"

namespace dengji::ledger {
namespace {

// Times are UTC text, truth is 0 or 1, lists and structures are JSON text. Current values are a narrow table, a row a
// field: one index finds any field, a change touches one row, and the SQL is the same on SQLite and PostgreSQL, which
// JSON columns are not.
const std::vector<std::string_view> first_step = {
    R"sql(create table batches (
        id integer primary key,
        paths text not null,
        begun_at text not null,
        finished_at text
    ))sql",

    R"sql(create table files (
        id integer primary key,
        sha256 text not null unique check (length(sha256) = 64),
        bytes integer not null,
        original text not null,         -- below the data folder
        page_count integer,
        problem text,                   -- reasons; null when it can be used, or was not opened yet
        first_batch integer not null references batches (id),
        first_position integer not null
    ))sql",
    "create unique index files_in_order on files (first_batch, first_position, sha256)",

    R"sql(create table deliveries (
        batch_id integer not null references batches (id),
        position integer not null,
        file_id integer not null references files (id),
        name text not null,
        path text not null,
        primary key (batch_id, position, file_id)
    ))sql",
    "create index deliveries_of_file on deliveries (file_id, batch_id, position)",

    R"sql(create table unreadable (
        batch_id integer not null references batches (id),
        position integer not null,
        name text not null,
        reasons text not null,
        primary key (batch_id, position, name)
    ))sql",

    R"sql(create table pages (
        id integer primary key,
        file_id integer not null references files (id),
        number integer not null check (number >= 1),
        status text not null check (status in ('done', 'failed')),
        kind text not null,
        form text not null,
        form_page integer not null,
        orientation integer not null,
        quality text not null,
        reasons text not null,
        ms text not null,
        unique (file_id, number)        -- what makes a second delivery harmless
    ))sql",

    R"sql(create table readings (
        page_id integer not null references pages (id),
        key text not null,
        position integer not null,
        type text not null check (type in ('text', 'list', 'truth')),
        value text not null,
        raw text not null,
        confidence real not null,
        review integer not null,
        reasons text not null,
        box text not null,
        recogniser text not null,
        alternatives text not null,
        primary key (page_id, key)
    ))sql",

    R"sql(create table registrations (
        id text primary key,
        page_id integer not null unique references pages (id),
        form text not null
    ))sql",

    R"sql(create table registration_values (
        registration_id text not null references registrations (id),
        key text not null,
        position integer not null,
        type text not null check (type in ('text', 'list', 'truth')),
        value text not null,
        review integer not null,
        origin text not null,
        primary key (registration_id, key)
    ))sql",
    "create index registration_values_by_value on registration_values (key, value)",
    "create index registration_values_for_review on registration_values (registration_id) where review = 1",

    R"sql(create table events (
        id integer primary key autoincrement,
        at text not null,
        actor text not null,
        action text not null,
        subject_kind text not null,
        subject text not null,
        batch_id integer references batches (id),
        details text not null
    ))sql",
    "create index events_of_subject on events (subject_kind, subject)",
    R"sql(create trigger events_are_never_changed before update on events
        begin select raise(abort, 'events are never changed'); end)sql",
    R"sql(create trigger events_are_never_deleted before delete on events
        begin select raise(abort, 'events are never deleted'); end)sql",
};

// Papers that came with a sheet: copies of identity cards, letters, certificates.
const std::vector<std::string_view> papers_step = {
    "alter table pages add column paper text not null default ''",
    R"sql(create table attachments (
        page_id integer primary key references pages (id),
        sheet_page_id integer not null references pages (id)
    ))sql",
    "create index attachments_of_sheet on attachments (sheet_page_id)",
};

} // namespace

const std::vector<std::vector<std::string_view>>& schema_steps() {
    static const std::vector<std::vector<std::string_view>> steps = {
        first_step,     papers_step,   life_step(),        certificates_step(),
        reports_step(), review_step(), definitions_step(), report_rows_step()};
    return steps;
}

} // namespace dengji::ledger
