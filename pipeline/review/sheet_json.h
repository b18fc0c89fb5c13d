#pragma once
#include "pipeline/review/desk.h"

namespace dengji::review {

/// A sheet as the page gets it.
Json sheet_json(Desk& desk, const ledger::User& user, const std::string& registration);

/// "number" for what is typed in digits, "month", "date", "choice", "presence", "text".
const char* kind_of(const templates::Field& field);
bool takes_many(const templates::Field& field);

/// Pixels around a field that its crop shows. More may show what stands beside it.
inline constexpr int usual_margin = 12;
/// Where the crop of a field is asked for.
std::string crop_url(const std::string& registration, const std::string& key);

Json findings_json(const rules::Findings& findings);

/// Makes the pictures of a sheet's doubtful fields ready.
void expect_pictures(Desk& desk, const ledger::ReviewSheet& sheet);

} // namespace dengji::review
