#pragma once
#include <cstdint>

namespace dengji::review::test {

/// Counts what SQLite does on every connection that this program opens from now on: steps of its virtual machine. The
/// same work costs the same on every machine, whatever else it does.
void watch_statements();
void leave_statements_alone();

/// Steps of the statements that ended since the last call.
std::uint64_t steps_taken();

} // namespace dengji::review::test
