#include "pipeline/base/dates.h"

#include <gtest/gtest.h>
#include <random>

namespace dengji {
namespace {

TEST(Dates, EveryDayOfTheCalendarGoesThereAndBack) {
    int days = 0;
    std::string before;
    for (std::chrono::sys_days day = std::chrono::sys_days(std::chrono::year{1899} / 12 / 31);
         day <= std::chrono::sys_days(std::chrono::year{2101} / 1 / 1); day += std::chrono::days{1}) {
        const Date date(day);
        const auto text = format(date);
        ASSERT_EQ(parse_date(text), date);
        ASSERT_LT(before, text) << "text sorts like days do";
        before = text;
        ++days;
    }
    EXPECT_GT(days, 73000);
}

TEST(Dates, ThereAreExactlyAsManyAsTheCalendarHas) {
    int found = 0;
    for (int month = 0; month <= 13; ++month) {
        for (int day = 0; day <= 32; ++day) {
            found += make_date(2019, month, day) ? 1 : 0;
            found += make_date(2020, month, day) ? 1 : 0;
            found += make_date(1900, month, day) ? 1 : 0;
            found += make_date(2000, month, day) ? 1 : 0;
        }
    }
    EXPECT_EQ(found, 365 + 366 + 365 + 366);
}

TEST(Dates, OnlyTheOneWayOfWritingIsTaken) {
    EXPECT_TRUE(parse_date("2020-02-29"));
    for (const auto* text : {"", "2019-02-29", "2020-2-29", "2020-02-30", "2020-13-01", "2020-00-10", "2020-01-00",
                             "20200229", "2020/02/29", "2020-02-29 ", " 2020-02-29", "2020-02-2x", "+020-02-01",
                             "-020-02-01", "0000-01-01", "２０２０-02-01"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
    EXPECT_TRUE(parse_month("2020-12"));
    for (const auto* text : {"", "2020-13", "2020-00", "2020-1", "2020-012", "202012", "2020-1x", "0000-01"}) {
        EXPECT_FALSE(parse_month(text)) << text;
    }
}

TEST(Dates, AnyBytesAreNoDateOrOneThatIsWrittenThatWay) {
    std::mt19937 random(1);
    for (int i = 0; i < 100000; ++i) {
        std::string text = "2020-02-29";
        text[std::uniform_int_distribution<std::size_t>(0, 9)(random)] =
            static_cast<char>(std::uniform_int_distribution<int>(0, 127)(random));
        const auto date = parse_date(text);
        ASSERT_TRUE(!date || format(*date) == text) << text;
    }
}

TEST(Dates, FormatPadsWithZeros) {
    EXPECT_EQ(format(*make_date(7, 3, 5)), "0007-03-05");
    EXPECT_EQ(format(*make_month(2020, 4)), "2020-04");
}

TEST(Dates, TodayIsADay) {
    EXPECT_TRUE(today().ok());
}

} // namespace
} // namespace dengji
