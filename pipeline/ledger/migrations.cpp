#include "pipeline/ledger/migrations.h"

#include "pipeline/base/error.h"
#include "pipeline/ledger/clock.h"
#include "pipeline/ledger/schema.h"

namespace dengji::ledger {
namespace {

enum class Found : long long { nothing, register_of_dengji, another_program };

long long schema_of(Database& database) {
    // In one statement: between two, another process that opens the same new register may have made its tables.
    const auto found = static_cast<Found>(
        database
            .number("case when total(type = 'table' and name = 'schema_versions') > 0 then 1 when count(*) > 0 then 2 "
                    "else 0 end",
                    "from sqlite_master")
            .value_or(0));
    if (found == Found::another_program)
        throw Error(ErrorKind::data, database.file().string() + " is a database of another program",
                    "Name another folder with --data.");
    if (found == Found::nothing) return 0;
    return database.number("max(version)", "from schema_versions").value_or(0);
}

void refuse_newer(long long version, const Database& database) {
    if (version <= newest_schema()) return;
    throw Error(ErrorKind::data,
                "the register " + database.file().string() + " was written by a newer Dengji (schema " +
                    std::to_string(version) + ", this one knows up to " + std::to_string(newest_schema()) + ")",
                "Use the newer program; nothing was changed.");
}

} // namespace

int newest_schema() {
    return static_cast<int>(schema_steps().size());
}

void migrate(Database& database) {
    // Looked at without the write lock first: most openings have nothing to do and must not wait for a writer.
    long long version = schema_of(database);
    refuse_newer(version, database);
    while (version < newest_schema()) {
        Transaction transaction(database);
        version = schema_of(database); // another process may have been faster
        refuse_newer(version, database);
        if (version == newest_schema()) return;
        if (version == 0)
            database.execute("create table schema_versions (version integer primary key, applied_at text not null)");
        for (const auto statement : schema_steps()[static_cast<std::size_t>(version)]) database.execute(statement);
        ++version;
        database.execute("insert into schema_versions (version, applied_at) values (:version, :at)",
                         {version, utc_now()});
        transaction.commit();
    }
}

} // namespace dengji::ledger
