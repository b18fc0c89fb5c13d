#include "pipeline/reading/text_decoder.h"

#include "tests/reading/drawn_word_steps.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class FreeWords : public testing::Test {
protected:
    std::string best(const cv::Mat& line) const {
        StepOptions options;
        options.letters = true;
        options.commonness = false;
        const TextCandidates found = decode_email(CtcSteps({line}, classes, options));
        return found.empty() ? "" : found.front().text;
    }

    const DrawnWords drawn{U"0123456789abcdefghijklmnopqrstuvwxyz@."};
    const CharacterClasses classes{drawn.by_class(), {}};
};

TEST_F(FreeWords, ARoundQIsNoNineInAProvider) {
    EXPECT_EQ(best(drawn.line({{{U'8', .9}},
                               {{U'9', .9}},
                               {{U'@', .9}},
                               {{U'9', .9}, {U'q', .05}},
                               {{U'9', .9}, {U'q', .05}},
                               {{U'.', .9}},
                               {{U'c', .9}},
                               {{U'o', .9}},
                               {{U'm', .9}}})),
              "89@qq.com");
}

TEST_F(FreeWords, AProviderThatNobodyKnowsIsReadAsItIsWritten) {
    EXPECT_EQ(best(drawn.line(U"li@hunan.cn")), "li@hunan.cn");
    EXPECT_FALSE(has_usual_host("li@hunan.cn"));
    EXPECT_TRUE(has_usual_host("li.9@163.com"));
    EXPECT_FALSE(has_usual_host("163.com"));
}

TEST_F(FreeWords, AMobilePhoneInFreeWordsHasElevenDigits) {
    std::vector<Seen> phone;
    for (const char32_t c : std::u32string_view(U"150")) phone.push_back({{c, .9}});
    phone.push_back({{U'1', .8}}); // a stroke of the 6 that stands apart
    for (const char32_t c : std::u32string_view(U"67110198")) phone.push_back({{c, .9}});
    const TextCandidates found = decode_free_text(CtcSteps({drawn.line(phone)}, classes));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().text, "15067110198");
}

} // namespace
} // namespace dengji::reading
