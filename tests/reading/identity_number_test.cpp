#include "pipeline/reading/identity_number.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

// All numbers are made up; their sequence numbers begin with 99.

TEST(IdentityNumber, TheCheckCharacterFollowsTheStandard) {
    for (const char* number : {"510225196803159919", "500381199905209938", "51900719930909998X", "810000199408230021"})
        EXPECT_TRUE(has_right_check_character(number)) << number;
    EXPECT_FALSE(has_right_check_character("510225196803159911"));
    EXPECT_FALSE(has_right_check_character("51022519680315991"));
    EXPECT_FALSE(has_right_check_character(""));
}

TEST(IdentityNumber, OneWrongDigitNeverPasses) {
    const std::string right = "500116200806309949";
    for (std::size_t i = 0; i < 17; ++i)
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = right;
            if (wrong[i] == digit) continue;
            wrong[i] = digit;
            EXPECT_FALSE(has_right_check_character(wrong)) << wrong;
        }
}

TEST(IdentityNumber, TellsBirthAndSex) {
    EXPECT_EQ(format(*birth_date_of("510225196803159919")), "1968-03-15");
    EXPECT_EQ(format(*birth_date_of("510225680315991")), "1968-03-15");
    EXPECT_FALSE(birth_date_of("510225196802319917")); // 31 February
    EXPECT_FALSE(birth_date_of("510225899912319917")); // the future
    EXPECT_TRUE(*is_male("510225196803159919"));
    EXPECT_FALSE(*is_male("510225198311029922"));
    EXPECT_FALSE(is_male("5102251968"));
}

TEST(IdentityNumber, OnlyARightNumberHasSupport) {
    EXPECT_EQ(check_identity_number("510225196803159919").support, Support::for_it);
    EXPECT_EQ(check_identity_number("H01234567").support, Support::none);
    for (const auto& [number, code] :
         {std::pair{"510225196803159911", "id-number-check"}, std::pair{"510225196802319917", "id-number-birth"},
          std::pair{"51022519680315991", "id-number-form"}, std::pair{"510225680315991", "id-number-15-digits"},
          std::pair{"", "id-number-form"}}) {
        const Verdict verdict = check_identity_number(number);
        EXPECT_EQ(verdict.support, Support::against) << number;
        ASSERT_EQ(verdict.reasons.size(), 1U) << number;
        EXPECT_EQ(verdict.reasons.front().code, code);
        EXPECT_EQ(verdict.value, number) << "a number is never repaired";
    }
}

TEST(IdentityNumber, WidthAndCaseDoNotMatter) {
    EXPECT_EQ(check_identity_number("51900719930909998x").value, "51900719930909998X");
    EXPECT_EQ(check_identity_number("５１９００７ １９９３０９０９ ９９８Ｘ").value, "51900719930909998X");
}

} // namespace
} // namespace dengji::reading
