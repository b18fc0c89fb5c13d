#pragma once
#include "pipeline/base/error.h"

#include <filesystem>
#include <string>

namespace dengji::ledger {

/// What an SQLite result code (extended, or primary) of the database `file` means to the person who waits for it. Built
/// from the code alone: no text of the driver, which would hold personal data.
Error database_error(int code, const std::filesystem::path& file);

/// The same for a system call that failed on `path`, from errno. `doing` completes "cannot …": "open the register".
Error system_error(int number, const std::string& doing, const std::filesystem::path& path);

} // namespace dengji::ledger
