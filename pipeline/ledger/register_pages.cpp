#include "pipeline/base/error.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/ledger/register.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <cmath>

namespace dengji::ledger {
namespace {

using reading::PageResult;
using reading::Reading;

const char* status_of(const PageResult& result) {
    return result.failed ? "failed" : "done";
}

double confidence_of(const Reading& reading) {
    return std::isfinite(reading.confidence) ? std::clamp(reading.confidence, 0.0, 1.0) : 0.0;
}

void insert_page(Database& database, const File& file, const PageResult& result) {
    database.execute(
        "insert into pages (file_id, number, status, kind, form, form_page, paper, orientation, quality, reasons, ms) "
        "values (:file, :number, :status, :kind, :form, :form_page, :paper, :orientation, :quality, :reasons, :ms)",
        {file.id, result.page, status_of(result), result.kind, result.form, result.form_page, result.paper,
         result.orientation, to_json(result.quality), to_json(result.reasons), to_json(result.ms)});
}

void replace_page(Database& database, long long page, const PageResult& result) {
    database.execute("update pages set status = :status, kind = :kind, form = :form, form_page = :form_page, "
                     "paper = :paper, orientation = :orientation, quality = :quality, reasons = :reasons, ms = :ms "
                     "where id = :id",
                     {status_of(result), result.kind, result.form, result.form_page, result.paper, result.orientation,
                      to_json(result.quality), to_json(result.reasons), to_json(result.ms), page});
}

void insert_readings(Database& database, long long page, const std::vector<Reading>& readings) {
    int position = 0;
    for (const auto& reading : readings) {
        const StoredValue value = stored(reading.value);
        database.execute(
            "insert into readings (page_id, key, position, type, value, raw, confidence, review, reasons, box, "
            "recogniser, alternatives) values (:page, :key, :position, :type, :value, :raw, :confidence, :review, "
            ":reasons, :box, :recogniser, :alternatives)",
            {page, reading.key, position++, value.type, value.text, storable(reading.raw), confidence_of(reading),
             static_cast<int>(reading.review), to_json(reading.reasons), to_json(reading.box), reading.recogniser,
             to_json(reading.alternatives)});
    }
}

void insert_registration(Database& database, const std::string& id, long long page, const PageResult& result) {
    database.execute("insert into registrations (id, page_id, form) values (:id, :page, :form)",
                     {id, page, result.form});
    int position = 0;
    for (const auto& reading : result.readings) {
        const StoredValue value = stored(reading.value);
        database.execute(
            "insert into registration_values (registration_id, key, position, type, value, review, origin) "
            "values (:id, :key, :position, :type, :value, :review, 'reading')",
            {id, reading.key, position++, value.type, value.text, static_cast<int>(reading.review)});
    }
}

std::string page_details(const PageResult& result) {
    const auto for_review =
        std::count_if(result.readings.begin(), result.readings.end(), [](const Reading& r) { return r.review; });
    return "{\"status\": \"" + std::string(status_of(result)) +
           "\", \"readings\": " + std::to_string(result.readings.size()) +
           ", \"for_review\": " + std::to_string(for_review) + "}";
}

constexpr auto page_by_number =
    "from pages p join files f on f.id = p.file_id where f.sha256 = :sha256 and p.number = :number";

} // namespace

bool Register::is_page_done(const std::string& sha256, int page, Failed failed) {
    const std::lock_guard lock(parts_->one_at_a_time);
    const auto status = parts_->database.text("p.status", page_by_number, {sha256, page});
    return status && (failed == Failed::keep || *status == "done");
}

std::set<int> Register::pages_done(const File& file, Failed failed) {
    const std::lock_guard lock(parts_->one_at_a_time);
    std::set<int> done;
    Cursor row = parts_->database.select({"number", "status"}, "from pages where file_id = :file", {file.id});
    while (row.next())
        if (failed == Failed::keep || row.text(1) == "done") done.insert(static_cast<int>(row.number(0)));
    return done;
}

Recorded Register::record_page(long long batch, const File& file, const PageResult& result, Failed failed) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    Transaction transaction(database);
    Recorded outcome = Recorded::now;
    long long page = 0;
    std::string reasons_before;
    {
        Cursor row = database.select({"id", "status", "reasons"},
                                     "from pages where file_id = :file and number = :number", {file.id, result.page});
        if (row.next()) {
            if (row.text(1) == "done" || failed == Failed::keep) return Recorded::already;
            outcome = Recorded::again;
            page = row.number(0);
            reasons_before = row.text(2);
        }
    }
    const std::string id = page_id(file.sha256, result.page);
    if (outcome == Recorded::again) {
        replace_page(database, page, result);
        note_event(database, "page-retried", {"page", id}, batch, "{\"reasons_before\": " + reasons_before + "}");
    } else {
        insert_page(database, file, result);
        page = database.last_key();
    }
    if (!result.failed) insert_readings(database, page, result.readings);
    note_event(database, "page-recorded", {"page", id}, batch, page_details(result));
    if (!result.failed && result.kind == "registration") {
        insert_registration(database, id, page, result);
        note_event(database, "registration-created", {"registration", id}, batch, "{}");
        const Entry now = entry_now();
        add_life(database, id, rules::Channel::counter, now.day, now, "dengji " DENGJI_VERSION, batch, "{}");
    }
    transaction.commit();
    return outcome;
}

} // namespace dengji::ledger
