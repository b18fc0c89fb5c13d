#pragma once
#include "templates/area_codes.h"
#include "templates/form.h"
#include "templates/name_list.h"
#include "templates/rule_settings.h"
#include "templates/work_calendar.h"

#include <filesystem>

namespace dengji::rules {

/// Everything that the rules look things up in. Never changes while it is used: one is enough for all threads.
struct RuleBook {
    templates::Form form;
    templates::RuleSettings settings;
    templates::WorkCalendar calendar;
    templates::AreaCodes areas;
    templates::NameList ethnicities, documents, political_statuses, counties;
};

/// Reads forms/registration-2020.yaml, rules, calendars and codes of a folder of templates. Throws Error(data) that
/// names file and line.
RuleBook load_rule_book(const std::filesystem::path& templates_folder);

} // namespace dengji::rules
