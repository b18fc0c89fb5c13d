#pragma once
#include "pipeline/ledger/database.h"

namespace dengji::ledger {

/// Version of the schema that this program works with.
int newest_schema();

/// Brings the schema up to date, each numbered step in a transaction of its own; does nothing when it is.
/// Throws Error(data) when the schema is newer than this program, or the tables are another program's.
void migrate(Database& database);

} // namespace dengji::ledger
