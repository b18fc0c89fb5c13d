#pragma once
#include "pipeline/base/dates.h"
#include "pipeline/reading/near_areas.h"

#include <optional>
#include <string>
#include <string_view>

namespace dengji::reading {

/// What else the sheet or an identity card says about the person; all may be unknown.
struct NumberHints {
    std::optional<Date> born;
    std::optional<bool> male;
    std::string id_number; ///< for numbers that repeat it (残疾人证)
};

/// What may stand in a number field, before the picture is looked at. Never forbids anything: people do write wrong
/// numbers.
class NumberPrior {
public:
    /// `this_year`: the year that dates are near to.
    NumberPrior(NearAreas areas, int this_year);

    /// Contents: "id_number", "id_number_like", "mobile", "landline", "year", "month", "day", "house_number".
    static bool knows(std::string_view content);

    /// "year", "month" or "day": what cannot be there is a misreading, not a wrong number that somebody wrote.
    static bool is_part_of_date(std::string_view content);

    /// Natural logarithm of the weight of `number` (digits, X, "-"), 0 for what usually stands there. The empty number
    /// breaks no rule. Throws Error(internal) for an unknown content.
    double log_weight(std::string_view content, std::string_view number, const NumberHints& hints = {}) const;

    /// The number without what people put between its digits: 138-0000-0000 is a mobile number.
    static std::string plain(std::string_view content, std::string_view number);

private:
    double of_identity_number(std::string_view number, const NumberHints& hints) const;
    double of_document(std::string_view number, const NumberHints& hints) const;
    double of_year(std::string_view number) const;

    NearAreas areas_;
    int this_year_;
};

} // namespace dengji::reading
