#pragma once
#include <map>
#include <string>

namespace dengji::reading {

/// How sure a reading must be before it counts without a person having looked at it: surer where a wrong value costs
/// more. A setting.
struct Acceptance {
    double usual = 0.9;
    /// By the field's key; "unemployed_since" and the like for whole dates.
    std::map<std::string, double> of_field{{"id_number", 0.97},
                                           {"name", 0.97},
                                           {"mobile", 0.95},
                                           {"unemployed_since", 0.96},
                                           {"signed_on", 0.96},
                                           {"hukou_address.detail", 0.97},
                                           {"residence_address.detail", 0.97}};

    bool accepts(const std::string& key, double confidence) const {
        const auto own = of_field.find(key);
        return confidence >= (own == of_field.end() ? usual : own->second);
    }
};

} // namespace dengji::reading
