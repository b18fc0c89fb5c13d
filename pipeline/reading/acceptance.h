#pragma once
#include <map>
#include <string>

namespace dengji::reading {

/// How sure a reading must be before it counts without a person having looked at it: surer where a wrong value costs
/// more. A setting; chosen on 160 drawn sheets, where of 2,700 readings of 0.8 and more 2 were wrong.
struct Acceptance {
    double usual = 0.85;
    /// By the field's key; "unemployed_since" and the like for whole dates.
    std::map<std::string, double> of_field{{"id_number", 0.95},
                                           {"name", 0.95},
                                           {"mobile", 0.9},
                                           {"unemployed_since", 0.96},
                                           {"signed_on", 0.96},
                                           {"hukou_address.detail", 0.88},
                                           {"residence_address.detail", 0.88}};

    bool accepts(const std::string& key, double confidence) const {
        const auto own = of_field.find(key);
        return confidence >= (own == of_field.end() ? usual : own->second);
    }
};

} // namespace dengji::reading
