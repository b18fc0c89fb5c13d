#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

/// What a person says of one field.
struct Settled {
    std::string key, text;
};

/// Takes the sheet for this person, or throws ApiError (423) when somebody else has it.
void hold_sheet(Desk& desk, const ledger::User& user, const std::string& registration);

/// Confirms what stays and corrects what differs, all in one transaction or nothing. `work`: marks what was done in one
/// go. Throws ApiError: 423 when somebody else has the sheet, 409 when it changed since `revision`, 422 for what can't
/// be taken, with the fields.
void settle(Desk& desk, const ledger::User& user, const std::string& registration, long long revision,
            const std::vector<Settled>& fields, const std::string& work);

/// Takes back what this person settled last on this sheet. Throws ApiError likewise.
void undo_last(Desk& desk, const ledger::User& user, const std::string& registration, long long revision);

/// Throws ApiError (409).
void expect_revision(Desk& desk, const std::string& registration, long long revision);

} // namespace dengji::review
