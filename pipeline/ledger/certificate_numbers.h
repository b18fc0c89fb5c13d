#pragma once
#include "pipeline/ledger/database.h"

#include <string>
#include <vector>

namespace dengji::ledger {

// Certificate numbers of 16 digits: county (6), two fixed digits, year (2), running number (6). Each function is part
// of the caller's transaction.

/// Numbers that the district may give.
struct NumberRange {
    std::string first, last;
    std::string next;   ///< "" when all are used
    long long left = 0; ///< how many, at most: some may be taken out of turn
    std::string entered_at, entered_by;
};

/// Throws Error(usage) for what is no range of numbers of that county, or overlaps one that was entered.
void add_range(Database& database, const std::string& first, const std::string& last, const std::string& county,
               const std::string& by);
std::vector<NumberRange> all_ranges(Database& database);

/// The lowest free number of the year; the range goes on behind it. "" when there is none.
std::string next_number(Database& database, int year);

/// Notes that a number was given with an event; nothing when it is the same person's number on a replacement.
void note_issued_number(Database& database, const std::string& number, const std::string& registration, long long event,
                        const std::string& at, const std::string& by);

/// A number that is never to be given. Throws Error(usage) when it was given, is void already, or is no such number.
void add_void_number(Database& database, const std::string& number, const std::string& why, const std::string& by);

/// Whether it was given or is void.
bool is_number_taken(Database& database, const std::string& number);

/// The number of the certificate that was issued last to a person; nothing when there is none.
std::optional<std::string> number_held_by(Database& database, long long person);

} // namespace dengji::ledger
