#include "pipeline/ledger/register.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/database_errors.h"
#include "pipeline/ledger/migrations.h"
#include "pipeline/ledger/register_parts.h"
#include "pipeline/ledger/stored_values.h"

#include <sys/stat.h>
#include <system_error>

namespace dengji::ledger {
namespace fs = std::filesystem;
namespace {

constexpr auto database_name = "register.sqlite";

fs::path prepared(const fs::path& folder, Register::Opening opening) {
    std::error_code error;
    const fs::path absolute = fs::absolute(folder, error).lexically_normal();
    if (opening == Register::Opening::existing && !fs::exists(absolute / database_name, error))
        throw Error(ErrorKind::usage, "there is no register in " + folder.string(),
                    "Name the folder with --data, or begin one with 'dengji run'.");
    const bool made = fs::create_directories(absolute, error);
    if (error) throw system_error(error.value(), "make the data folder", absolute);
    // Identity numbers lie here: a folder of ours is for its owner alone. One that was there keeps the rights that it
    // was given.
    if (made) fs::permissions(absolute, fs::perms::owner_all, error);
    return absolute;
}

std::string paths_as_json(const std::vector<fs::path>& paths) {
    std::vector<std::string> texts;
    for (const auto& path : paths) {
        std::error_code error;
        texts.push_back(fs::absolute(path, error).lexically_normal().string());
    }
    return to_json(texts);
}

} // namespace

Register::Parts::Parts(const fs::path& data_folder)
    : folder(data_folder), database(data_folder / database_name), originals(data_folder) {
    migrate(database);
}

Register::Register(const fs::path& data_folder, Opening opening)
    : parts_(std::make_unique<Parts>(prepared(data_folder, opening))) {}

Register::~Register() = default;

void note_event(Database& database, const std::string& action, const Subject& subject, std::optional<long long> batch,
                const std::string& details) {
    database.execute("insert into events (at, actor, action, subject_kind, subject, batch_id, details) "
                     "values (:at, :actor, :action, :kind, :subject, :batch, :details)",
                     {utc_now(), "dengji " DENGJI_VERSION, action, subject.kind, subject.id,
                      batch ? Parameter(*batch) : Parameter(), details});
}

std::string page_id(const std::string& sha256, int page) {
    return sha256.substr(0, 16) + "-" + std::to_string(page);
}

Batch Register::begin_batch(const std::vector<fs::path>& paths) {
    const std::string text = paths_as_json(paths);
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    Transaction transaction(database);
    Batch batch;
    if (const auto unfinished =
            database.number("max(id)", "from batches where finished_at is null and paths = :paths", {text})) {
        batch = {*unfinished, true};
    } else {
        database.execute("insert into batches (paths, begun_at) values (:paths, :at)", {text, utc_now()});
        batch = {database.last_key(), false};
    }
    note_event(database, batch.resumed ? "batch-resumed" : "batch-begun", {"batch", std::to_string(batch.id)}, batch.id,
               "{}");
    transaction.commit();
    return batch;
}

void Register::finish_batch(long long batch) {
    const std::lock_guard lock(parts_->one_at_a_time);
    Database& database = parts_->database;
    Transaction transaction(database);
    if (!database.number("id", "from batches where id = :id and finished_at is null", {batch})) return;
    database.execute("update batches set finished_at = :at where id = :id", {utc_now(), batch});
    note_event(database, "batch-finished", {"batch", std::to_string(batch)}, batch, "{}");
    transaction.commit();
}

} // namespace dengji::ledger
