#pragma once
#include "pipeline/reading/verdict.h"

#include <string_view>

namespace dengji::reading {

/// A mobile number: 11 digits, 1 and then 3 to 9. Spaces, hyphens and +86 are left out.
Verdict check_mobile(std::string_view text);

/// A landline number: 023-12345678, other area codes, with or without hyphen and extension; 8 digits alone.
Verdict check_landline(std::string_view text);

/// The shape of a mail address.
Verdict check_email(std::string_view text);

} // namespace dengji::reading
