#include "pipeline/reading/address_decoder.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/reading/ctc_greedy.h"
#include "tests/reading/drawn_word_steps.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class Addresses : public testing::Test {
protected:
    CtcSteps steps(const cv::Mat& line) const { return CtcSteps({line}, classes, options()); }

    static StepOptions options() {
        StepOptions options;
        options.least_ink = .5;
        return options;
    }

    /// The best candidate without a digit reader.
    std::string best(const cv::Mat& line) const {
        const CtcSteps its = steps(line);
        AddressDecoder::Field field(its, {});
        const TextCandidates found = decoder.decode(field);
        return found.empty() ? "" : found.front().text;
    }

    const AddressWords words{data_path("templates/codes")};
    const AddressDecoder decoder{words, {"江津区", "永川区"}};
    /// As a real reader, it can write whatever the lists hold.
    static std::u32string characters_of(const AddressWords& words) {
        std::u32string all = U"几江街道德感南门社区桥北珞璜碑亭鼎山大道长冲重庆市津榕柏滨附层幢栋楼队弄村民小";
        for (const std::string& town : words.towns()) all += code_points(town);
        return all;
    }

    const DrawnWords drawn{characters_of(words)};
    const CharacterClasses classes{drawn.by_class(), {{U'l', U'1', .8}, {U'O', U'0', .8}, {U'一', U'-', .3}}};
};

TEST_F(Addresses, KnowsTheShapesOfAddresses) {
    const WordAutomaton grammar = address_grammar(words, {"江津区"});
    const double nonsense = grammar.log_weight(U"感感南南江江层层");
    for (const char32_t* address : {U"几江街道南门社区3组12号", U"鼎山街道鼎山大道518号3幢12-5",
                                    U"江津区德感街道桥北社区", U"重庆市江津区德感街道滨江路7号", U"榕山镇滨江路12号",
                                    U"几江街道大道路8号2单元5-1", U"德感街道桥北社区2社", U"几江街道A栋3-2"})
        EXPECT_GT(grammar.log_weight(address), nonsense) << utf8(address);
    EXPECT_EQ(grammar.log_weight(U"几江街道，"), -200);
}

TEST_F(Addresses, AVillageOfTheTownIsLikelierThanOneOfAnother) {
    const WordAutomaton grammar = address_grammar(words, {});
    EXPECT_GT(grammar.log_weight(U"几江街道南门社区3组"), grammar.log_weight(U"德感街道南门社区3组") + 2);
}

TEST_F(Addresses, TellsTheKnownParts) {
    const AddressParts village = decoder.parts("江津区几江街道南门社区3组");
    EXPECT_EQ(village.town, "几江街道");
    EXPECT_EQ(village.place, "南门社区");
    EXPECT_TRUE(village.has_digits);
    const AddressParts road = decoder.parts("德感街道滨江路甲段");
    EXPECT_EQ(road.place, "滨江路");
    EXPECT_FALSE(road.has_digits);
    EXPECT_EQ(decoder.parts("榕山镇某某路").town, "");
}

TEST_F(Addresses, MendsWhatTheListsKnow) {
    EXPECT_EQ(best(drawn.line({{{U'几', .5}, {U'北', .45}},
                               {{U'江', .9}},
                               {{U'街', .95}},
                               {{U'道', .9}},
                               {{U'南', .9}},
                               {{U'山', .5}, {U'门', .3}},
                               {{U'社', .9}},
                               {{U'区', .9}}})),
              "几江街道南门社区");
}

TEST_F(Addresses, ReadsLettersAmongDigitsAsDigits) {
    EXPECT_EQ(best(drawn.line(U"德感街道桥北社区lO组2l号")), "德感街道桥北社区10组21号");
}

TEST_F(Addresses, LeavesClearNamesThatNoListHolds) {
    EXPECT_EQ(best(drawn.line(U"几江街道冲柏路8号")), "几江街道冲柏路8号");
    EXPECT_EQ(best(drawn.line(U"榕柏镇冲山路8号", .998)), "榕柏镇冲山路8号");
}

