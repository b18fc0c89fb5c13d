#include "pipeline/reading/name_decoder.h"

#include "pipeline/base/data_folder.h"
#include "tests/reading/drawn_word_steps.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class Names : public testing::Test {
protected:
    TextCandidates decode(const cv::Mat& line, const std::vector<std::string>& elsewhere = {}) const {
        return decoder.decode(CtcSteps({line}, classes, NameDecoder::step_options()), elsewhere);
    }

    const NameDecoder decoder{data_path("templates/words")};
    const DrawnWords drawn{U"王壬玉欧阳明丽周礼钰买提吐尔逊佘余"};
    const CharacterClasses classes{drawn.by_class(), {{U'.', U'·', .5}}};
};

TEST_F(Names, ASurnameIsLikelierThanACharacterThatLooksLikeIt) {
    const auto found = decode(drawn.line({{{U'壬', .5}, {U'王', .4}}, {{U'丽', .9}}}));
    ASSERT_GT(found.size(), 1U);
    EXPECT_EQ(found[0].text, "王丽");
    EXPECT_EQ(found[1].text, "壬丽");
}

TEST_F(Names, ClearInkIsNotCorrected) {
    EXPECT_EQ(decode(drawn.line(U"壬逊", .999)).front().text, "壬逊");
    EXPECT_EQ(decode(drawn.line({{{U'佘', .9}, {U'余', .05}}, {{U'明', .95}}})).front().text, "佘明");
}

TEST_F(Names, ReadsCompoundSurnamesAndMiddleDots) {
    EXPECT_EQ(decode(drawn.line(U"欧阳明丽")).front().text, "欧阳明丽");
    EXPECT_EQ(decode(drawn.line(U"买买提.吐尔逊")).front().text, "买买提·吐尔逊");
}

TEST_F(Names, ADroppedCharacterIsAmongTheCandidates) {
    const auto found = decode(drawn.line({{{U'周', .97}}, {{U'礼', .9}}, {{U'钰', .2}}}));
    const auto is_whole = [](const TextCandidate& c) { return c.text == "周礼钰"; };
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), is_whole));
}

TEST_F(Names, NamesOfOtherPapersCompete) {
    const auto found = decode(drawn.line(U"王丽"), {"欧阳丽"});
    const auto is_other = [](const TextCandidate& c) { return c.text == "欧阳丽"; };
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), is_other));
    EXPECT_EQ(found.front().text, "王丽");
}

TEST_F(Names, KnowsHowFamiliarANameIs) {
    EXPECT_EQ(decoder.familiarity("王丽"), 1);
    EXPECT_EQ(decoder.familiarity("欧阳明丽"), 1);
    EXPECT_EQ(decoder.familiarity("王壬"), .5);
    EXPECT_EQ(decoder.familiarity("壬丽"), 0);
    EXPECT_EQ(decoder.familiarity("王"), 0);
}

} // namespace
} // namespace dengji::reading
