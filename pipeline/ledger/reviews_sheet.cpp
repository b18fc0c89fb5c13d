#include "pipeline/base/error.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/reviews_work.h"
#include "pipeline/ledger/stored_values.h"

#include <map>

namespace dengji::ledger {
namespace {

const std::initializer_list<std::string_view> page_columns = {
    "p.id",
    "f.original",
    "f.sha256",
    "p.number",
    "p.orientation",
    "p.paper",
    "(select d.name from deliveries d where d.file_id = f.id order by d.batch_id, d.position limit 1)",
    "exists (select 1 from readings x where x.page_id = p.id)"};

ReviewPage page_in(const Cursor& row, const std::filesystem::path& folder) {
    ReviewPage page;
    page.id = row.number(0);
    page.original = folder / row.text(1);
    page.sha256 = row.text(2);
    page.page = static_cast<int>(row.number(3));
    page.orientation = static_cast<int>(row.number(4));
    page.paper = row.text(5);
    page.source = row.text(6);
    page.scanned = row.truth(7);
    return page;
}

void add_readings(Database& database, long long page, std::vector<ReviewField>& fields) {
    std::map<std::string, ReviewField*> by_key;
    for (auto& field : fields) by_key[field.value.key] = &field;
    Cursor row = database.select({"key", "raw", "confidence", "reasons", "box", "alternatives"},
                                 "from readings where page_id = :page", {page});
    while (row.next()) {
        const auto found = by_key.find(row.text(0));
        if (found == by_key.end()) continue;
        ReviewField& field = *found->second;
        field.read = true;
        field.raw = row.text(1);
        field.confidence = row.real(2);
        field.reasons = reasons_of(row.text(3));
        field.box = box_of(row.text(4));
        field.alternatives = texts_of(row.text(5));
    }
}

} // namespace

ReviewSheet Reviews::sheet(const std::string& registration) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Database& database = work.database;
    ReviewSheet sheet;
    sheet.registration = registration;
    {
        Cursor row = database.select({"r.form", "l.state", "l.office", last_event},
                                     "from lives l join registrations r on r.id = l.registration_id where "
                                     "l.registration_id = :id",
                                     {registration});
        if (!row.next())
            throw Error(ErrorKind::input, "there is no registration of this number", "Look for it in the list.");
        sheet.form = row.text(0);
        sheet.state = state_named(row.text(1)).value_or(State::received);
        sheet.office = row.text(2);
        sheet.revision = row.number(3);
    }
    {
        Cursor row = database.select(page_columns,
                                     "from registrations r join pages p on p.id = r.page_id join files f on f.id = "
                                     "p.file_id where r.id = :id",
                                     {registration});
        row.next();
        sheet.page = page_in(row, register_.parts_->folder);
    }
    {
        Cursor row = database.select(
            {"v.key", "v.type", "v.value", "v.review", "v.origin",
             "exists (select 1 from samples s where s.registration_id = v.registration_id and s.key = v.key and "
             "s.settled_at is null)"},
            "from registration_values v where v.registration_id = :id order by v.position", {registration});
        while (row.next()) {
            ReviewField field;
            field.value = {row.text(0), value_of(row.text(1), row.text(2)), row.truth(3), row.text(4)};
            field.sampled = row.truth(5);
            sheet.fields.push_back(std::move(field));
        }
    }
    add_readings(database, sheet.page.id, sheet.fields);
    {
        Cursor row = database.select(page_columns,
                                     "from attachments a join pages p on p.id = a.page_id join files f on f.id = "
                                     "p.file_id where a.sheet_page_id = :page order by f.first_batch, "
                                     "f.first_position, f.sha256, p.number",
                                     {sheet.page.id});
        while (row.next()) sheet.papers.push_back({page_in(row, register_.parts_->folder), {}});
    }
    for (auto& paper : sheet.papers) {
        Cursor row = database.select({"key", "type", "value"}, "from readings where page_id = :page order by position",
                                     {paper.page.id});
        while (row.next()) paper.readings.emplace_back(row.text(0), field_text(value_of(row.text(1), row.text(2))));
    }
    return sheet;
}

long long Reviews::revision(const std::string& registration) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database.number(last_event, "from lives l where l.registration_id = :id", {registration}).value_or(0);
}

std::optional<std::string> Reviews::standing(const std::string& registration, const std::string& key) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(
        {"type", "value"}, "from registration_values where registration_id = :id and key = :key", {registration, key});
    return row.next() ? std::optional(field_text(value_of(row.text(0), row.text(1)))) : std::nullopt;
}

std::optional<ReviewPage> Reviews::paper(long long page) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    Cursor row = work.database.select(page_columns,
                                      "from attachments a join pages p on p.id = a.page_id join files f on f.id = "
                                      "p.file_id where a.page_id = :page",
                                      {page});
    return row.next() ? std::optional(page_in(row, register_.parts_->folder)) : std::nullopt;
}

std::string Reviews::registration_of_paper(long long page) {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    return work.database
        .text("r.id", "from attachments a join registrations r on r.page_id = a.sheet_page_id where a.page_id = :page",
              {page})
        .value_or("");
}

std::vector<std::pair<std::string, std::vector<std::string>>> Reviews::settled() {
    RegisterWork work(*register_.parts_, Transaction::For::reading);
    std::vector<std::pair<std::string, std::vector<std::string>>> sheets;
    Cursor row = work.database.select(
        {"l.registration_id", "v.key",
         "exists (select 1 from readings x where x.page_id = r.page_id and x.key = v.key "
         "and x.value <> v.value)"},
        std::string("from lives l join registrations r on r.id = l.registration_id join registration_values v on "
                    "v.registration_id = l.registration_id and v.origin = 'clerk' where not ") +
            has_doubts +
            " and exists (select 1 from readings x where x.page_id = r.page_id) order by l.id, v.position");
    while (row.next()) {
        if (sheets.empty() || sheets.back().first != row.text(0)) sheets.push_back({row.text(0), {}});
        if (row.truth(2)) sheets.back().second.push_back(row.text(1));
    }
    return sheets;
}

} // namespace dengji::ledger
