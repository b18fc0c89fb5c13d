#include "pipeline/reading/ctc_lexicon.h"

#include "tests/reading/drawn_word_steps.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace dengji::reading {
namespace {

/// The probability of every text, by trying all paths through the steps.
std::map<std::u32string, double> by_all_paths(const CtcSteps& steps, const std::u32string& alphabet) {
    std::map<std::u32string, double> found;
    const auto go = [&](const auto& self, int t, const std::u32string& text, char32_t last, double p) -> void {
        if (t == steps.count()) {
            found[text] += p;
            return;
        }
        self(self, t + 1, text, 0, p * steps.nothing(t));
        for (const char32_t c : alphabet) self(self, t + 1, c == last ? text : text + c, c, p * steps.at(t, c));
    };
    go(go, 0, U"", 0, 1);
    return found;
}

cv::Mat random_steps(const DrawnWords& drawn, int count, std::mt19937& random) {
    cv::Mat steps(count, static_cast<int>(drawn.by_class().size()), CV_32F, cv::Scalar(1e-7));
    std::uniform_real_distribution<float> share(.01F, 1);
    for (int t = 0; t < count; ++t) {
        float sum = 0;
        for (int c = 0; c < 4; ++c) sum += steps.at<float>(t, c) = share(random);
        for (int c = 0; c < 4; ++c) steps.at<float>(t, c) /= sum;
    }
    return steps;
}

TEST(CtcLexicon, ScoresAreTheSumOverAllPaths) {
    const DrawnWords drawn(U"");
    const CharacterClasses classes(drawn.by_class(), {});
    const std::u32string alphabet = code_points(drawn.by_class()[1] + drawn.by_class()[2] + drawn.by_class()[3]);
    std::mt19937 random(3);
    for (int round = 0; round < 10; ++round) {
        StepOptions options;
        options.letters = true;
        const CtcSteps steps({random_steps(drawn, 5, random)}, classes, options);
        for (const auto& [text, p] : by_all_paths(steps, alphabet))
            EXPECT_NEAR(log_probability(steps, text), std::log(p), 1e-6) << utf8(text);
    }
}

TEST(CtcLexicon, TheTreeScoresEachWordAsIfItWereAlone) {
    const DrawnWords drawn(U"电工焊水");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line({{{U'电', .7}, {U'焊', .2}}, {{U'工', .9}}})}, classes);
    const std::vector<std::string> words = {"电工", "焊工", "电", "电焊工", "水电工", "电工", ""};
    const auto scores = WordTree(words).log_probabilities(steps);
    ASSERT_EQ(scores.size(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        EXPECT_NEAR(scores[i], log_probability(steps, code_points(words[i])), 1e-9) << words[i];
    EXPECT_GT(scores[0], scores[1]);
    EXPECT_GT(scores[1], scores[2]);
}

TEST(CtcLexicon, LongLinesDoNotRunOutOfNumbers) {
    const DrawnWords drawn(U"几江街道南门社区");
    const CharacterClasses classes(drawn.by_class(), {});
    std::u32string text;
    for (int i = 0; i < 40; ++i) text += U"几江街道南门社区";
    const CtcSteps steps({drawn.line(text, .5)}, classes);
    const double p = log_probability(steps, text);
    EXPECT_GT(p, 320 * std::log(.5) - 5);
    EXPECT_LT(p, 320 * std::log(.5) + 5);
}

TEST(CtcLexicon, AlignsCharactersWithTheirSteps) {
    const DrawnWords drawn(U"几江街道");
    const CharacterClasses classes(drawn.by_class(), {});
    const CtcSteps steps({drawn.line(U"几江街道")}, classes);
    EXPECT_EQ(align(steps, U"几江街道"), (std::vector<double>{1, 4, 7, 10}));
    EXPECT_TRUE(align(steps, U"").empty());
    EXPECT_TRUE(align(CtcSteps({drawn.line(U"")}, classes), U"几江").empty());
}

} // namespace
} // namespace dengji::reading
