#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace dengji::ledger::test {

/// Makes everything that follows from the events anew, event by event, in a copy of the register, and compares it with
/// what the register holds: rows of lives (person, office, follows, state, days), persons, values, certificate numbers,
/// and what each event says of the state and of the value before. Says what differs, twenty things at most: nothing.
/// Values that were read or came in and were never changed are where they start from.
std::vector<std::string> unlike_after_replay(const std::filesystem::path& register_file);

} // namespace dengji::ledger::test
