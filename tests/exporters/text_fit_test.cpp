// How a value finds its size: as large as wished, smaller down to a floor, in two lines, not at all.
#include "exporters/certificate/text_fit.h"

#include "pipeline/base/text.h"
#include "tests/exporters/booklets.h"

#include <gtest/gtest.h>

namespace dengji::certificate::test {
namespace {

struct TextFit : ::testing::Test {
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
    }
    /// A place for so many letters of 10 points, twice as many at the floor.
    static templates::Writing place(double letters, int lines) {
        templates::Writing writing;
        writing.size = 10;
        writing.smallest = 5;
        writing.lines = lines;
        writing.in = {0, 0, letters * 10 / points_of_mm, 20};
        return writing;
    }
    static std::optional<FittedText> fit(const std::string& text, const templates::Writing& writing) {
        return fit_text(fonts().set(writing.lettering, text), writing);
    }
    static std::string text_in(const std::vector<Glyph>& line) {
        std::u32string characters;
        for (const auto& glyph : line) characters += glyph.character;
        return utf8(characters);
    }
};

TEST_F(TextFit, IsAsLargeAsWishedWhereItFits) {
    EXPECT_EQ(fit("一二三四", place(4, 2))->size, 10);
}

TEST_F(TextFit, ShrinksNoFurtherThanItHasTo) {
    const auto fitted = fit("一二三四五", place(4, 2));
    EXPECT_EQ(fitted->size, 8);
    EXPECT_EQ(fitted->lines.size(), 1U) << "small before in two lines";
}

TEST_F(TextFit, TakesTwoLinesWhenTheFloorIsNotEnough) {
    const auto fitted = fit("一二三四五六七八九", place(4, 2));
    ASSERT_TRUE(fitted);
    EXPECT_EQ(fitted->lines.size(), 2U);
    EXPECT_EQ(fitted->size, 8) << "as large as two lines allow";
}

TEST_F(TextFit, BreaksAfterAMiddleDot) {
    auto writing = place(7.2, 2);
    writing.smallest = 8;
    const auto fitted = fit("阿依·买买提吐尔逊江", writing);
    ASSERT_TRUE(fitted);
    ASSERT_EQ(fitted->lines.size(), 2U);
    EXPECT_EQ(text_in(fitted->lines[0]), "阿依·") << "though five and five letters were more even";
}

TEST_F(TextFit, IsRefusedBeyondTwoLinesAtTheFloor) {
    EXPECT_TRUE(fit("一二三四五六七八九十一二三四五六", place(4, 2)));
    EXPECT_FALSE(fit("一二三四五六七八九十一二三四五六七", place(4, 2)));
    EXPECT_FALSE(fit("一二三四五六七八九", place(4, 1))) << "where there is one line";
    auto low = place(4, 2);
    low.in.height = 3;
    EXPECT_FALSE(fit("一二三四五六七八九", low)) << "where two lines are too high";
}

} // namespace
} // namespace dengji::certificate::test
