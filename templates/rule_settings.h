#pragma once
#include "pipeline/base/dates.h"

#include <filesystem>
#include <string>
#include <vector>

namespace dengji::templates {

/// A number or word that an office may change, with what it rests on.
template <class T>
struct Setting {
    T value{};
    std::string clause;
};

/// One column of the retirement schedule, 国务院关于渐进式延迟法定退休年龄的办法.
struct RetirementTrack {
    int base = 0;       ///< years
    Month first_birth;  ///< from this month of birth on it is later
    int step = 1;       ///< months of birth for each month of delay
    int most_delay = 0; ///< months
};

struct AgeSettings {
    Setting<int> least; ///< years, on the day of application
    Setting<int> men_4050, women_4050;
    Setting<int> residents_pension; ///< years, both sexes
    Setting<int> graduate_years;    ///< how long after leaving school a graduate counts as one
    std::string retirement_clause;
    int earlier_or_later = 0; ///< months by which a person may retire earlier or later
    RetirementTrack men, women_55, women_50;
};

struct DeadlineSettings {
    Setting<int> review_days, review_reminder_day; ///< working days of an online application
    Setting<int> survey_days, survey_reminder_day; ///< working days
    Setting<bool> survey_stops_review;
    Setting<int> certificate_days;   ///< working days
    Setting<int> first_contact_days; ///< days of the calendar, like those below
    Setting<int> service_entry_days;
    Setting<int> cancellation_notice_days;
    Setting<int> follow_up_reminder_day; ///< day of the month
    Setting<int> refusals_in_a_row;
    Setting<int> months_without_contact;
};

/// A paper that may lie with an application.
struct Paper {
    std::string id, name;
};

enum class Need { required, optional, none };

/// What a category of people has to bring.
struct CategoryPapers {
    std::string category;
    std::string paper; ///< id of a paper; empty when need is none
    Need need = Need::none;
    bool has_number = false; ///< its certificate has a number that the form asks for
    std::string clause;
};

struct PaperSettings {
    Setting<std::vector<std::string>> mainland_documents, hong_kong_macao_taiwan_documents, held_documents;
    std::vector<Paper> papers;
    std::vector<CategoryPapers> categories;
    int certificate_digits = 0;
    std::string certificate_county; ///< the first six digits of numbers that this office issues
    std::string certificate_clause;

    const Paper* paper(const std::string& id) const;               ///< nullptr when there is none
    const CategoryPapers* category(const std::string& name) const; ///< nullptr when there is none
};

struct CancellationReason {
    std::string code, name, clause;
    bool notice = true;
    std::string evidence; ///< empty: no paper is asked for
    bool named_by_district = false;
};

/// What the rules of registration take from templates/rules.
struct RuleSettings {
    AgeSettings ages;
    DeadlineSettings deadlines;
    PaperSettings papers;
    std::vector<CancellationReason> cancellations;

    const CancellationReason* cancellation(const std::string& code) const; ///< nullptr when there is none
};

/// Reads ages.yaml, deadlines.yaml, papers.yaml and cancellation.yaml. Throws Error(data) that names file, line and
/// what was expected there.
RuleSettings load_rule_settings(const std::filesystem::path& folder);

} // namespace dengji::templates
