// What monthly reports count: one thread reads the registrations, others count them; and the periods that were closed.
#include "pipeline/base/error.h"
#include "pipeline/ledger/lives_work.h"
#include "pipeline/ledger/report_batches.h"

#include <nlohmann/json.hpp>
#include <thread>

namespace dengji::ledger {
namespace {

constexpr std::size_t batch_rows = 256;

void count_batches(ReportBatches& batches, ReportCounter counter, const std::function<void(const Counted&)>& use) {
    try {
        while (auto batch = batches.take()) {
            const std::span<const ReportRow> rows(batch->rows.data(), batch->used);
            for (std::size_t first = 0, last = 0; first < rows.size(); first = last) {
                last = first + 1;
                while (last < rows.size() && rows[first].person != 0 && rows[last].person == rows[first].person) ++last;
                counter.count(rows.subspan(first, last - first), use);
            }
            batches.give_back(std::move(*batch));
        }
    } catch (...) {
        batches.fail(std::current_exception());
    }
}

void take_row(const Cursor& cursor, ReportBatch& batch) {
    if (batch.used == batch.rows.size()) batch.rows.emplace_back();
    auto& row = batch.rows[batch.used++];
    row.life = cursor.number(0);
    row.person = cursor.number(1);
    row.registration = cursor.text(2);
    row.office = cursor.text(3);
    row.again = cursor.truth(4);
    row.channel = cursor.text(5);
    row.state = cursor.text(6);
    row.changed_on = cursor.text(7);
    row.born = cursor.text(8);
    row.said = cursor.text(9);
    row.steps = cursor.text(10);
}

/// Persons one after another, each with all registrations: "cross join" keeps the order of the tables, the index of
/// persons that of the rows, so that nothing is sorted.
void read_batches(Database& database, ReportBatches& batches) {
    Cursor cursor =
        database.select({"l.id", "l.person_id", "l.registration_id", "l.office", "coalesce(l.follows, '') <> ''",
                         "l.channel", "l.state", "l.changed_on", "p.born", "r.said", "r.steps"},
                        "from lives l cross join report_rows r on r.id = l.id left join persons p on p.id "
                        "= l.person_id order by l.person_id, l.id");
    ReportBatch batch = batches.fresh();
    while (cursor.next()) {
        const bool next_person =
            batch.used == 0 || cursor.number(1) == 0 || cursor.number(1) != batch.rows[batch.used - 1].person;
        if (batch.used >= batch_rows && next_person) {
            if (!batches.put(std::move(batch))) return;
            batch = batches.fresh();
        }
        take_row(cursor, batch);
    }
    if (batches.put(std::move(batch))) batches.finish();
}

} // namespace

void Lives::count_for_report(const ReportQuestion& question,
                             const std::vector<std::function<void(const Counted&)>>& uses) {
    Work work(*this, Transaction::For::reading);
    ReportBatches batches(2 * uses.size() + 2);
    std::vector<std::jthread> threads;
    try {
        for (const auto& use : uses)
            threads.emplace_back([&] { count_batches(batches, ReportCounter(question, book_, offices_), use); });
        read_batches(work.database, batches);
    } catch (...) {
        batches.fail(std::current_exception());
    }
    threads.clear(); // waits for them
    batches.rethrow();
}

std::vector<ClosedPeriod> Lives::closed_periods() {
    Work work(*this, Transaction::For::reading);
    Cursor row =
        work.database.select({"month", "from_day", "until_day", "last_event", "definition", "closed_at", "closed_by"},
                             "from closed_periods order by month");
    std::vector<ClosedPeriod> found;
    while (row.next()) {
        const auto month = parse_month(row.text(0));
        if (!month)
            throw Error(ErrorKind::data, "the register holds a closed period that is no month",
                        "Restore it from a backup.");
        found.push_back({*month, stored_day(row.text(1)), stored_day(row.text(2)), row.number(3), row.text(4),
                         row.text(5), row.text(6)});
    }
    return found;
}

long long Lives::last_event() {
    Work work(*this, Transaction::For::reading);
    return work.database.number("max(id)", "from events").value_or(0);
}

void Lives::close_period(const ClosedPeriod& period, const std::map<std::string, std::string>& figures,
                         const std::map<std::string, std::string>& definition_files) {
    Work work(*this);
    auto& database = work.database;
    if (database.number("1", "from closed_periods where month >= :month", {format(period.month)}))
        throw Error(ErrorKind::usage, "the period " + format(period.month) + " or a later one is closed already",
                    "Periods are closed once, one after the other.");
    if (database.number("max(id)", "from events").value_or(0) != period.last_event)
        throw Error(ErrorKind::database, "the register changed while the period was being closed", "Try again.");
    database.execute("insert into closed_periods (month, from_day, until_day, last_event, definition, closed_at, "
                     "closed_by) values (:month, :from, :until, :event, :definition, :at, :by)",
                     {format(period.month), format(period.from), format(period.until), period.last_event,
                      period.definition, period.closed_at, period.closed_by});
    for (const auto& [scope, text] : figures)
        database.execute("insert into closed_figures (month, scope, figures) values (:month, :scope, :figures)",
                         {format(period.month), scope, text});
    for (const auto& [name, content] : definition_files)
        database.execute("insert into closed_definitions (version, file, content) values (:version, :file, :content) "
                         "on conflict (version, file) do nothing",
                         {period.definition, name, content});
    note_event(database, "period-closed", {"period", format(period.month)}, std::nullopt,
               nlohmann::ordered_json{{"by", period.closed_by}, {"definition", period.definition}}.dump());
    work.commit();
}

std::map<std::string, std::string> Lives::closed_definition(const std::string& version) {
    Work work(*this, Transaction::For::reading);
    std::map<std::string, std::string> files;
    Cursor row =
        work.database.select({"file", "content"}, "from closed_definitions where version = :version", {version});
    while (row.next()) files[row.text(0)] = row.text(1);
    return files;
}

std::optional<std::string> Lives::closed_figures(Month month, const std::string& scope) {
    Work work(*this, Transaction::For::reading);
    return work.database.text("figures", "from closed_figures where month = :month and scope = :scope",
                              {format(month), scope});
}

} // namespace dengji::ledger
