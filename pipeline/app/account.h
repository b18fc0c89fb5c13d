#pragma once
#include "pipeline/ledger/records.h"

#include <filesystem>
#include <string>
#include <vector>

namespace dengji::app {

/// What `run` says at its end.
struct Account {
    ledger::Batch batch;
    bool finished = true; ///< false: stopped before the end
    std::filesystem::path data;
    ledger::Counts counts;
    std::vector<ledger::SetAside> set_aside;
};

/// For people.
std::string account_text(const Account& account);
/// One JSON object, see README, "Formats".
std::string account_json(const Account& account);

/// Writes one of the two to standard output.
void print_account(const Account& account, bool as_json);

} // namespace dengji::app
