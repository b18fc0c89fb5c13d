#include "pipeline/ledger/register.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <tuple>

namespace dengji::ledger {
namespace {

// The files that were delivered in a batch, new or not.
constexpr auto of_batch = " and f.id in (select file_id from deliveries where batch_id = :batch)";

// The name under which a file was delivered first.
constexpr auto first_name =
    "(select d.name from deliveries d where d.file_id = f.id order by d.batch_id, d.position limit 1)";

constexpr auto registrations_in_order =
    "from files f join pages p on p.file_id = f.id join registrations r on r.page_id = p.id "
    "left join registration_values v on v.registration_id = r.id "
    "order by f.first_batch, f.first_position, f.sha256, p.number";

} // namespace

Counts Register::counts(std::optional<long long> batch) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    const Transaction one_moment(database, Transaction::For::reading);
    const std::string only = batch ? of_batch : "";
    const Parameters which = batch ? Parameters{*batch} : Parameters{};
    const auto count = [&](std::string_view what, const std::string& from) {
        return database.number(what, from + only, which).value_or(0);
    };

    Counts counts;
    counts.files = count("count(*)", "from files f where true");
    counts.failed_files = count("count(*)", "from files f where f.problem is not null");
    counts.unreadable =
        database
            .number("count(*)",
                    std::string("from unreadable u where not exists (select 1 from deliveries d where d.batch_id "
                                "= u.batch_id and d.position = u.position and d.name = u.name)") +
                        (batch ? " and u.batch_id = :batch" : ""),
                    which)
            .value_or(0);
    const std::string pages = "from pages p join files f on f.id = p.file_id where true";
    Cursor row =
        database.select({"p.status", "p.kind", "count(*)"}, pages + only + " group by p.status, p.kind", which);
    while (row.next()) {
        counts.pages += row.number(2);
        if (row.text(0) == "failed")
            counts.failed_pages += row.number(2);
        else
            counts.pages_by_kind[row.text(1)] += row.number(2);
    }
    counts.attached = count("count(*)", "from attachments a join pages p on p.id = a.page_id join files f on f.id = "
                                        "p.file_id where true");
    const std::string registrations =
        "from registrations r join pages p on p.id = r.page_id join files f on f.id = p.file_id where true";
    counts.registrations = count("count(*)", registrations);
    const std::string open =
        "from registration_values v join registrations r on r.id = v.registration_id join pages p on p.id = "
        "r.page_id join files f on f.id = p.file_id where v.review = 1";
    counts.fields_for_review = count("count(*)", open);
    counts.registrations_for_review = count("count(distinct v.registration_id)", open);
    return counts;
}

std::vector<SetAside> Register::set_aside(long long batch) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    const Transaction one_moment(database, Transaction::For::reading);
    Cursor row = database.select(
        {"position", "name", "page", "reasons"},
        "from ("
        "select u.position as position, u.name as name, 0 as page, u.reasons as reasons from unreadable u where "
        "u.batch_id = :one "
        "and not exists (select 1 from deliveries d where d.batch_id = u.batch_id and d.position = u.position and "
        "d.name = u.name) "
        "union all "
        "select d.position, d.name, 0, f.problem from deliveries d join files f on f.id = d.file_id "
        "where d.batch_id = :two and f.problem is not null "
        "union all "
        "select d.position, d.name, p.number, p.reasons from deliveries d join pages p on p.file_id = d.file_id "
        "where d.batch_id = :three and (p.status = 'failed' or (p.kind = 'other' and not (p.paper <> '' and exists "
        "(select 1 from attachments a where a.page_id = p.id))))) as aside order by position, page",
        {batch, batch, batch});
    std::vector<SetAside> found;
    while (row.next()) found.push_back({row.text(1), static_cast<int>(row.number(2)), reasons_of(row.text(3))});
    return found;
}

void Register::for_each_registration(const std::function<void(const Registration&)>& use) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Cursor row = parts_->database.select({"r.id", "r.form", first_name, "f.sha256", "p.number", "v.key", "v.type",
                                          "v.value", "v.review", "v.origin", "v.position"},
                                         registrations_in_order);
    Registration current;
    std::map<long long, FieldValue>
        values; // by their place in the form: sorting in the query would sort the whole register
    const auto hand_over = [&] {
        if (current.id.empty()) return;
        for (auto& [place, value] : values) current.values.push_back(std::move(value));
        values.clear();
        use(current);
    };
    while (row.next()) {
        if (row.text(0) != current.id) {
            hand_over();
            current = {row.text(0), row.text(1), row.text(2), row.text(3), static_cast<int>(row.number(4)), {}};
        }
        if (row.is_null(5)) continue; // a registration without any value
        values.insert({row.number(10), {row.text(5), value_of(row.text(6), row.text(7)), row.truth(8), row.text(9)}});
    }
    hand_over();
}

} // namespace dengji::ledger
