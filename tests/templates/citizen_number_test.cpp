#include "templates/citizen_number.h"

#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

const Date latest = *parse_date("2026-12-31");

TEST(CitizenNumber, IsMadePlain) {
    EXPECT_EQ(normal_number(" ５１９００７ １９９３０９０９-９９８ｘ　"), "51900719930909998X");
}

TEST(CitizenNumber, HasTheCheckCharacterOfTheStandard) {
    for (const char* published : {"810000199408230021", "830000199201300022", "440308199901101512"})
        EXPECT_TRUE(has_right_check_character(published)) << published;
    EXPECT_FALSE(has_right_check_character("510225196803159911"));
    EXPECT_FALSE(has_citizen_number_form("51022519680315991X1"));
}

TEST(CitizenNumber, HoldsBirthDateAndSex) {
    EXPECT_EQ(birth_date_of("510225196803159919", latest), parse_date("1968-03-15"));
    EXPECT_EQ(birth_date_of("510225680315991", latest), parse_date("1968-03-15"));
    EXPECT_FALSE(birth_date_of("510225196802319917", latest));
    EXPECT_FALSE(birth_date_of("510225189912319917", latest));
    EXPECT_FALSE(birth_date_of("500116202701019912", latest));
    EXPECT_EQ(is_male("510225196803159919"), true);
    EXPECT_EQ(is_male("510225198311029922"), false);
    EXPECT_FALSE(is_male("H12345678"));
}

TEST(CitizenNumber, OfFifteenDigitsIsRenewed) {
    const auto renewed = renewed_citizen_number("510225680315991");
    EXPECT_EQ(renewed.substr(0, 17), "51022519680315991");
    EXPECT_TRUE(has_right_check_character(renewed));
}

} // namespace
} // namespace dengji::templates
