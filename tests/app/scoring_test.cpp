#include "pipeline/app/scoring.h"

#include <gtest/gtest.h>

namespace dengji::app {
namespace {

std::vector<templates::Form> small_form() {
    templates::Form form;
    form.id = "small";
    form.kind = "registration";
    form.fields = {{"name", "姓名", templates::FieldKind::text, true, "name", {}},
                   {"remarks", "备注", templates::FieldKind::text, false, "free", {}},
                   {"education", "文化程度", templates::FieldKind::choice, true, "", {"小学", "中学", "大学", "无"}},
                   {"signature", "签字", templates::FieldKind::presence, true, "", {}}};
    return {form};
}

TruePage true_page() {
    TruePage page;
    page.source = "a.jpg";
    page.values = {{"name", std::string("冉小满")},
                   {"remarks", std::string()},
                   {"education", std::vector<std::string>{"中学"}},
                   {"signature", true}};
    page.traits["hand"] = "print:song";
    return page;
}

reading::Reading reading(const std::string& key, reading::Value value, bool review) {
    reading::Reading made;
    made.key = key;
    made.value = std::move(value);
    made.review = review;
    return made;
}

reading::PageResult right_result() {
    reading::PageResult result;
    result.source = "somewhere/a.jpg";
    result.kind = "registration";
    result.readings = {reading("name", std::string("冉 小满"), false), reading("remarks", std::string(), false),
                       reading("education", std::vector<std::string>{"中学"}, false),
                       reading("signature", true, false)};
    return result;
}

TEST(Scoring, EverythingRight) {
    const auto scores = score({true_page()}, {right_result()}, small_form());
    EXPECT_EQ(scores.all.pages, (Share{1, 1}));
    EXPECT_EQ(scores.all.filled, (Share{2, 2}));
    EXPECT_EQ(scores.all.empty, (Share{1, 1}));
    EXPECT_EQ(scores.all.chars, (Share{3, 3}));
    EXPECT_EQ(scores.all.choices, (Share{1, 1}));
    EXPECT_EQ(scores.all.boxes, (Share{4, 4}));
    EXPECT_EQ(scores.all.silent, (Share{0, 4}));
    EXPECT_EQ(scores.all.review, (Share{0, 4}));
    EXPECT_EQ(scores.all.through, (Share{1, 1}));
    EXPECT_TRUE(scores.wrong.empty());
}

TEST(Scoring, TellsSilentErrorsFromThoseThatAPersonWillSee) {
    auto result = right_result();
    result.readings[0].value = std::string("冉小蒲");
    result.readings[1].value = std::string("一");
    result.readings[1].review = true;
    const auto scores = score({true_page()}, {result}, small_form());
    EXPECT_EQ(scores.all.filled, (Share{1, 2}));
    EXPECT_EQ(scores.all.empty, (Share{0, 1}));
    EXPECT_EQ(scores.all.chars, (Share{2, 3}));
    EXPECT_EQ(scores.all.silent, (Share{1, 4}));
    EXPECT_EQ(scores.all.review, (Share{1, 4}));
    EXPECT_EQ(scores.all.sheets, (Share{0, 1}));
    ASSERT_EQ(scores.wrong.size(), 2u);
    EXPECT_TRUE(scores.wrong[0].silent);
    EXPECT_FALSE(scores.wrong[1].silent);
}

TEST(Scoring, CountsEachWrongBox) {
    auto result = right_result();
    result.readings[2].value = std::vector<std::string>{"小学"};
    const auto scores = score({true_page()}, {result}, small_form());
    EXPECT_EQ(scores.all.choices, (Share{0, 1}));
    EXPECT_EQ(scores.all.boxes, (Share{2, 4}));
}

TEST(Scoring, AMissingPageIsWrongButNotSilent) {
    const auto scores = score({true_page()}, {}, small_form(), "hand");
    EXPECT_EQ(scores.all.pages, (Share{0, 1}));
    EXPECT_EQ(scores.all.silent, (Share{0, 4}));
    EXPECT_EQ(scores.all.review, (Share{4, 4}));
    EXPECT_EQ(scores.groups.at("hand=print:song").sheets, (Share{0, 1}));
}

TEST(Scoring, AFieldThatASheetLacksIsSilent) {
    auto result = right_result();
    result.readings.erase(result.readings.begin());
    EXPECT_EQ(score({true_page()}, {result}, small_form()).all.silent, (Share{1, 4}));
}

TEST(Scoring, ByFieldCountsEachFieldForItself) {
    const auto scores = score({true_page()}, {right_result()}, small_form(), "field");
    EXPECT_EQ(scores.groups.at("field=name").filled, (Share{1, 1}));
    EXPECT_EQ(scores.groups.at("field=remarks").empty, (Share{1, 1}));
}

TEST(Scoring, BlankPagesCountByKindOnly) {
    TruePage blank;
    blank.source = "a.jpg";
    blank.kind = "blank";
    reading::PageResult result;
    result.source = "a.jpg";
    result.kind = "blank";
    const auto scores = score({blank}, {result}, small_form());
    EXPECT_EQ(scores.all.pages, (Share{1, 1}));
    EXPECT_EQ(scores.all.review.all, 0);
    result.failed = true;
    EXPECT_EQ(score({blank}, {result}, small_form()).all.pages, (Share{0, 1}));
}

TEST(Scoring, MakesUsualFormsAlike) {
    EXPECT_EQ(as_scored("ethnicity", "土家族"), as_scored("ethnicity", "土家"));
    EXPECT_EQ(as_scored("hukou_address.province", "重庆市"), as_scored("hukou_address.province", "重庆"));
    EXPECT_EQ(as_scored("hukou_address.county", "江津区"), as_scored("hukou_address.county", "江津"));
    EXPECT_EQ(as_scored("id_type", "身份证"), as_scored("id_type", "居民身份证"));
    EXPECT_EQ(as_scored("id_number", "12345x"), as_scored("id_number", "12345X"));
    EXPECT_EQ(as_scored("mobile", "１３８ 0000"), as_scored("mobile", "1380000"));
    EXPECT_NE(as_scored("name", "满族"), as_scored("name", "满"));
    EXPECT_NE(as_scored("email", "A@b.c"), as_scored("email", "a@b.c"));
}

TEST(Scoring, AddsSetsUp) {
    auto sum = score({true_page()}, {right_result()}, small_form(), "hand");
    add(sum, score({true_page()}, {}, small_form(), "hand"));
    EXPECT_EQ(sum.all.pages, (Share{1, 2}));
    EXPECT_EQ(sum.groups.at("hand=print:song").pages, (Share{1, 2}));
    EXPECT_NE(score_table(sum).find("50.00"), std::string::npos);
}

TEST(Scoring, ReliabilityCountsTextsThatWereRead) {
    auto result = right_result();
    for (auto& one : result.readings) one.confidence = 0.985;
    auto scores = score({true_page()}, {result}, small_form());
    add(scores, score({true_page()}, {result}, small_form()));
    long long all = 0;
    for (const ReliabilityBin& bin : scores.reliability) {
        all += bin.right.all;
        if (bin.from <= 0.985 && 0.985 < bin.to) {
            EXPECT_EQ(bin.right, (Share{2, 2})); // the name of each page; the empty remark is no reading
            EXPECT_NEAR(bin.confidence, 1.97, 1e-9);
        }
    }
    EXPECT_EQ(all, 2);
    EXPECT_NE(reliability_table(scores).find("0.980 to 0.990"), std::string::npos);
}

} // namespace
} // namespace dengji::app
