#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/ledger/originals.h"
#include "pipeline/ledger/register.h"

#include <mutex>

namespace dengji::ledger {

/// What the parts of the register share. One connection: SQLite lets one write at a time anyway, and a page takes far
/// longer to read than to record.
struct Register::Parts {
    std::filesystem::path folder; ///< absolute
    Database database;
    Originals originals;
    std::recursive_mutex one_at_a_time;
    bool together = false; ///< a transaction is open that calls are part of; see Lives::together()

    Parts(const std::filesystem::path& data_folder);
};

/// One call: the register's lock, and a transaction unless the call is part of a larger one.
class RegisterWork {
public:
    template <typename Parts>
    explicit RegisterWork(Parts& parts, Transaction::For what = Transaction::For::writing)
        : lock_(parts.one_at_a_time), database(parts.database) {
        if (!parts.together) transaction_.emplace(database, what);
    }
    void commit() {
        if (transaction_) transaction_->commit();
    }

private:
    std::lock_guard<std::recursive_mutex> lock_;
    std::optional<Transaction> transaction_;

public:
    Database& database;
};

/// What an event is about.
struct Subject {
    std::string kind; ///< "batch", "file", "page", "registration"
    std::string id;   ///< the batch's number, the file's sha256, page_id()
};

/// Appends one event. `details` is a JSON object; no values of fields in it.
void note_event(Database& database, const std::string& action, const Subject& subject, std::optional<long long> batch,
                const std::string& details);

/// The stable name of a page, and of the registration that it carries: the same whatever the order in which pages were
/// recorded.
std::string page_id(const std::string& sha256, int page);

} // namespace dengji::ledger
