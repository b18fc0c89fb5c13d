#include "pipeline/rules/identity.h"

#include "tests/rules/scene.h"

#include <gtest/gtest.h>

namespace dengji::rules::test {
namespace {

NumberFault fault(Document document, const char* number) {
    return number_fault(document, number, day("2026-12-31"));
}

TEST(Identity, JudgesNumbersByTheirDocument) {
    EXPECT_EQ(fault(Document::resident_card, "510225196803159919"), NumberFault::none);
    EXPECT_EQ(fault(Document::resident_card, "51900719930909998X"), NumberFault::none);
    EXPECT_EQ(fault(Document::resident_card, "510225196803159911"), NumberFault::check);
    EXPECT_EQ(fault(Document::resident_card, "510225196802319917"), NumberFault::birth);
    EXPECT_EQ(fault(Document::resident_card, "510225680315991"), NumberFault::old_number);
    EXPECT_EQ(fault(Document::resident_card, "H12345678"), NumberFault::form);
    EXPECT_EQ(fault(Document::social_security_card, "A12345678"), NumberFault::card_number);
    EXPECT_EQ(fault(Document::residence_card, "810000199001019910"), NumberFault::none);
    EXPECT_EQ(fault(Document::residence_card, "830000198808089927"), NumberFault::none);
    EXPECT_EQ(fault(Document::residence_card, "510225196803159919"), NumberFault::form);
    EXPECT_EQ(fault(Document::permit, "H12345678"), NumberFault::none);
    EXPECT_EQ(fault(Document::permit, "M1234567801"), NumberFault::none);
    EXPECT_EQ(fault(Document::permit, "T12345678"), NumberFault::form);
    EXPECT_EQ(fault(Document::permit, "H1234567"), NumberFault::form);
    EXPECT_EQ(fault(Document::other, "whatever"), NumberFault::none);
}

TEST(Identity, KnowsPeopleOfHongKongMacaoAndTaiwan) {
    EXPECT_TRUE(is_hong_kong_macao_taiwan(Document::social_security_card, "820000199001019910"));
    EXPECT_TRUE(is_hong_kong_macao_taiwan(Document::permit, ""));
    EXPECT_FALSE(is_hong_kong_macao_taiwan(Document::social_security_card, "510225196803159919"));
}

TEST(Identity, ReadsNumbersOfDisabilityCards) {
    const auto card = disability_number("51022519680315991943B2");
    ASSERT_TRUE(card);
    EXPECT_EQ(card->citizen_number, "510225196803159919");
    EXPECT_EQ(card->kind, 4);
    EXPECT_EQ(card->grade, 3);
    for (const char* wrong : {"510225196803159919", "51022519680315991983", "51022519680315991945",
                              "51022519680315991943C", "51022519680315991943B", ""})
        EXPECT_FALSE(disability_number(wrong)) << wrong;
}

TEST(Identity, ReadsGrades) {
    EXPECT_EQ(disability_grade("肢体残疾三级"), 3);
    EXPECT_EQ(disability_grade("听力 ４ 级"), 4);
    EXPECT_EQ(disability_grade("伤残军人十级"), 10);
    EXPECT_EQ(disability_grade("伤残10级"), 10);
    EXPECT_EQ(disability_grade("二级视力残疾"), 2);
    EXPECT_FALSE(disability_grade("残疾"));
    EXPECT_FALSE(disability_grade("级"));
    EXPECT_TRUE(speaks_of_disability("视力残"));
    EXPECT_FALSE(speaks_of_disability("健康，无残疾"));
}

} // namespace
} // namespace dengji::rules::test
