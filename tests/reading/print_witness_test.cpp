#include "pipeline/reading/print_witness.h"

#include "tests/reading/seen_line.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

const std::vector<std::string> clear_words = {"居民身份证", "希望就近就业", "中共党员"};

PrintWitness taught(int font) {
    std::vector<PrintWitness::ClearLine> lines;
    for (const std::string& word : clear_words) lines.push_back({seen_line(drawn_field(word, font)), word});
    return PrintWitness(lines);
}

std::vector<PrintStatement> said(const cv::Mat& field, const std::vector<std::string>& texts, int font = 0) {
    return taught(font).compare(seen_line(field), texts);
}

/// Strokes as of a hurried hand.
cv::Mat scribbles(int seed) {
    cv::Mat field(80, 300, CV_8UC1, cv::Scalar(240));
    cv::RNG random(static_cast<uint64_t>(seed));
    for (int i = 0; i < 25; ++i)
        cv::line(field, {random.uniform(40, 260), random.uniform(20, 60)},
                 {random.uniform(40, 260), random.uniform(20, 60)}, cv::Scalar(40), 2);
    return field;
}

TEST(PrintWitness, TellsCharactersApartThatLineReadersMixUp) {
    int fonts = 0;
    for (int font = 0; font < layout::font_count(); ++font) {
        const cv::Mat people = drawn_field("仡佬族", font), name = drawn_field("郑堃磊", font);
        if (people.empty() || name.empty()) continue; // old fonts lack these characters
        ++fonts;
        const auto right = said(people, {"仡佬族", "仫佬族"}, font);
        EXPECT_GT(right[0].likeness, 0.9) << font;
        EXPECT_GT(right[1].behind, 0.03) << font;
        const auto wrong = said(name, {"郑笙磊", "郑堃磊"}, font);
        EXPECT_LT(wrong[1].behind, -0.04) << font;
    }
    EXPECT_GE(fonts, 2);
}

TEST(PrintWitness, SeesTheDifferenceOfOneDigitInALongLine) {
    const auto result = said(drawn_field("永兴镇黄庄村6组34号"), {"永兴镇黄庄村6组31号", "永兴镇黄庄村6组34号"});
    EXPECT_LT(result[1].behind, -0.05);
    EXPECT_GT(result[1].likeness, result[0].likeness);
}

TEST(PrintWitness, ADigitTooManyOrTooFewMovesAllThatFollows) {
    const std::vector<std::string> texts = {"永兴镇黄庄村6组134号", "永兴镇黄庄村6组34号", "永兴镇黄庄村6组4号"};
    const auto result = said(drawn_field(texts[1]), texts);
    EXPECT_GT(result[1].likeness, result[0].likeness + 0.05);
    EXPECT_GT(result[1].likeness, result[2].likeness + 0.05);
}

TEST(PrintWitness, APartOfWhatIsWrittenIsNotLikeIt) {
    const auto result = said(drawn_field("江津区"), {"江津区", "江津", "津区"});
    EXPECT_GT(result[0].likeness, 0.95);
    EXPECT_LT(result[1].likeness, 0.9);
    EXPECT_LT(result[2].likeness, 0.9);
    EXPECT_GT(result[1].behind, 0.1);
}

TEST(PrintWitness, LongTextsMayBePrintedSmaller) {
    const std::string text = "永兴镇黄庄村6组34号";
    const auto result = said(drawn_field(text, 0, 30), {text, "永兴镇黄庄村6组31号"});
    EXPECT_GT(result[0].likeness, 0.9);
}

TEST(PrintWitness, SeesTextThatLostItsThinStrokes) {
    std::vector<PrintWitness::ClearLine> lines;
    for (const std::string& word : clear_words) lines.push_back({seen_line(thinned(drawn_field(word), 110)), word});
    const PrintWitness witness(lines);
    EXPECT_TRUE(witness.is_print());
    EXPECT_TRUE(witness.is_worn());
    const auto result = witness.compare(seen_line(thinned(drawn_field("石蟆镇黄金村7组63号"), 110)),
                                        {"石蟆镇黄金村7组163号", "石蟆镇黄金村7组63号"});
    EXPECT_GT(result[1].likeness, 0.85);
    EXPECT_GT(result[1].likeness, result[0].likeness + 0.03);
}

TEST(PrintWitness, KnowsAPrinterFromAPen) {
    for (int font = 0; font < layout::font_count(); ++font) {
        EXPECT_TRUE(taught(font).is_print()) << font;
        EXPECT_FALSE(taught(font).is_worn()) << font;
    }
    std::vector<PrintWitness::ClearLine> lines;
    for (std::size_t i = 0; i < clear_words.size(); ++i)
        lines.push_back({seen_line(scribbles(static_cast<int>(i))), clear_words[i]});
    EXPECT_FALSE(PrintWitness(lines).is_print());
    for (const PrintStatement& one : said(scribbles(7), {"仡佬族", "仫佬族"})) EXPECT_LT(one.likeness, 0.75);
}

TEST(PrintWitness, SaysNothingOfWhatItCannotDraw) {
    const auto result = said(drawn_field("江津"), {"江津", "\xF4\x8F\xBF\xBD"});
    EXPECT_EQ(result[1].likeness, 0);
    EXPECT_TRUE(said(drawn_field("江津"), {}).empty());
    EXPECT_EQ(PrintWitness({}).compare(seen_line(drawn_field("江津")), {"江津"})[0].likeness, 0);
    EXPECT_EQ(taught(0).compare({}, {"江津"})[0].likeness, 0);
}

} // namespace
} // namespace dengji::reading
