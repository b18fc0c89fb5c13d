#include "pipeline/reading/list_decoder.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "tests/reading/drawn_word_steps.h"

#include <fstream>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class Lists : public testing::Test {
protected:
    ListDecoder::Result decode(const ListDecoder& decoder, const cv::Mat& line) const {
        return decoder.decode(CtcSteps({line}, classes), greedy_reading({line}, classes));
    }

    const DrawnWords drawn{U"汉族土家苗畬二三级养老护理员电焊工泥瓦水人"};
    const CharacterClasses classes{drawn.by_class(), {}};
    const ListDecoder groups{Vocabulary({"汉族", "土家族", "苗族", "畲族"}, Coverage::all), {{"汉族", 0}, {"*", -4}}};
    const ListDecoder jobs{Vocabulary({"养老护理", "电工", "焊工", "水电工"}, Coverage::part), {}};
};

TEST_F(Lists, TheListDecidesBetweenLookalikes) {
    const auto result = decode(groups, drawn.line({{{U'土', .4}}, {{U'家', .3}, {U'人', .4}}, {{U'族', .9}}}));
    EXPECT_TRUE(result.is_listed);
    EXPECT_EQ(result.listed.front().text, "土家族");
}

TEST_F(Lists, UnreadableInkIsNotAnEntryThatTheReaderCannotWrite) {
    const auto result =
        decode(groups, drawn.line({{{U'水', .3}, {U'泥', .25}}, {{U'瓦', .3}, {U'工', .3}}, {{U'电', .5}}}));
    EXPECT_FALSE(result.is_listed) << result.listed.front().text;
}

TEST_F(Lists, AnUnknownJobStaysUnknown) {
    const auto result = decode(jobs, drawn.line(U"泥瓦工"));
    EXPECT_FALSE(result.is_listed);
    EXPECT_EQ(result.unknown.text, "泥瓦工");
    EXPECT_TRUE(decode(jobs, drawn.line({{{U'电', .6}, {U'水', .2}}, {{U'工', .9}}})).is_listed);
}

TEST_F(Lists, WhatIsSeldomOutsideTheListNeedsMoreInkToBeSo) {
    const ListDecoder most{Vocabulary({"土家"}, Coverage::most), {}}, part{Vocabulary({"土家"}, Coverage::part), {}};
    const cv::Mat faint = drawn.line({{{U'土', .03}}, {{U'家', .9}}});
    EXPECT_TRUE(decode(most, faint).is_listed);
    EXPECT_FALSE(decode(part, faint).is_listed);
    EXPECT_FALSE(decode(most, drawn.line(U"水电")).is_listed);
}

TEST_F(Lists, TheBeginningOfALongerWordIsRefused) {
    EXPECT_FALSE(decode(jobs, drawn.line(U"养老护理员")).is_listed);
    EXPECT_TRUE(decode(jobs, drawn.line(U"养老护理")).is_listed);
}

TEST_F(Lists, ASpeckBehindAnEntryIsNoLongerWord) {
    StepOptions options;
    options.specks = true;
    const cv::Mat line = drawn.line(U"焊工.");
    const auto result = jobs.decode(CtcSteps({line}, classes, options), greedy_reading({line}, classes));
    EXPECT_TRUE(result.is_listed);
    EXPECT_EQ(result.listed.front().text, "焊工");
}

TEST_F(Lists, ClearInkBeatsTheUsualEntry) {
    EXPECT_EQ(decode(groups, drawn.line(U"苗族")).listed.front().text, "苗族");
}

TEST(EntryWeights, AreReadByContentAndRefusedWhenBroken) {
    const auto weights = load_entry_weights(data_path("templates/words/usual.csv"));
    EXPECT_EQ(weights.at("ethnicity").at("汉族"), 0);
    EXPECT_LT(weights.at("ethnicity").at("*"), -2);
    const auto file = std::filesystem::path(testing::TempDir()) / "dengji-usual.csv";
    std::ofstream(file) << "content,name,nats\nsex,男,often\n";
    EXPECT_THROW(load_entry_weights(file), Error);
    std::filesystem::remove(file);
}

} // namespace
} // namespace dengji::reading
