#include "pipeline/reading/word_beam.h"

#include "pipeline/reading/ctc_lexicon.h"
#include "tests/reading/drawn_word_steps.h"

#include <cmath>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

WordAutomaton list_or_anything(double anything) {
    WordAutomaton automaton;
    const int any = automaton.add_shares(CharacterShares({}, 0));
    const auto first = automaton.add_state(), free = automaton.add_state(), end = automaton.add_state();
    automaton.words({{U"几江", 3}, {U"几江街道", 1}}, first, end, 1 - anything);
    automaton.skip(first, free, anything);
    automaton.on_any(any, free, free, .5);
    automaton.finish(free, .5);
    automaton.finish(end, 1);
    automaton.set_first(first);
    return automaton;
}

TEST(WordAutomaton, WeighsTextsOverAllWaysToMakeThem) {
    const WordAutomaton automaton = list_or_anything(.2);
    const double share = 1 / (3755 + 300.8 + 14);
    EXPECT_NEAR(std::exp(automaton.log_weight(U"几江")), .8 * .75 + .2 * .5 * std::pow(.5 * share, 2), 1e-12);
    EXPECT_NEAR(std::exp(automaton.log_weight(U"几江街道")), .8 * .25, 1e-6);
    EXPECT_EQ(automaton.log_weight(U"几江7"), -200);
    EXPECT_LT(automaton.log_weight(U"几"), std::log(1e-4));
}

TEST(WordAutomaton, ExpectsWhatItsListsHoldNext) {
    const WordAutomaton automaton = list_or_anything(.2);
    std::vector<char32_t> expected;
    const auto shares = automaton.after(automaton.start(automaton.first()), U'几');
    automaton.expected(shares, expected);
    EXPECT_EQ(expected, (std::vector<char32_t>{U'江'}));
    EXPECT_TRUE(automaton.after(shares, U'7').empty());
}

TEST(WordBeam, AListBringsBackADroppedCharacter) {
    const DrawnWords drawn(U"几江街道虹");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line({{{U'几', .97}}, {{U'虹', .5}, {U'江', .02}}, {{U'街', .9}}, {{U'道', .1}}})},
                         classes);
    BeamOptions options;
    options.language_share = 1;
    const auto found = beam_search(steps, list_or_anything(.05), options);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(utf8(found.front().text), "几江街道");
}

TEST(WordBeam, ScoresAreThoseOfTheTextAlone) {
    const DrawnWords drawn(U"几江街道虹");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line({{{U'几', .9}}, {{U'虹', .3}, {U'江', .5}}})}, classes);
    const WordAutomaton automaton = list_or_anything(.2);
    BeamOptions options;
    options.width = 1000;
    options.likeliest = 30;
    for (const Hypothesis& hypothesis : beam_search(steps, automaton, options)) {
        EXPECT_NEAR(hypothesis.picture, log_probability(steps, hypothesis.text), .01) << utf8(hypothesis.text);
        EXPECT_NEAR(hypothesis.language, automaton.log_weight(hypothesis.text), 1e-6) << utf8(hypothesis.text);
    }
}

TEST(WordBeam, FindsNothingWhereNothingIsAllowed) {
    const DrawnWords drawn(U"几江");
    const CharacterClasses classes(drawn.by_class(), {});
    WordAutomaton none;
    none.set_first(none.add_state());
    EXPECT_TRUE(beam_search(CtcSteps({drawn.line(U"几江")}, classes), none, {}).empty());
    EXPECT_TRUE(beam_search(CtcSteps({}, classes), none, {}).empty());
}

} // namespace
} // namespace dengji::reading
