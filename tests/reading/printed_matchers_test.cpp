#include "pipeline/reading/character_cuts.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/printed_digit_matcher.h"
#include "pipeline/reading/printed_word_matcher.h"
#include "tests/reading/drawn_line.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

constexpr double em = 40;
const std::vector<std::string> levels{"一级", "二级", "三级", "四级", "五级", "高级技师"};

struct Line {
    cv::Mat flat;
    cv::Rect extent;
};

Line line_of(const cv::Mat& field) {
    Line line{flatten_paper(field, em), {}};
    const auto lines = find_lines(line.flat, em);
    if (lines.size() == 1) line.extent = lines.front();
    return line;
}

TEST(PrintedWordMatcher, TellsWordsApartInEveryFont) {
    PrintedWordMatcher matcher;
    int wrong = 0;
    for (int font = 0; font < layout::font_count(); ++font)
        for (const std::string& word : levels) {
            const Line line = line_of(drawn_field(word, font, em));
            const auto match = matcher.match(line.flat, line.extent, levels);
            ASSERT_TRUE(match) << word << " in font " << font;
            EXPECT_GT(match->score, 0.75);
            wrong += match->word != word;
        }
    EXPECT_LE(wrong, 1) << "三级 and 五级 are near each other in one font";
}

TEST(PrintedWordMatcher, SaysNothingForAnotherShape) {
    PrintedWordMatcher matcher;
    const Line line = line_of(drawn_field("需要创业担保贷款", 0, em));
    EXPECT_FALSE(matcher.match(line.flat, line.extent, {"男", "女"}));
    EXPECT_FALSE(matcher.match(line.flat, line.extent, {}));
    EXPECT_FALSE(matcher.match(line.flat, cv::Rect(), levels));
}

TEST(PrintedWordMatcher, AUsualWordWinsOnlyWhenNothingTellsThemApart) {
    PrintedWordMatcher matcher;
    const Line line = line_of(drawn_field("四级", 0, em));
    EXPECT_EQ(matcher.match(line.flat, line.extent, levels, {"一级"})->word, "四级");
}

TEST(PrintLikeness, IsHighForTheTextAndShowsAWrongCharacter) {
    const Line line = line_of(drawn_field("德感街道鼎山大道86号", 0, em));
    const PrintLikeness right = PrintedWordMatcher::likeness(line.flat, line.extent, "德感街道鼎山大道86号");
    const PrintLikeness wrong = PrintedWordMatcher::likeness(line.flat, line.extent, "德感街道易山大道86号");
    EXPECT_GT(right.whole, 0.85);
    EXPECT_GT(right.weakest, 0.8);
    EXPECT_LT(wrong.whole, right.whole);
    EXPECT_LT(wrong.weakest, right.weakest - 0.05);
    EXPECT_EQ(PrintedWordMatcher::likeness(line.flat, line.extent, "").whole, 0);
    EXPECT_EQ(PrintedWordMatcher::likeness(line.flat, line.extent, "男").whole, 0) << "not its shape at all";
}

TEST(PrintedDigitMatcher, ReadsNumbersInEveryFont) {
    PrintedDigitMatcher matcher;
    for (int font = 0; font < layout::font_count(); ++font)
        for (const char* number : {"15800463729", "13017254869"}) {
            const Line line = line_of(drawn_field(number, font, em));
            const auto match = matcher.match(line.flat, line.extent, "0123456789", 10, 12);
            ASSERT_TRUE(match) << number << " in font " << font;
            EXPECT_EQ(match->text, number) << "font " << font;
            EXPECT_GT(match->score, 0.8);
        }
}

TEST(PrintedDigitMatcher, ReadsLengthsAndSingleDigits) {
    PrintedDigitMatcher matcher;
    for (const char* number : {"3", "7", "11", "12", "2019"}) {
        const Line line = line_of(drawn_field(number, 0, em));
        const int length = static_cast<int>(std::string(number).size());
        const auto match =
            matcher.match(line.flat, line.extent, "0123456789", length == 4 ? 4 : 1, length == 4 ? 4 : 2);
        ASSERT_TRUE(match) << number;
        EXPECT_EQ(match->text, number);
    }
}

TEST(PrintedDigitMatcher, WordsScoreLowOrFitNoLength) {
    PrintedDigitMatcher matcher;
    const Line line = line_of(drawn_field("需要创业担保贷款", 0, em));
    const auto match = matcher.match(line.flat, line.extent, "0123456789", 10, 12);
    EXPECT_TRUE(!match || match->score < 0.6) << match->text << ' ' << match->score;
}

TEST(CharacterCuts, CutsInTheGapAfterTheTown) {
    const Line line = line_of(drawn_field("四面山镇和平路94号", 0, em));
    const Line town = line_of(drawn_field("四面山镇", 0, em));
    const cv::Rect part = first_characters(line.flat, line.extent, 4);
    EXPECT_NEAR(part.width, town.extent.width, 3);
    EXPECT_EQ(part.x, line.extent.x);
    EXPECT_TRUE(first_characters(line.flat, line.extent, 30).empty());
}

} // namespace
} // namespace dengji::reading
