#include "pipeline/intake/pdf_content.h"

#include <gtest/gtest.h>

namespace dengji::intake {
namespace {

constexpr PdfBox page{0, 0, 600, 800};

TEST(PdfContent, MatricesAreAppliedInOrder) {
    const auto object = find_only_object("q 2 0 0 2 10 20 cm 300 0 0 400 0 0 cm /Im1 Do Q", page);
    ASSERT_TRUE(object);
    EXPECT_EQ(object->name, "/Im1");
    const PdfBox box = bounds(object->matrix);
    EXPECT_EQ(box.left, 10);
    EXPECT_EQ(box.bottom, 20);
    EXPECT_EQ(box.right, 610);
    EXPECT_EQ(box.top, 820);
}

TEST(PdfContent, RestoredStateCountsNoMore) {
    const auto object = find_only_object("q 0.5 0 0 0.5 0 0 cm Q q 600 0 0 800 0 0 cm /A Do Q Q Q", page);
    ASSERT_TRUE(object);
    EXPECT_EQ(object->matrix.a, 600);
}

TEST(PdfContent, NumbersOfAllForms) {
    const auto object = find_only_object("+600. 0 -0.0 800 .5 -.5 cm /A Do", page);
    ASSERT_TRUE(object);
    EXPECT_EQ(object->matrix.e, 0.5);
    EXPECT_EQ(object->matrix.f, -0.5);
}

TEST(PdfContent, NothingDrawnIsNoObject) {
    EXPECT_FALSE(find_only_object("", page));
    EXPECT_FALSE(find_only_object("q 1 0 0 1 0 0 cm Q", page));
}

TEST(PdfContent, WhatMayBeSeenBesidesLeavesItToTheRenderer) {
    for (const char* content :
         {"/A Do /B Do", "/A Do 0 0 9 9 re f", "/A Do 0 0 m 9 9 l S", "BT (x) Tj ET /A Do",
          "BT 3 Tr ET BT 0 Tr (x) Tj ET /A Do", "/A Do /S sh", "0 0 9 9 re W n /A Do",
          "0 0 m 600 0 l 600 800 l W n /A Do", "/OC /L BDC /A Do EMC", "1 2 3 cm /A Do", "Do", "/A Do )"}) {
        EXPECT_FALSE(find_only_object(content, page)) << content;
    }
}

TEST(PdfContent, WhatCannotBeSeenIsLetPass) {
    for (const char* content :
         {"0 0 9 9 re f /A Do", "0 0 600 800 re W n /A Do", "BT 3 Tr (x) Tj [(a) 3 (b)] TJ ET /A Do",
          "/Artifact << /X 1 >> BDC /A Do EMC", "1 g 0.5 w /A Do 0 0 9 9 re n", "% a comment\n/A Do"}) {
        EXPECT_TRUE(find_only_object(content, page)) << content;
    }
}

TEST(PdfContent, StatesUsedAreNamed) {
    const auto object = find_only_object("/G1 gs /A Do", page);
    ASSERT_TRUE(object);
    EXPECT_EQ(object->states_used.count("/G1"), 1u);
}

TEST(PdfContent, DeepNestingEnds) {
    std::string content;
    for (int i = 0; i < 100'000; ++i) content += "q ";
    EXPECT_FALSE(find_only_object(content + "/A Do", page));
}

} // namespace
} // namespace dengji::intake
