#include "pipeline/reading/number_votes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

using ::testing::ElementsAre;

NumberReading net_says(const std::string& value, double confidence, std::vector<NumberCandidate> others) {
    NumberReading net;
    net.value = value;
    net.confidence = confidence;
    net.alternatives = std::move(others);
    return net;
}

TEST(NumberVotes, WithoutVotesTheNetDecides) {
    const auto result = elect_number(net_says("12", 0.8, {{"12", 0, 0.8}, {"17", 0, 0.2}}), {});
    EXPECT_EQ(result.value, "12");
    EXPECT_NEAR(result.confidence, 0.8, 1e-9);
    EXPECT_THAT(result.others, ElementsAre("17"));
}

TEST(NumberVotes, AVoteForTheNetsValueMakesItSurer) {
    const auto net = net_says("12", 0.8, {{"12", 0, 0.8}, {"17", 0, 0.2}});
    EXPECT_GT(elect_number(net, {{"12", 5, true}}).confidence, 0.93);
}

TEST(NumberVotes, TheSecondCandidateWinsWithEnoughVotes) {
    const auto net = net_says("12", 0.55, {{"12", 0, 0.55}, {"17", 0, 0.45}});
    const auto result = elect_number(net, {{"17", 5, true}});
    EXPECT_EQ(result.value, "17");
    EXPECT_THAT(result.others, ElementsAre("12"));
}

TEST(NumberVotes, ANumberThatTheNetDoesNotKnowNeedsMoreThanOneVoice) {
    const auto net = net_says("15013391670", 0.6, {{"15013391670", 0, 0.6}, {"15013391620", 0, 0.2}});
    EXPECT_EQ(elect_number(net, {{"15093391600", 5, true}}).value, "15013391670");
    EXPECT_EQ(elect_number(net, {{"15093391600", 5, true}, {"15093391600", 20, true}}).value, "15093391600");
    EXPECT_EQ(elect_number(net, {{"15093391600", 5, false}, {"15093391600", 20, false}}).value, "15013391670")
        << "it may not stand in the field";
}

TEST(NumberVotes, AReaderThatSawNothingSaysNothing) {
    const auto net = net_says("4", 0.97, {{"4", 0, 0.97}});
    EXPECT_NEAR(elect_number(net, {{"", 50, true}}).confidence, 0.97, 1e-9);
}

TEST(NumberVotes, WhereTheNetSeesNoNumberOneVoiceMakesNone) {
    EXPECT_EQ(elect_number(net_says("", 0, {{"", 0, 0.99}}), {{"1", 5, true}}).value, "");
}

} // namespace
} // namespace dengji::reading
