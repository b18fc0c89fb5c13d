#include "pipeline/base/error.h"
#include "pipeline/ledger/register.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

namespace dengji::ledger {
namespace fs = std::filesystem;
namespace {

std::optional<File> find_file(Database& database, const fs::path& folder, const std::string& sha256) {
    Cursor row = database.select({"id", "original", "bytes", "page_count", "problem"},
                                 "from files where sha256 = :sha256", {sha256});
    if (!row.next()) return std::nullopt;
    File file;
    file.id = row.number(0);
    file.sha256 = sha256;
    file.original = folder / row.text(1);
    file.bytes = row.number(2);
    file.page_count = static_cast<int>(row.number(3));
    if (!row.is_null(4)) file.problem = reasons_of(row.text(4));
    file.known = true;
    return file;
}

// The rows come in the order of the deliveries, so the earliest counts, whichever worker came first.
void keep_earliest(Database& database, long long file, long long batch, int position) {
    database.execute(
        "update files set first_batch = :batch, first_position = :position where id = :id "
        "and (first_batch > :batch_again or (first_batch = :batch_once_more and first_position > :position_again))",
        {batch, position, file, batch, batch, position});
}

// Notes what opening a file showed; an answer that changes an earlier one says so in its event.
void record_answer(Database& database, const File& file, const Parameter& page_count, const Parameter& problem) {
    Transaction transaction(database);
    Cursor row = database.select({"page_count", "problem"}, "from files where id = :id", {file.id});
    if (!row.next()) throw Error(ErrorKind::internal, "the register does not know this file");
    const auto* count = std::get_if<long long>(&page_count);
    const auto* reasons = std::get_if<std::string>(&problem);
    const bool same_count = count ? !row.is_null(0) && row.number(0) == *count : row.is_null(0);
    const bool same_problem = reasons ? row.text(1) == *reasons : row.is_null(1);
    if (same_count && same_problem) return;
    const std::string details = "{\"pages_before\": " + (row.is_null(0) ? "null" : row.text(0)) +
                                ", \"problem_before\": " + (row.is_null(1) ? "null" : row.text(1)) + "}";
    database.execute("update files set page_count = :count, problem = :problem where id = :id",
                     {page_count, problem, file.id});
    note_event(database, count ? "file-opened" : "file-set-aside", {"file", file.sha256}, std::nullopt, details);
    transaction.commit();
}

} // namespace

File Register::add_file(long long batch, int position, const fs::path& path, const std::string& name) {
    const Fingerprint print = fingerprint(path);
    // Before the row, so that no row ever points to an original that is not there; and not under the lock, since it may
    // be large.
    parts_->originals.keep(path, print);

    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    Transaction transaction(database);
    auto file = find_file(database, parts_->folder, print.sha256);
    if (!file) {
        database.execute("insert into files (sha256, bytes, original, first_batch, first_position) "
                         "values (:sha256, :bytes, :original, :batch, :position)",
                         {print.sha256, static_cast<long long>(print.bytes), parts_->originals.place_of(print).string(),
                          batch, position});
        note_event(database, "file-received", {"file", print.sha256}, batch, "{}");
        file = find_file(database, parts_->folder, print.sha256);
        file->known = false;
    }
    keep_earliest(database, file->id, batch, position);
    std::error_code error;
    database.execute("insert into deliveries (batch_id, position, file_id, name, path) "
                     "values (:batch, :position, :file, :name, :path) on conflict do nothing",
                     {batch, position, file->id, storable(name), storable(fs::absolute(path, error).string())});
    transaction.commit();
    return *file;
}

void Register::add_unreadable(long long batch, int position, const std::string& name, const Reasons& problem) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Transaction transaction(parts_->database);
    parts_->database.execute("insert into unreadable (batch_id, position, name, reasons) "
                             "values (:batch, :position, :name, :reasons) on conflict do nothing",
                             {batch, position, storable(name), to_json(problem)});
    transaction.commit();
}

void Register::record_page_count(const File& file, int page_count) {
    const std::lock_guard lock(parts_->one_at_a_time);
    record_answer(parts_->database, file, page_count, {});
}

void Register::record_file_problem(const File& file, const Reasons& problem) {
    const std::lock_guard lock(parts_->one_at_a_time);
    record_answer(parts_->database, file, {}, to_json(problem));
}

} // namespace dengji::ledger
