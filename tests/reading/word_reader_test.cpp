#include "pipeline/reading/word_reader.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/reading/unread_ink.h"
#include "tests/reading/drawn_word_steps.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

class Words : public testing::Test {
protected:
    const Vocabularies vocabularies = load_vocabularies(data_path("templates/codes"));
    const AddressWords address_words{data_path("templates/codes")};
    const DrawnWords drawn{
        U"男女汉族土家群众视力残疾二级身份证居民江津区几江街道南门社桥北鼎山王丽明希望就近业水泥瓦电昇异"};
    const WordReader reader{drawn.by_class(), vocabularies, address_words, data_path("templates/words")};
};

TEST_F(Words, ReadsEveryKindOfField) {
    const auto value = [&](const char* content, std::u32string_view text) {
        return reader.read({drawn.line(text)}, content).value;
    };
    EXPECT_EQ(value("sex", U"女"), "女");
    EXPECT_EQ(value("ethnicity", U"土家族"), "土家族");
    EXPECT_EQ(value("political_status", U"群众"), "群众");
    EXPECT_EQ(value("health", U"视力残疾二级"), "视力残疾二级");
    EXPECT_EQ(value("id_type", U"居民身份证"), "居民身份证");
    EXPECT_EQ(value("place.county", U"江津区"), "江津区");
    EXPECT_EQ(value("occupation", U"水电工"), "水电工");
    EXPECT_EQ(value("name", U"王明丽"), "王明丽");
    EXPECT_EQ(value("address", U"几江街道南门社区3组12号"), "几江街道南门社区3组12号");
    EXPECT_EQ(value("email", U"10086@qq.com"), "10086@qq.com");
    EXPECT_EQ(value("free", U"希望就近就业"), "希望就近就业");
}

TEST_F(Words, LinesAreReadAsOneText) {
    const auto reading = reader.read({drawn.line(U"几江街道南门"), drawn.line(U"社区3组12号")}, "address");
    EXPECT_EQ(reading.value, "几江街道南门社区3组12号");
    EXPECT_EQ(reading.raw, "几江街道南门社区3组12号");
    EXPECT_TRUE(reading.evidence.greedy_agrees);
    EXPECT_EQ(reading.evidence.familiar, 1);
}

TEST_F(Words, ClearReadingsAreSurerThanDoubtfulOnes) {
    const auto clear = reader.read({drawn.line(U"汉族", .995)}, "ethnicity");
    const auto faint = reader.read({drawn.line({{{U'汉', .4}, {U'水', .4}}, {{U'族', .5}, {U'泥', .3}}})}, "ethnicity");
    EXPECT_GT(clear.confidence, faint.confidence);
    EXPECT_TRUE(clear.reasons.empty());
    EXPECT_TRUE(clear.legible);
    EXPECT_GE(reader.confidence(clear, .95), reader.confidence(clear, .3));
}

TEST_F(Words, WhatIsInNoClosedListHasAReason) {
    const auto reading = reader.read({drawn.line(U"水泥", .9)}, "ethnicity");
    EXPECT_EQ(reading.value, "水泥");
    ASSERT_FALSE(reading.reasons.empty());
    EXPECT_EQ(reading.reasons.front().code, "not-in-list");
}

TEST_F(Words, AnEmptyFieldIsEmpty) {
    for (const char* content : {"name", "address", "email", "sex", "free"}) {
        for (const auto& lines : {std::vector<cv::Mat>{}, {cv::Mat()}, {drawn.line(U"")}}) {
            const auto reading = reader.read(lines, content);
            EXPECT_EQ(reading.value, "") << content;
            EXPECT_EQ(reading.confidence, 0) << content;
        }
    }
}

TEST_F(Words, AnotherPaperSupportsAName) {
    const cv::Mat line = drawn.line({{{U'王', .9}}, {{U'丽', .5}, {U'明', .4}}});
    EXPECT_EQ(reader.read({line}, "name").value, "王丽");
    WordHints hints;
    hints.elsewhere = {"王明"};
    const auto supported = reader.read({line}, "name", hints);
    EXPECT_EQ(supported.value, "王明");
    EXPECT_TRUE(supported.evidence.seen_twice);
}

