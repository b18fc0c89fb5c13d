#include "tests/review/statement_cost.h"

#include <atomic>
#include <sqlite3.h>

namespace dengji::review::test {
namespace {

std::atomic<std::uint64_t> steps = 0;

int statement_ended(unsigned, void*, void* statement, void*) {
    steps += static_cast<std::uint64_t>(
        sqlite3_stmt_status(static_cast<sqlite3_stmt*>(statement), SQLITE_STMTSTATUS_VM_STEP, 1));
    return 0;
}

/// SQLite calls it for each new connection; declared as it wants it, called as it is.
int connection_opened(sqlite3* connection, const char**, const void*) {
    return sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, statement_ended, nullptr);
}

} // namespace

void watch_statements() {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(connection_opened));
}

void leave_statements_alone() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(connection_opened));
}

std::uint64_t steps_taken() {
    return steps.exchange(0);
}

} // namespace dengji::review::test
