#include "pipeline/reading/number_rules.h"

#include "pipeline/base/dates.h"
#include "pipeline/reading/contact.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/number_prior.h"

#include <algorithm>

namespace dengji::reading {

Verdict check_number(const std::string& content, const std::string& text) {
    if (content == "id_number") return check_identity_number(text);
    if (content == "mobile") return check_mobile(text);
    if (content == "landline") return check_landline(text);
    return {text, Support::none, {}};
}

bool may_stand(const std::string& content, const std::string& value) {
    if (!NumberPrior::is_part_of_date(content)) return true;
    const bool digits = !value.empty() && value.size() <= 4 &&
                        std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return false;
    const int number = std::stoi(value);
    if (content == "year") return number >= 1950 && number <= static_cast<int>(today().year());
    return number >= 1 && number <= (content == "month" ? 12 : 31);
}

} // namespace dengji::reading
