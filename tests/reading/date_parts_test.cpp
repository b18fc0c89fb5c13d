#include "pipeline/reading/date_parts.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

TEST(DateParts, ComposesWhatIsThere) {
    EXPECT_EQ(compose_month("2019", "3").value, "2019-03");
    EXPECT_EQ(compose_month("2019", "12").value, "2019-12");
    EXPECT_EQ(compose_date("2020", "11", "2").value, "2020-11-02");
    EXPECT_EQ(compose_date("2020", "2", "29").value, "2020-02-29");
}

TEST(DateParts, EmptyIsEmptyAndRight) {
    EXPECT_EQ(compose_month("", "").value, "");
    EXPECT_NE(compose_month("", "").support, Support::against);
    EXPECT_NE(compose_date("", "", "").support, Support::against);
}

TEST(DateParts, NothingIsInvented) {
    struct Parts {
        const char *year, *month, *day;
    };
    for (const Parts& p :
         {Parts{"2019", "", "1"}, Parts{"", "3", "1"}, Parts{"2019", "13", "1"}, Parts{"2019", "2", "29"},
          Parts{"19", "3", "1"}, Parts{"1019", "3", "1"}, Parts{"9019", "3", "1"}, Parts{"2019", "0", "1"},
          Parts{"2019", "3", "32"}, Parts{"2O19", "3", "1"}, Parts{"2019", "3", "-1"}}) {
        const Verdict verdict = compose_date(p.year, p.month, p.day);
        EXPECT_EQ(verdict.value, "") << p.year << '/' << p.month << '/' << p.day;
        EXPECT_EQ(verdict.support, Support::against);
        EXPECT_FALSE(verdict.reasons.empty());
    }
    EXPECT_EQ(compose_month("2019", "").support, Support::against);
}

} // namespace
} // namespace dengji::reading
