#include "pipeline/reading/print_witness.h"

#include "pipeline/reading/line_image.h"
#include "tests/reading/drawn_line.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

std::vector<PrintStatement> said(const cv::Mat& field, const std::vector<std::string>& texts) {
    const cv::Mat flat = flatten_paper(field, 40);
    return compare_with_print(flat, find_lines(flat, 40).front(), texts);
}

TEST(PrintWitness, TellsCharactersApartThatLineReadersMixUp) {
    int fonts = 0;
    for (int font = 0; font < layout::font_count(); ++font) {
        const cv::Mat people = drawn_field("仡佬族", font), name = drawn_field("郑堃磊", font);
        if (people.empty() || name.empty()) continue; // old fonts lack these characters
        ++fonts;
        const auto right = said(people, {"仡佬族", "仫佬族"});
        EXPECT_GT(right[0].likeness, 0.85) << font;
        EXPECT_GT(right[1].behind, 0.05) << font;
        const auto wrong = said(name, {"郑笙磊", "郑堃磊"});
        EXPECT_LT(wrong[1].behind, -0.08) << font;
    }
    EXPECT_GE(fonts, 2);
}

TEST(PrintWitness, SeesTheDifferenceOfOneDigitInALongLine) {
    const auto result = said(drawn_field("永兴镇黄庄村6组34号"), {"永兴镇黄庄村6组31号", "永兴镇黄庄村6组34号"});
    EXPECT_LT(result[1].behind, -0.05);
    EXPECT_GT(result[1].likeness, result[0].likeness);
}

TEST(PrintWitness, ADifferentLengthIsAnotherShape) {
    const auto result = said(drawn_field("江津"), {"江津", "江津区四屏镇"});
    EXPECT_GT(result[0].likeness, 0.85);
    EXPECT_EQ(result[1].likeness, 0);
}

TEST(PrintWitness, ScribblesAreLikeNoText) {
    cv::Mat field(80, 300, CV_8UC1, cv::Scalar(240));
    cv::RNG random(7);
    for (int i = 0; i < 25; ++i)
        cv::line(field, {random.uniform(40, 160), random.uniform(20, 60)},
                 {random.uniform(40, 160), random.uniform(20, 60)}, cv::Scalar(40), 2);
    for (const PrintStatement& one : said(field, {"仡佬族", "仫佬族"})) EXPECT_LT(one.likeness, 0.75);
}

TEST(PrintWitness, TextsThatNoFontCanWriteGetNothing) {
    const auto result = said(drawn_field("江津"), {"江津", "\xF4\x8F\xBF\xBD"});
    EXPECT_EQ(result[1].likeness, 0);
    EXPECT_TRUE(compare_with_print({}, {}, {}).empty());
}

} // namespace
} // namespace dengji::reading
