#include "pipeline/reading/vocabulary.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/reading/address_words.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

bool writes_all(const std::string&) {
    return true;
}

TEST(TextDistance, CountsEditsFromEveryBeginning) {
    const auto edits = edits_by_beginning({"a", "b", "c"}, {"a", "b"}, writes_all);
    EXPECT_EQ(edits, (std::vector<double>{2, 1, 0, 1}));
}

TEST(TextDistance, AnUnwritableCharacterCostsLess) {
    const auto cannot = [](const std::string& c) { return c != "b"; };
    EXPECT_DOUBLE_EQ(edits_by_beginning({"a", "x"}, {"a", "b"}, cannot).back(), 0.4);
    EXPECT_DOUBLE_EQ(edits_by_beginning({"a"}, {"a", "b"}, cannot).back(), 0.4);
    EXPECT_DOUBLE_EQ(edits_by_beginning({"x", "b"}, {"a", "b"}, cannot).back(), 1);
}

TEST(Vocabulary, FindsTheNearestEntryAndHowFarTheNextIs) {
    const Vocabulary words({"一级", "二级", "三级", "高级技师"}, Coverage::all);
    EXPECT_TRUE(words.contains("二级"));
    EXPECT_FALSE(words.contains("六级"));
    const auto clear = words.nearest("高极技师", writes_all);
    ASSERT_TRUE(clear);
    EXPECT_EQ(clear->entry, "高级技师");
    EXPECT_EQ(clear->distance, 1);
    EXPECT_GT(clear->margin, 1);
    const auto tie = words.nearest("六级", writes_all);
    ASSERT_TRUE(tie);
    EXPECT_EQ(tie->margin, 0) << "a tie must not look like an answer";
}

TEST(Vocabulary, AnEmptyListHasNoNearestEntry) {
    EXPECT_FALSE(Vocabulary({}, Coverage::all).nearest("x", writes_all));
}

TEST(Vocabulary, ShippedListsHoldTheSpellingsOfTheForm) {
    const Vocabularies all = load_vocabularies(data_path("templates/codes"));
    const auto holds = [&](const char* content, const char* text) { return all.at(content).contains(text); };
    EXPECT_TRUE(holds("ethnicity", "仡佬族"));
    EXPECT_TRUE(holds("ethnicity", "仡佬"));
    EXPECT_TRUE(holds("political_status", "中共党员"));
    EXPECT_TRUE(holds("place.province", "重庆"));
    EXPECT_TRUE(holds("place.county", "江津区"));
    EXPECT_TRUE(holds("health", "视力残疾二级"));
    EXPECT_TRUE(all.at("sex").closed());
    EXPECT_EQ(all.at("sex").entries().size(), 2U);
    EXPECT_FALSE(all.at("occupation").closed());
    EXPECT_EQ(all.at("place.province").usual(), (std::vector<std::string>{"重庆市", "重庆"}));
}

TEST(AddressWords, FindsTownAndVillageInAMisreadAddress) {
    const AddressWords words(data_path("templates/codes"));
    const auto cannot = [](const std::string& c) { return c != "蟆" && c != "璜" && c != "珞"; };
    const AddressWord town = AddressWords::at({"石", "蜡", "镇", "3", "组"}, 0, words.towns(), cannot);
    EXPECT_EQ(town.word, "石蟆镇");
    EXPECT_EQ(town.length, 3U);
    EXPECT_GT(town.margin, 0) << "石门镇 is a full edit away";
    EXPECT_TRUE(AddressWords::at({"北", "京", "市"}, 0, words.towns(), cannot).word.empty());
    EXPECT_TRUE(AddressWords::at({}, 0, words.towns(), cannot).word.empty());
    EXPECT_TRUE(words.villages("没有镇").empty());
    EXPECT_FALSE(words.villages("石蟆镇").empty());
}

} // namespace
} // namespace dengji::reading
