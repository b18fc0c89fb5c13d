#include "templates/work_calendar.h"

#include "pipeline/base/error.h"
#include "templates/citizen_number.h"
#include "templates/code_table.h"

#include <algorithm>
#include <vector>

namespace dengji::templates {
namespace {

[[noreturn]] void refuse(const std::string& place, const std::string& what) {
    throw Error(ErrorKind::data, place + ": " + what,
                "A calendar is a file YEAR.csv with the columns date, kind and name, and a row for each day off (off) "
                "and each make-up working day (work).");
}

int year_of(const std::filesystem::path& file) {
    const auto name = file.stem().string();
    if (name.size() != 4 || !is_all_digits(name))
        refuse(file.string(), "expected a year as the file's name, like 2026.csv");
    return std::stoi(name);
}

} // namespace

void WorkCalendar::import_year(const std::filesystem::path& file) {
    const auto year = year_of(file);
    const auto table = load_code_table(file);
    const auto date = table.column("date"), kind = table.column("kind");
    if (table.rows.empty()) refuse(file.string(), "it names no day; leave the file out until the year is announced");
    std::map<Date, bool> days;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        const auto refuse_row = [&](const std::string& what) {
            refuse(file.string() + ", line " + std::to_string(table.lines[i]), what);
        };
        const auto day = parse_date(row[date]);
        if (!day) refuse_row("'" + row[date] + "' is not a day like 2026-02-14");
        if (static_cast<int>(day->year()) != year) refuse_row("the day " + row[date] + " is of another year");
        if (row[kind] != "off" && row[kind] != "work")
            refuse_row("expected off or work as the kind of " + row[date] + "; found '" + row[kind] + "'");
        if (!days.emplace(*day, row[kind] == "work").second) refuse_row("the day " + row[date] + " stands there twice");
    }
    std::erase_if(days_, [&](const auto& known) { return static_cast<int>(known.first.year()) == year; });
    days_.merge(days);
    years_.insert(year);
}

WorkCalendar WorkCalendar::load(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    if (failed) refuse(folder.string(), "this folder of calendars cannot be read");
    std::sort(files.begin(), files.end());
    WorkCalendar calendar;
    for (const auto& file : files) calendar.import_year(file);
    return calendar;
}

bool WorkCalendar::is_working_day(Date day) const {
    if (const auto known = days_.find(day); known != days_.end()) return known->second;
    const std::chrono::weekday weekday{std::chrono::sys_days(day)};
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday;
}

} // namespace dengji::templates
