#pragma once
#include "pipeline/base/dates.h"

#include <filesystem>
#include <map>
#include <set>

namespace dengji::templates {

/// Which days are worked: Monday to Friday, but for the days off and make-up days that are announced for each year.
/// It knows which years it has; of the others it can only say Monday to Friday.
class WorkCalendar {
public:
    /// Every YEAR.csv of a folder. Throws Error(data) naming file and line.
    static WorkCalendar load(const std::filesystem::path& folder);

    /// Takes in one YEAR.csv: columns date (YYYY-MM-DD, of that year), kind (off or work) and name. What was known of
    /// that year before is replaced. The file's name says which year it is. Throws Error(data) naming file and line; a
    /// file without days is refused, because a year without holidays is a year that has not been announced.
    void import_year(const std::filesystem::path& file);

    bool has_year(std::chrono::year year) const { return years_.count(static_cast<int>(year)) != 0; }
    /// Year of the last days that are known; 0 when none is.
    int last_year() const { return years_.empty() ? 0 : *years_.rbegin(); }

    /// By the announcement; Monday to Friday in a year that is not loaded: ask has_year().
    bool is_working_day(Date day) const;

private:
    std::set<int> years_;
    std::map<Date, bool> days_; ///< whether it is worked, for days that differ from the week or are named
};

} // namespace dengji::templates
