#include "pipeline/reading/card_judgement.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

const std::string number = "510225198311029922"; // made up; check character right

bool has(const Reasons& reasons, const std::string& code) {
    return std::any_of(reasons.begin(), reasons.end(), [&](const Reason& r) { return r.code == code; });
}

CardText card_of(const std::string& text) {
    CardText card;
    card.name = {"沈试样", 0.9, 0, 1};
    card.sex = {"女", 0.9, 1, 2};
    card.ethnicity = {"汉族", 0.9, 1, 2};
    card.birth = {"1983-11-02", 0.9, 2, 3};
    card.address = {"重庆市江津区白沙镇", 0.9, 3, 4};
    card.number = {text, 0.9, 4, 5};
    card.labels = 6;
    return card;
}

const Reading& find(const std::vector<Reading>& readings, const std::string& key) {
    return *std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.key == key; });
}

TEST(CardNumber, ASoundReadingWinsOverOneThatIsNot) {
    const CardNumber decided = decide_number({"510225198311029972", number}, "", "");
    EXPECT_EQ(decided.value, number);
    EXPECT_TRUE(decided.sound());
    EXPECT_GT(decide_number({number}, "1983-11-02", "女").confidence, decided.confidence);
}

TEST(CardNumber, OneIsMendedFromTwoReadingsButMarked) {
    // Each has one digit wrong, in different places.
    const CardNumber decided = decide_number({"510225198371029922", "510225198311029972"}, "", "女");
    EXPECT_EQ(decided.value, number);
    EXPECT_TRUE(has(decided.reasons, "card-number-mended"));
    EXPECT_FALSE(decided.sound());
}

TEST(CardNumber, TheDateOfBirthMendsItToo) {
    const CardNumber decided = decide_number({"510225193311029922"}, "1983-11-02", "女");
    EXPECT_EQ(decided.value, number);
    EXPECT_LT(decided.confidence, 0.9);
}

TEST(CardNumber, WhatCannotBeMendedIsShownAsRead) {
    const CardNumber decided = decide_number({"5102251983110299", ""}, "", "");
    EXPECT_EQ(decided.value, "5102251983110299");
    EXPECT_FALSE(decided.reasons.empty());
    EXPECT_EQ(decide_number({}, "", "").value, "");
}

TEST(IsCardFront, ByLabelsOrByWhatTheNumberRepeats) {
    CardText card = card_of(number);
    EXPECT_TRUE(is_card_front(card, {}));
    card.labels = 0;
    EXPECT_TRUE(is_card_front(card, {"310225198311029922", number}));
    EXPECT_FALSE(is_card_front(card, {"310225198311029922"})) << "no sound number";
    card.birth.text = "1983-11-12";
    EXPECT_FALSE(is_card_front(card, {number}));
    card = card_of(number);
    card.number_of_another_paper = true;
    EXPECT_FALSE(is_card_front(card, {number})) << "a household register or an application says 身份证号";
}

TEST(CompleteBirth, DigitsThatRanTogetherAreReadByTheNumberOnly) {
    CardText card = card_of(number);
    card.birth.text.clear();
    card.birth_digits = "1983112";
    complete_birth(card, {"310225198311029922"});
    EXPECT_EQ(card.birth.text, "") << "no sound number";
    complete_birth(card, {number});
    EXPECT_EQ(card.birth.text, "1983-11-02");
    card.birth.text.clear();
    card.birth_digits = "1983113";
    complete_birth(card, {number});
    EXPECT_EQ(card.birth.text, "");
}

TEST(JudgeCard, WhatIsSaidTwiceIsSure) {
    const auto readings = judge_card(card_of(number), card_of(number), {number, number});
    ASSERT_EQ(readings.size(), 6u);
    for (const Reading& reading : readings) {
        EXPECT_EQ(reading.key.rfind("card.", 0), 0u);
        if (reading.key == "card.birth_date" || reading.key == "card.id_number" || reading.key == "card.sex") {
            EXPECT_FALSE(reading.review) << reading.key;
        }
    }
}

TEST(JudgeCard, ContradictionsAreReasons) {
    CardText card = card_of(number);
    card.sex.text = "男";
    card.birth.text = "1984-11-02";
    const auto readings = judge_card(card, card, {number});
    EXPECT_TRUE(has(find(readings, "card.sex").reasons, "card-sex-number"));
    EXPECT_TRUE(has(find(readings, "card.birth_date").reasons, "card-birth-number"));
    EXPECT_TRUE(has(find(readings, "card.id_number").reasons, "card-birth-number"));
    EXPECT_TRUE(find(readings, "card.id_number").review);
}

TEST(JudgeCard, WhereTheRecognisersDifferBothAreShown) {
    CardText other = card_of(number);
    other.name.text = "沈式样";
    const auto readings = judge_card(card_of(number), other, {number});
    const Reading& name = find(readings, "card.name");
    EXPECT_EQ(std::get<std::string>(name.value), "沈试样");
    EXPECT_EQ(name.alternatives, std::vector<std::string>{"沈式样"});
    EXPECT_TRUE(name.review);
}

TEST(JudgeCard, ALabelTakenForTextIsNoDifference) {
    CardText other = card_of(number);
    other.address.text = "仿引" + other.address.text;
    for (const auto& [first, second] : {std::pair(card_of(number), other), std::pair(other, card_of(number))}) {
        const auto readings = judge_card(first, second, {number});
        EXPECT_EQ(std::get<std::string>(find(readings, "card.address").value), "重庆市江津区白沙镇");
        EXPECT_GT(find(readings, "card.address").confidence, 0.8);
    }
}

TEST(JudgeCard, WhatIsMissingIsForReview) {
    const auto readings = judge_card(CardText{}, std::nullopt, {});
    for (const Reading& reading : readings) {
        EXPECT_TRUE(reading.review) << reading.key;
        EXPECT_FALSE(reading.reasons.empty()) << reading.key;
    }
}

} // namespace
} // namespace dengji::reading
