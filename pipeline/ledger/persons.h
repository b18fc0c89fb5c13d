#pragma once
#include "pipeline/ledger/database.h"
#include "pipeline/rules/application.h"
#include "pipeline/rules/rule_book.h"

#include <vector>

namespace dengji::ledger {

// Persons, not papers: registrations of one person belong together, whatever stack, month or scan they came from.

/// What an application says of who it is.
struct Identity {
    std::string number; ///< in its normal form, old numbers of 15 digits as they were written anew; "" for none
    bool sound = false; ///< the number is as numbers of that document are
    std::string name, born, address; ///< in one spelling; born as YYYY-MM-DD; "" for what is not known
    bool settled = false;            ///< no part of it waits for review
};

Identity identity_of(const rules::Application& application, const rules::RuleBook& book, Date on);

/// Whether two identities are one person: by number; else by name, birth date and address, unless both have sound
/// numbers that differ.
bool same_person(const Identity& one, const Identity& other);

/// Another registration of the register, as far as people compare them.
struct Relative {
    std::string registration, state, received_on;
};

/// The person whom an identity is of, other than `but`; nothing when the register knows none.
std::optional<long long> find_person(Database& database, const Identity& identity, std::optional<long long> but);

/// Brings a registration to the person whom it is of; makes one when there is none yet. What is settled becomes what is
/// known of the person. Returns the person's key.
long long assign_person(Database& database, const std::string& registration, const Identity& identity);

/// The other registrations of a person, oldest first.
std::vector<Relative> registrations_of(Database& database, long long person, const std::string& but);

/// Registrations of other persons with the same name and birth date: shown to a clerk, never put together.
std::vector<Relative> look_alikes_of(Database& database, long long person, const Identity& identity);

/// A number as find and persons compare it.
std::string comparable_number(std::string_view number);

} // namespace dengji::ledger
