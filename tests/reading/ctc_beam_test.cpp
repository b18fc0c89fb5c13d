#include "pipeline/reading/ctc_beam.h"

#include "tests/reading/drawn_steps.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace dengji::reading {
namespace {

constexpr std::string_view letters = "ab";

cv::Mat random_steps(std::mt19937& random, int rows) {
    std::gamma_distribution<double> share(0.5, 1);
    cv::Mat steps(rows, 3, CV_32F);
    for (int t = 0; t < rows; ++t) {
        double p[3], sum = 0;
        for (double& value : p) sum += value = share(random) + 1e-3;
        for (int k = 0; k < 3; ++k) steps.at<float>(t, k) = static_cast<float>(std::log(p[k] / sum));
    }
    return steps;
}

/// Every way through the steps, added up by the text that it says.
std::map<std::string, double> all_texts(const cv::Mat& steps) {
    std::map<std::string, double> texts;
    int ways = 1;
    for (int t = 0; t < steps.rows; ++t) ways *= 3;
    for (int way = 0; way < ways; ++way) {
        std::string text;
        double log_probability = 0;
        for (int t = 0, rest = way, last = 0; t < steps.rows; ++t, rest /= 3) {
            const int k = rest % 3;
            if (k != 0 && k != last) text += letters[static_cast<std::size_t>(k - 1)];
            log_probability += static_cast<double>(steps.at<float>(t, k));
            last = k;
        }
        texts[text] += std::exp(log_probability);
    }
    return texts;
}

TEST(CtcBeam, ScoresAreThoseOfAllWays) {
    std::mt19937 random(1);
    for (int i = 0; i < 30; ++i) {
        const cv::Mat steps = random_steps(random, 1 + i % 6);
        for (const auto& [text, probability] : all_texts(steps))
            EXPECT_NEAR(std::exp(ctc_score(steps, letters, text)), probability, 1e-6) << text;
    }
}

TEST(CtcBeam, WideBeamFindsAllTextsInOrder) {
    std::mt19937 random(2);
    const BeamSettings all{500, 10, 0, 2};
    for (int i = 0; i < 30; ++i) {
        const cv::Mat steps = random_steps(random, 1 + i % 6);
        const auto expected = all_texts(steps);
        const auto found = ctc_beam(steps, letters, all);
        EXPECT_EQ(found.size(), expected.size());
        double before = 1;
        for (const ScoredText& t : found) {
            EXPECT_NEAR(std::exp(t.log_probability), expected.at(t.text), 1e-6) << t.text;
            EXPECT_LE(t.log_probability, before + 1e-12);
            before = t.log_probability;
        }
    }
}

TEST(CtcBeam, NarrowBeamKeepsTheBest) {
    std::mt19937 random(3);
    int same = 0;
    for (int i = 0; i < 50; ++i) {
        const cv::Mat steps = random_steps(random, 7);
        const auto wide = ctc_beam(steps, letters, {500, 10, 0, 2}), narrow = ctc_beam(steps, letters, {12, 10, 0, 2});
        EXPECT_LE(narrow.size(), 12u);
        same += wide.front().text == narrow.front().text;
    }
    EXPECT_GE(same, 45);
}

TEST(CtcBeam, NothingWrittenIsTheEmptyText) {
    const auto none = ctc_beam(cv::Mat(), letters);
    ASSERT_EQ(none.size(), 1u);
    EXPECT_EQ(none.front().text, "");
    EXPECT_DOUBLE_EQ(none.front().log_probability, 0);
    EXPECT_DOUBLE_EQ(ctc_score(cv::Mat(), letters, ""), 0);
}

TEST(CtcBeam, ImpossibleTextsHaveNoChance) {
    const cv::Mat steps = steps_of(sure_of("12"));
    EXPECT_TRUE(std::isinf(ctc_score(steps, ocr::DigitNet::symbols, "1z")));
    EXPECT_TRUE(std::isinf(ctc_score(steps, ocr::DigitNet::symbols, "123456")));
}

TEST(CtcBeam, DoubledDigitsNeedABlank) {
    const auto found = ctc_beam(steps_of(sure_of("1100")), ocr::DigitNet::symbols);
    EXPECT_EQ(found.front().text, "1100");
}

TEST(CtcBeam, LongLinesDoNotVanish) {
    const std::string text(200, '7');
    BeamSettings settings;
    settings.longest = 300;
    EXPECT_EQ(ctc_beam(steps_of(sure_of(text)), ocr::DigitNet::symbols, settings).front().text, text);
    EXPECT_TRUE(std::isfinite(ctc_score(steps_of(sure_of(text)), ocr::DigitNet::symbols, text)));
}

} // namespace
} // namespace dengji::reading