TEST_F(Addresses, ADigitReaderDecidesWhereTheLineReaderHesitates) {
    const CtcSteps its = steps(drawn.line(
        {{{U'桥', .95}}, {{U'山', .95}}, {{U'路', .95}}, {{U'7', .6}, {U'1', .3}}, {{U'3', .9}}, {{U'号', .9}}}));
    AddressDecoder::Field alone(its, {});
    EXPECT_EQ(decoder.decode(alone).front().text, "桥山路73号");
    std::vector<std::pair<int, int>> asked;
    AddressDecoder::Field helped(its, [&](int line, int from, int to) {
        EXPECT_EQ(line, 0);
        asked.emplace_back(from, to);
        return std::vector<DigitReading>{{"13", -.1}, {"73", -5}};
    });
    EXPECT_EQ(decoder.decode(helped).front().text, "桥山路13号");
    // The run stands in the steps 10 to 13, between the characters at 7 and 16; a step is 8 columns.
    ASSERT_FALSE(asked.empty());
    EXPECT_NEAR(asked.front().first, 72, 8);
    EXPECT_NEAR(asked.front().second, 120, 8);
}

TEST_F(Addresses, ADigitReaderMayFindADroppedDigit) {
    const CtcSteps its =
        steps(drawn.line({{{U'桥', .95}}, {{U'山', .95}}, {{U'路', .95}}, {{U'7', .9}}, {}, {{U'号', .9}}}));
    AddressDecoder::Field field(its, [](int, int, int) { return std::vector<DigitReading>{{"71", -.05}, {"7", -40}}; });
    EXPECT_EQ(decoder.decode(field).front().text, "桥山路71号");
}

/// Both lines by one hand: the same tail of a 6 in each must not add up to a hyphen.
TEST_F(Addresses, TheTailOfADigitIsNoHyphen) {
    std::vector<Seen> line;
    for (const char32_t c : std::u32string_view(U"德感街道滨江路16")) line.push_back({{c, .99}});
    line.push_back({{U'-', .4}});
    for (const char32_t c : std::u32string_view(U"4号")) line.push_back({{c, .99}});
    const CtcSteps its = steps(drawn.line(line));
    AddressDecoder::Field first(its, {}), second(its, {});
    const auto joint = decoder.join(first, decoder.decode(first), second, decoder.decode(second));
    ASSERT_TRUE(joint);
    EXPECT_EQ(joint->best.text, "德感街道滨江路164号");
}

TEST_F(Addresses, TwoLinesOfTheSameValueHelpEachOther) {
    const CtcSteps a =
        steps(drawn.line({{{U'桥', .9}}, {{U'山', .9}}, {{U'路', .9}}, {{U'7', .5}, {U'1', .45}}, {{U'号', .9}}}));
    const CtcSteps b =
        steps(drawn.line({{{U'桥', .5}, {U'柏', .45}}, {{U'山', .9}}, {{U'路', .9}}, {{U'1', .9}}, {{U'号', .9}}}));
    AddressDecoder::Field first(a, {}), second(b, {});
    const auto joint = decoder.join(first, decoder.decode(first), second, decoder.decode(second));
    ASSERT_TRUE(joint);
    EXPECT_EQ(joint->best.text, "桥山路1号");
    EXPECT_GT(joint->odds, 0);
}

TEST_F(Addresses, ClearlyDifferentLinesAreNotJoined) {
    const CtcSteps a = steps(drawn.line(U"桥山路17号")), b = steps(drawn.line(U"几江街道南门社区3组2号"));
    AddressDecoder::Field first(a, {}), second(b, {});
    const auto joint = decoder.join(first, decoder.decode(first), second, decoder.decode(second));
    ASSERT_TRUE(joint);
    EXPECT_LT(joint->odds, -20);
    EXPECT_FALSE(decoder.join(first, {}, second, decoder.decode(second)));
}

} // namespace
} // namespace dengji::reading
