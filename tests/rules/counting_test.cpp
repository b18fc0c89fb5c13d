// Working days, deadlines and ages, by the examples of the announcements and of the retirement schedule.
#include "pipeline/rules/ages.h"
#include "pipeline/rules/deadlines.h"
#include "pipeline/rules/working_days.h"
#include "tests/rules/scene.h"

#include <gtest/gtest.h>

namespace dengji::rules::test {
namespace {

CountedDay after(const char* from, int count) {
    return working_day_after(book().calendar, day(from), count);
}

TEST(WorkingDays, PassOverDaysOffAndCountMakeUpDays) {
    EXPECT_EQ(format(after("2020-04-30", 5).day), "2020-05-11"); // 6, 7, 8, Saturday 9, 11
    EXPECT_EQ(format(after("2026-02-13", 5).day), "2026-02-27"); // Saturday 14, then 24 to 27
    EXPECT_EQ(format(after("2020-01-23", 1).day), "2020-02-03"); // the Spring Festival that was made longer
    EXPECT_EQ(format(after("2018-12-28", 1).day), "2018-12-29"); // a make-up day for New Year
    EXPECT_EQ(after("2020-04-30", 0).day, day("2020-04-30"));
}

TEST(WorkingDays, SayWhichYearIsNotLoaded) {
    EXPECT_FALSE(after("2026-12-25", 2).provisional());
    const auto unknown = after("2029-12-28", 5); // Friday; Monday to Friday are counted
    EXPECT_EQ(unknown.missing_years, (std::set<int>{2029, 2030}));
    EXPECT_EQ(format(unknown.day), "2030-01-04");
    EXPECT_NE(day_in_words(unknown).find("2029年、2030年"), std::string::npos);
}

TEST(WorkingDays, BetweenIsTheInverseOfAfter) {
    for (int start = 0; start < 800; start += 7) {
        const Date from = days_later(day("2018-11-01"), start);
        for (int count = 1; count <= 12; count += 3) {
            const auto to = working_day_after(book().calendar, from, count).day;
            EXPECT_EQ(working_days_between(book().calendar, from, to), count) << format(from);
            EXPECT_TRUE(book().calendar.is_working_day(to)) << format(to);
        }
    }
    EXPECT_EQ(working_days_between(book().calendar, day("2020-05-06"), day("2020-05-01")), 0);
}

TEST(WorkingDays, MonthsEndWhereTheMonthDoes) {
    EXPECT_EQ(format(months_later(day("2020-03-31"), -1)), "2020-02-29");
    EXPECT_EQ(format(months_later(day("2020-08-31"), 6)), "2021-02-28");
    EXPECT_EQ(format(months_later(day("2020-04-15"), -6)), "2019-10-15");
}

TEST(Deadlines, MoveByTheDaysOfASurvey) {
    const auto& settings = book().settings.deadlines;
    ClockFacts clock{day("2020-05-06"), {}, {}, Survey{day("2020-05-07"), {}, {}, {}}, {}};
    EXPECT_TRUE(review_deadline(settings, book().calendar, Channel::national, clock).stopped);
    EXPECT_FALSE(review_deadline(settings, book().calendar, Channel::national, clock).overdue(day("2020-06-30")));
    clock.survey->closed_on = day("2020-05-12"); // three working days, Saturday 9 among them
    const auto moved = review_deadline(settings, book().calendar, Channel::national, clock);
    EXPECT_FALSE(moved.stopped);
    clock.survey.reset();
    const auto plain = review_deadline(settings, book().calendar, Channel::national, clock);
    EXPECT_EQ(format(plain.due.day), "2020-05-12");
    EXPECT_EQ(working_days_between(book().calendar, plain.due.day, moved.due.day), 4);
}

TEST(Deadlines, AtTheCounterAreTheDayItself) {
    const ClockFacts clock{day("2020-05-06"), {}, {}, {}, {}};
    const auto deadline = review_deadline(book().settings.deadlines, book().calendar, Channel::counter, clock);
    EXPECT_FALSE(deadline.overdue(day("2020-05-06")));
    EXPECT_TRUE(deadline.overdue(day("2020-05-07")));
}

TEST(Ages, CountTheBirthday) {
    EXPECT_EQ(age_on(day("2004-04-15"), day("2020-04-14")), 15);
    EXPECT_EQ(age_on(day("2004-04-15"), day("2020-04-15")), 16);
    EXPECT_EQ(age_on(day("2004-02-29"), day("2021-02-28")), 16);
    EXPECT_EQ(age_on(day("2004-02-29"), day("2021-03-01")), 17);
}

Month month(const char* text) {
    return parse_month(text).value();
}

TEST(Retirement, FollowsTheSchedule) {
    const auto& ages = book().settings.ages;
    EXPECT_EQ(retirement_delay(ages.women_55, month("1971-04")), 4);
    EXPECT_EQ(format(retirement_month(ages.women_55, month("1971-04"))), "2026-08");
    EXPECT_EQ(format(retirement_month(ages.men, month("1964-12"))), "2024-12");
    EXPECT_EQ(format(retirement_month(ages.men, month("1965-01"))), "2025-02");
    EXPECT_EQ(format(retirement_month(ages.women_50, month("1975-01"))), "2025-02");
}

TEST(Retirement, IsDelayedInFullFromTheseBirthsOn) {
    const auto& ages = book().settings.ages;
    const std::vector<std::tuple<templates::RetirementTrack, const char*, int>> tracks = {
        {ages.men, "1976-09", 36}, {ages.women_55, "1981-09", 36}, {ages.women_50, "1984-11", 60}};
    for (const auto& [track, first, most] : tracks) {
        EXPECT_EQ(retirement_delay(track, month(first)), most);
        EXPECT_EQ(retirement_delay(track, month(first) - std::chrono::months(1)), most - 1);
        EXPECT_EQ(retirement_delay(track, month("2000-01")), most);
    }
}

TEST(Retirement, MovesWithinThreeYearsAndNeverBelowTheBase) {
    const auto& ages = book().settings.ages;
    EXPECT_EQ(format(earliest_retirement(ages.men, month("1970-01"), ages.earlier_or_later)), "2030-01");
    EXPECT_EQ(format(earliest_retirement(ages.men, month("1990-01"), ages.earlier_or_later)), "2050-01");
    EXPECT_EQ(format(latest_retirement(ages.men, month("1990-01"), ages.earlier_or_later)), "2056-01");
    for (Month birth = month("1960-01"); birth < month("1990-01"); birth += std::chrono::months(1)) {
        const auto& track = ages.women_50;
        EXPECT_LE(retirement_month(track, birth), retirement_month(track, birth + std::chrono::months(1)));
        EXPECT_LE(earliest_retirement(track, birth, 36), retirement_month(track, birth));
    }
}

} // namespace
} // namespace dengji::rules::test
