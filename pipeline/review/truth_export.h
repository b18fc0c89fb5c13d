#pragma once
#include "pipeline/intake/document.h"
#include "pipeline/ledger/reviews.h"
#include "templates/form.h"

namespace dengji::review {

struct ExportedTruth {
    int sheets = 0, corrected_fields = 0;
    std::vector<std::string> left_out; ///< registrations whose scan is missing
};

/// Writes the sheets that people have settled as a set for 'dengji bench': truth/ID.json and ID.png for each, with the
/// places of the corrected fields. The folder is made; files of the same names are replaced. Holds personal data.
ExportedTruth export_truth(ledger::Reviews& reviews, const templates::Form& form, const intake::Limits& limits,
                           const std::filesystem::path& folder);

} // namespace dengji::review