/// The prior of names knows 异 and not 昇; what is clearly written stays, with the usual one beside it.
TEST_F(Words, AClearlyWrittenNameIsNotReplacedByAUsualOne) {
    const auto clear = reader.read({drawn.line({{{U'王', .98}}, {{U'昇', .8}, {U'异', .15}}, {{U'明', .98}}})}, "name");
    EXPECT_EQ(clear.value, "王昇明");
    EXPECT_NE(std::find(clear.alternatives.begin(), clear.alternatives.end(), "王异明"), clear.alternatives.end());
    EXPECT_FALSE(clear.reasons.empty()) << "a person decides";
    const auto faint = reader.read({drawn.line({{{U'王', .98}}, {{U'昇', .5}, {U'异', .45}}, {{U'明', .98}}})}, "name");
    EXPECT_EQ(faint.value, "王异明") << "where the ink leaves it open, the usual name is likelier";
}

TEST_F(Words, TwoAddressesThatMayBeOneAreReadAsOne) {
    const cv::Mat clear = drawn.line(U"鼎山街道鼎山大道12号");
    const cv::Mat doubtful = drawn.line({{{U'鼎', .9}},
                                         {{U'山', .9}},
                                         {{U'街', .9}},
                                         {{U'道', .9}},
                                         {{U'鼎', .9}},
                                         {{U'山', .9}},
                                         {{U'大', .9}},
                                         {{U'道', .9}},
                                         {{U'7', .5}, {U'1', .4}},
                                         {{U'2', .9}},
                                         {{U'号', .9}}});
    const auto [a, b] = reader.read_addresses({clear}, {}, {doubtful}, {});
    EXPECT_EQ(a.value, "鼎山街道鼎山大道12号");
    EXPECT_EQ(b.value, "鼎山街道鼎山大道12号");
    EXPECT_TRUE(b.evidence.seen_twice);
    const auto [c, d] = reader.read_addresses({clear}, {}, {drawn.line(U"几江街道南门社区3组")}, {});
    EXPECT_EQ(d.value, "几江街道南门社区3组");
    EXPECT_FALSE(c.evidence.seen_twice);
    const auto [e, f] = reader.read_addresses({clear}, {}, {}, {});
    EXPECT_EQ(e.value, "鼎山街道鼎山大道12号");
    EXPECT_EQ(f.value, "");
}

TEST(WordConfidence, RefusesTermsThatItDoesNotKnow) {
    const auto file = std::filesystem::path(testing::TempDir()) / "dengji-confidence.csv";
    std::ofstream(file) << "kind,term,weight\ntext,bias,0\ntext,colour,1\n";
    EXPECT_THROW(WordConfidence{file}, Error);
    std::ofstream(file) << "kind,term,weight\nname,bias,0\n";
    EXPECT_THROW(WordConfidence{file}, Error);
    std::ofstream(file) << "kind,term,weight\ntext,bias,1.5\n";
    EXPECT_NEAR(WordConfidence{file}.of("name", {}), .8176, 1e-3);
    std::filesystem::remove(file);
}

TEST(WordConfidence, HasAValueForEveryTerm) {
    EXPECT_EQ(WordConfidence::term_names().size(), WordConfidence::term_values({}).size());
}

TEST(UnreadInk, SeesInkThatNoCharacterStandsOn) {
    cv::Mat line(48, 160, CV_8U, cv::Scalar(255));
    for (const int x : {10, 60, 110}) cv::rectangle(line, {x, 8, 30, 30}, cv::Scalar(0), 3);
    GreedyReading reading;
    for (const double step : {2.6, 8.9, 15.1}) reading.characters.push_back({U'口', 0, step, .9});
    EXPECT_EQ(unread_ink(line, reading, 0), 0);
    reading.characters.erase(reading.characters.begin() + 1);
    EXPECT_GT(unread_ink(line, reading, 0), .45);
    EXPECT_GT(unread_ink(line, {}, 0), .5);
    EXPECT_EQ(unread_ink({}, reading, 0), 0);
}

} // namespace
} // namespace dengji::reading
