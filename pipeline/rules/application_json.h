#pragma once
#include "pipeline/rules/application.h"
#include "templates/form.h"
#include "templates/rule_settings.h"

#include <string>
#include <string_view>
#include <vector>

namespace dengji::rules {

/// What a line holds besides the application.
struct ParsedApplication {
    Application application;
    std::vector<std::string> warnings; ///< English, without personal data: keys that are not known
    std::string kind;                  ///< of a line that `read` wrote: "registration", "blank", "other"; else empty
};

/// Reads one line of JSON:
///
///     {"fields": {KEY: {"value": TEXT | [OPTION, …] | true | false | null, "review": true}}, "received_on":
///     "2020-04-15",
///      "channel": "counter" | "app12333" | "national" | "disabled_agency" | "social_insurance",
///      "original_seen": true, "attachments": ["graduation"], "photo": true, "wants_certificate": true,
///      "draws_pension": null, "born_on": "1990-01-31", "confirmed": ["A10"]}
///
/// KEY as in the form. All but `fields` may be missing or null, which is unknown. A field that brings "raw" or
/// "confidence" was read by a machine; "review" says that nobody has looked at it yet. A line of `read` may be given as
/// it is. Unknown keys are warnings. Throws Error(input) for what cannot be used; its text names keys of this format
/// and places in the line, never what was filled in.
ParsedApplication parse_application(std::string_view line, const templates::Form& form,
                                    const templates::PaperSettings& papers);

} // namespace dengji::rules
