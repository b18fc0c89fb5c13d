#pragma once
#include "pipeline/ledger/report_facts.h"
#include "templates/offices.h"

namespace dengji::ledger {

/// Fields that reports count by, in the order of ReportValues.
enum class ReportField {
    name,
    sex,
    health,
    unemployed_since,
    id_type,
    id_number,
    hukou_type,
    education,
    categories,
    hukou_province,
    hukou_county,
    hukou_detail,
    residence_county,
    residence_detail,
    unemployment_reason,
    claims_benefit,
};
constexpr std::size_t report_field_count = 16;
std::string_view key_of(ReportField field) noexcept;                    ///< "hukou_address.county"
std::optional<std::size_t> report_field(std::string_view key) noexcept; ///< its index

/// Values of the fields: a text, or of ticked options their list.
struct ReportValues {
    std::array<std::vector<std::string>, report_field_count> values;

    const std::string& text(ReportField field) const; ///< "" when there is none
};

/// A value as the register stores it: type list is a JSON array.
std::vector<std::string> report_value(const std::string& type, const std::string& stored);

/// A change of a field or of the office, as far as it tells what was there before.
struct Before {
    long long event = 0;
    int period = 0;    ///< that it counts in; the number of periods for what came after the last
    std::string key;   ///< of the field; "office"
    std::string value; ///< what was there; of several options joined by 、
    std::string after; ///< office: the code that came
};

/// What a registration's values were when a period began: the present ones with later changes undone.
ReportValues values_at(ReportValues values, const std::vector<Before>& changes, std::size_t boundary);

/// Traits that the values say, on a day. What comes from events is left empty.
Traits traits_of(const ReportValues& values, const std::string& born, Date on, const ReportQuestion& question);

/// What ages and times are counted from. Worked out once where they are asked for at the end of many periods.
struct Beginnings {
    std::string number; ///< as templates::normal_number() gives it
    std::optional<Date> born;
    std::optional<Month> unemployed_since;
};
Beginnings beginnings_of(const std::string& unemployed_since, const std::string& number, const std::string& born);
/// Age and months without work on a day.
void set_times(Traits& traits, const Beginnings& beginnings, Date on);

/// Code of the town that handled the registration when a period began; "" for none. `present`: that of today.
std::string office_at(const std::string& present, const ReportValues& values, const std::vector<Before>& changes,
                      std::size_t boundary, const templates::Offices& offices);

} // namespace dengji::ledger
