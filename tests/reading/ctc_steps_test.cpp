#include "pipeline/reading/ctc_steps.h"

#include "pipeline/base/error.h"
#include "pipeline/reading/character_commonness.h"
#include "pipeline/reading/ctc_greedy.h"
#include "tests/reading/drawn_word_steps.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

TEST(Commonness, KnowsTheLevelsOfGb2312) {
    EXPECT_EQ(commonness(U'江'), 1);
    EXPECT_EQ(commonness(U'珞'), .1);
    EXPECT_EQ(commonness(U'玥'), .004) << "beyond GB 2312";
    EXPECT_EQ(commonness(U'鎮'), .004) << "a traditional form";
    EXPECT_EQ(commonness(U'a'), 0);
    EXPECT_EQ(commonness(U'5'), 0);
}

TEST(CtcSteps, FoldsConfusionsIntoWhatIsMeant) {
    const DrawnWords drawn(U"江津");
    const CharacterClasses classes(drawn.by_class(), {{U'l', U'1', .8}, {U'l', U'璜', .5}});
    const CtcSteps steps({drawn.line({{{U'l', .9}}})}, classes);
    ASSERT_EQ(steps.count(), 4);
    EXPECT_NEAR(steps.at(1, U'1'), .72, .01);
    EXPECT_EQ(steps.likeliest(1).front().character, U'1') << "a lone letter is unlikely where none are expected";
    EXPECT_EQ(steps.best_path(), U"1");
}

TEST(CtcSteps, DotsAreNothingWhereWordsHoldNone) {
    const DrawnWords drawn(U"焊工");
    const CharacterClasses classes(drawn.by_class(), {});
    StepOptions options;
    EXPECT_LT(CtcSteps({drawn.line(U"焊工.")}, classes, options).nothing(7), .6);
    options.specks = true;
    const CtcSteps steps({drawn.line(U"焊工.")}, classes, options);
    EXPECT_EQ(steps.best_path(), U"焊工");
    EXPECT_GT(steps.nothing(7), .9);
    EXPECT_EQ(CtcSteps({drawn.line(U"-焊")}, classes, options).best_path(), U"-焊") << "it may be 一";
}

TEST(CtcSteps, ProbabilitiesOfAStepNeverExceedOne) {
    const DrawnWords drawn(U"江津区");
    const CharacterClasses classes(drawn.by_class(), {{U'江', U'津', 1}, {U'江', U'区', 1}});
    const CtcSteps steps({drawn.line(U"江")}, classes);
    for (int t = 0; t < steps.count(); ++t) {
        double sum = steps.nothing(t);
        for (const auto& candidate : steps.likeliest(t)) sum += candidate.probability;
        EXPECT_LE(sum, 1.0001);
    }
}

TEST(CtcSteps, WhatTheReaderCannotWriteKeepsASmallShareOfTheInk) {
    const DrawnWords drawn(U"江");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line(U"江")}, classes);
    EXPECT_NEAR(steps.at(1, U'璜'), .002, .0005);
    EXPECT_LT(steps.at(0, U'璜'), 1e-5);
    EXPECT_GT(steps.at(1, U'A'), 1e-6) << "the floor lets a list bring back what was dropped";
}

TEST(CtcSteps, LinesStayApart) {
    const DrawnWords drawn(U"组");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line(U"2组"), cv::Mat(), drawn.line(U"组3")}, classes);
    EXPECT_EQ(steps.best_path(), U"2组组3");
    EXPECT_EQ(steps.place(0).line, 0);
    EXPECT_EQ(steps.place(7).line, -1);
    EXPECT_EQ(steps.place(8).line, 2);
    EXPECT_EQ(steps.place(8).step, 0);
}

TEST(CtcSteps, RefusesAMatrixOfAnotherReader) {
    const DrawnWords drawn(U"江");
    const CharacterClasses classes(drawn.by_class(), {});
    EXPECT_THROW(CtcSteps({cv::Mat(3, 5, CV_32F, cv::Scalar(.2))}, classes), Error);
    EXPECT_EQ(CtcSteps({}, classes).count(), 0);
}

TEST(GreedyReading, SaysWhatIsLikeliestAndWhereCharactersMayBeLost) {
    const DrawnWords drawn(U"周礼钰");
    const CharacterClasses classes(drawn.by_class(), {});
    const GreedyReading whole = greedy_reading({drawn.line(U"周礼")}, classes);
    EXPECT_EQ(whole.text, "周礼");
    EXPECT_NEAR(whole.least, .98, 1e-3);
    EXPECT_LT(whole.deepest_dip, .01);
    const GreedyReading lost =
        greedy_reading({drawn.line({{{U'周', .97}}, {{U'礼', .9}}, {{U'钰', .4}}, {{U'周', .98}}})}, classes);
    EXPECT_EQ(lost.text, "周礼周");
    EXPECT_NEAR(lost.deepest_dip, .4, .01);
    EXPECT_EQ(greedy_reading({}, classes).text, "");
}

TEST(GreedyReading, AGapOfTwoCharactersIsSeen) {
    const DrawnWords drawn(U"几江街道通泰门");
    const CharacterClasses classes(drawn.by_class(), {});
    const auto gap_of = [&](const std::vector<Seen>& seen) {
        return greedy_reading({drawn.line(seen)}, classes).widest_gap;
    };
    const Seen a{{U'几', .98}}, b{{U'江', .98}}, c{{U'街', .98}}, d{{U'道', .98}}, none;
    EXPECT_NEAR(gap_of({a, b, c, d}), 1, 1e-6);
    EXPECT_NEAR(gap_of({a, b, none, c, d}), 2, 1e-6);
}

} // namespace
} // namespace dengji::reading
