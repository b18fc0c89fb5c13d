#include "pipeline/rules/rule_book.h"

namespace dengji::rules {

RuleBook load_rule_book(const std::filesystem::path& folder) {
    using templates::NameList;
    return {templates::load_form(folder / "forms/registration-2020.yaml"),
            templates::load_rule_settings(folder / "rules"),
            templates::WorkCalendar::load(folder / "calendars"),
            templates::AreaCodes::load(folder / "codes/area.csv"),
            NameList::load(folder / "codes/ethnicity.csv"),
            NameList::load(folder / "codes/id_type.csv"),
            NameList::load(folder / "codes/political_status.csv"),
            NameList::load(folder / "codes/place.county.csv")};
}

} // namespace dengji::rules
