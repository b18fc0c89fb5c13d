#include "pipeline/base/error.h"
#include "pipeline/ledger/register.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using reading::PageResult;
using reading::Reading;

// The same file may be delivered twice in a batch: its first place counts.
constexpr auto pages_of_batch =
    "from pages p join files f on f.id = p.file_id join (select file_id, min(position) as position from deliveries "
    "where batch_id = :batch group by file_id) d on d.file_id = f.id where p.status = 'done' "
    "order by d.position, f.sha256, p.number";

long long page_at(Database& database, const PageKey& key) {
    const auto id = database.number(
        "p.id", "from pages p join files f on f.id = p.file_id where f.sha256 = :sha256 and p.number = :number",
        {key.sha256, key.page});
    if (!id) throw Error(ErrorKind::internal, "the register does not know this page");
    return *id;
}

void read_readings(Database& database, long long page, const std::vector<std::string>& keys, PageResult& result) {
    Cursor row = database.select(
        {"key", "type", "value", "raw", "confidence", "review", "reasons", "recogniser", "alternatives"},
        "from readings where page_id = :page order by position", {page});
    while (row.next()) {
        if (std::find(keys.begin(), keys.end(), row.text(0)) == keys.end()) continue;
        Reading reading;
        reading.key = row.text(0);
        reading.value = value_of(row.text(1), row.text(2));
        reading.raw = row.text(3);
        reading.confidence = row.real(4);
        reading.review = row.truth(5);
        reading.reasons = reasons_of(row.text(6));
        reading.recogniser = row.text(7);
        reading.alternatives = texts_of(row.text(8));
        result.readings.push_back(std::move(reading));
    }
}

/// True when the paper was not attached to any sheet before.
bool attach(Database& database, long long paper, long long sheet) {
    if (database.number("1", "from attachments where page_id = :page", {paper})) return false;
    database.execute("insert into attachments (page_id, sheet_page_id) values (:page, :sheet)", {paper, sheet});
    return true;
}

void set_reasons(Database& database, long long page, const Reasons& reasons) {
    const std::string text = to_json(reasons);
    database.execute("update pages set reasons = :reasons where id = :id and reasons <> :same", {text, page, text});
}

void change_reading(Database& database, long long page, const Reading& reading) {
    const StoredValue value = stored(reading.value);
    database.execute("update readings set value = :value, confidence = :confidence, review = :review, "
                     "reasons = :reasons, alternatives = :alternatives where page_id = :page and key = :key",
                     {value.text, std::clamp(reading.confidence, 0.0, 1.0), static_cast<int>(reading.review),
                      to_json(reading.reasons), to_json(reading.alternatives), page, reading.key});
}

/// What a person has set is not a reading's to change.
void change_value(Database& database, const std::string& registration, const Reading& reading) {
    database.execute("update registration_values set value = :value, review = :review "
                     "where registration_id = :id and key = :key and origin = 'reading'",
                     {stored(reading.value).text, static_cast<int>(reading.review), registration, reading.key});
}

} // namespace

std::vector<PageResult> Register::pages_for_matching(long long batch, const std::vector<std::string>& keys) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    const Transaction one_moment(database, Transaction::For::reading);
    std::vector<PageResult> pages;
    std::vector<long long> ids;
    {
        Cursor row = database.select({"p.id", "f.sha256", "p.number", "p.kind", "p.form", "p.paper", "p.reasons"},
                                     pages_of_batch, {batch});
        while (row.next()) {
            PageResult page;
            page.source = row.text(1);
            page.page = static_cast<int>(row.number(2));
            page.kind = row.text(3);
            page.form = row.text(4);
            page.paper = row.text(5);
            page.reasons = reasons_of(row.text(6));
            ids.push_back(row.number(0));
            pages.push_back(std::move(page));
        }
    }
    for (std::size_t i = 0; i < pages.size(); ++i) read_readings(database, ids[i], keys, pages[i]);
    return pages;
}

void Register::record_papers(long long batch, const std::optional<PageKey>& sheet, const std::vector<Paper>& papers,
                             const std::vector<Reading>& readings) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    Transaction transaction(database);
    bool any_new = false, evidence_is_new = false;
    const long long sheet_page = sheet ? page_at(database, *sheet) : 0;
    for (const Paper& paper : papers) {
        const long long page = page_at(database, paper.page);
        if (!sheet) {
            // One that an earlier delivery attached stays attached.
            if (!database.number("1", "from attachments where page_id = :page", {page}))
                set_reasons(database, page, paper.reasons);
            continue;
        }
        if (!attach(database, page, sheet_page)) continue;
        set_reasons(database, page, paper.reasons);
        any_new = true;
        evidence_is_new = evidence_is_new || !paper.paper.empty();
        note_event(database, "paper-attached", {"page", page_id(paper.page.sha256, paper.page.page)}, batch,
                   "{\"sheet\": \"" + page_id(sheet->sha256, sheet->page) + "\"}");
    }
    if (evidence_is_new && !readings.empty()) {
        const std::string registration = page_id(sheet->sha256, sheet->page);
        std::vector<std::string> keys;
        for (const Reading& reading : readings) {
            change_reading(database, sheet_page, reading);
            change_value(database, registration, reading);
            keys.push_back(reading.key);
        }
        note_event(database, "evidence-weighed", {"registration", registration}, batch,
                   "{\"fields\": " + to_json(keys) + "}");
    }
    if (any_new || !sheet) transaction.commit();
}

std::vector<Paper> Register::papers_of(const std::string& registration) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Cursor row = parts_->database.select(
        {"f.sha256", "p.number", "p.paper", "p.reasons"},
        "from registrations r join attachments a on a.sheet_page_id = r.page_id join pages p on p.id = a.page_id "
        "join files f on f.id = p.file_id where r.id = :id order by f.first_batch, f.first_position, f.sha256, "
        "p.number",
        {registration});
    std::vector<Paper> papers;
    while (row.next())
        papers.push_back({{row.text(0), static_cast<int>(row.number(1))}, row.text(2), reasons_of(row.text(3))});
    return papers;
}

std::filesystem::path Register::original_of(const PageKey& page) {
    const std::lock_guard lock(parts_->one_at_a_time);
    const auto original = parts_->database.text(
        "f.original", "from pages p join files f on f.id = p.file_id where f.sha256 = :sha256 and p.number = :number",
        {page.sha256, page.page});
    if (!original) throw Error(ErrorKind::input, "the register does not know this page", "Check its number.");
    return parts_->folder / *original;
}

} // namespace dengji::ledger
