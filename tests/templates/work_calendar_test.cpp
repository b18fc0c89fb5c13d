#include "templates/work_calendar.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

using ::testing::HasSubstr;

Date day(const char* text) {
    return parse_date(text).value();
}

class WorkCalendars : public ::testing::Test {
protected:
    std::string complaint(const std::string& content, const char* name = "2027.csv") {
        write_file(folder_.path() / name, content);
        try {
            WorkCalendar calendar;
            calendar.import_year(folder_.path() / name);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_FALSE(error.next_step().empty());
            return error.message();
        }
        return "accepted";
    }
    TempFolder folder_{"test"};
};

TEST_F(WorkCalendars, ThatComeWithTheProgramKnowTheAnnouncements) {
    const auto calendar = WorkCalendar::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/calendars");
    for (int year = 2004; year <= 2026; ++year) EXPECT_TRUE(calendar.has_year(std::chrono::year(year))) << year;
    EXPECT_FALSE(calendar.has_year(std::chrono::year(1999)));
    EXPECT_GE(calendar.last_year(), 2026);
    EXPECT_FALSE(calendar.is_working_day(day("2020-05-01")));
    EXPECT_TRUE(calendar.is_working_day(day("2020-05-09")));  // a Saturday that is worked
    EXPECT_TRUE(calendar.is_working_day(day("2018-12-29")));  // listed with the year after
    EXPECT_FALSE(calendar.is_working_day(day("2020-01-31"))); // by the second notice of that year
    EXPECT_FALSE(calendar.is_working_day(day("2020-05-10")));
}

TEST_F(WorkCalendars, TakeInAYearAndReplaceWhatTheyKnewOfIt) {
    write_file(folder_.path() / "2027.csv", "date,kind,name\n2027-01-01,off,元旦\n2027-01-04,off,元旦\n");
    WorkCalendar calendar;
    EXPECT_EQ(calendar.last_year(), 0);
    calendar.import_year(folder_.path() / "2027.csv");
    EXPECT_TRUE(calendar.has_year(std::chrono::year(2027)));
    EXPECT_FALSE(calendar.is_working_day(day("2027-01-04")));
    write_file(folder_.path() / "2027.csv", "date,kind,name\n2027-01-01,off,元旦\n");
    calendar.import_year(folder_.path() / "2027.csv");
    EXPECT_TRUE(calendar.is_working_day(day("2027-01-04")));
}

TEST_F(WorkCalendars, NameFileAndLineOfAMistake) {
    EXPECT_THAT(complaint("date,kind,name\n2027-01-01,off,x\n2027-02-30,off,x\n"),
                ::testing::AllOf(HasSubstr("2027.csv"), HasSubstr("line 3")));
    EXPECT_THAT(complaint("date,kind,name\n2026-01-01,off,x\n"), HasSubstr("another year"));
    EXPECT_THAT(complaint("date,kind,name\n2027-01-01,free,x\n"), HasSubstr("off or work"));
    EXPECT_THAT(complaint("date,kind,name\n2027-01-01,off,x\n2027-01-01,off,x\n"), HasSubstr("twice"));
    EXPECT_THAT(complaint("date,kind,name\n"), HasSubstr("no day"));
    EXPECT_THAT(complaint("date,name\n2027-01-01,x\n"), HasSubstr("kind"));
    EXPECT_THAT(complaint("date,kind,name\n2027-01-01,off,x\n", "next.csv"), HasSubstr("a year"));
}

} // namespace
} // namespace dengji::templates
