#include "pipeline/reading/card_evidence.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

Reading reading(const std::string& key, const std::string& value, double confidence,
                const std::vector<std::string>& alternatives = {}) {
    Reading reading;
    reading.key = key;
    reading.value = value;
    reading.raw = value;
    reading.confidence = confidence;
    reading.review = confidence < 0.9;
    if (reading.review) reading.reasons = {{"unsure", "识别把握不大，请核对", "the reading is not sure"}};
    reading.alternatives = alternatives;
    return reading;
}

std::string text(const Reading& reading) {
    return std::get<std::string>(reading.value);
}

bool has(const Reading& reading, const std::string& code) {
    return std::any_of(reading.reasons.begin(), reading.reasons.end(), [&](const Reason& r) { return r.code == code; });
}

TEST(CardEvidence, AgreementRaisesTheConfidenceAndAnswersDoubt) {
    Reading name = reading("name", "沈试样", 0.7);
    weigh_card(name, reading("card.name", "沈试样", 0.97));
    EXPECT_GT(name.confidence, 0.9);
    EXPECT_FALSE(name.review);
    EXPECT_TRUE(name.reasons.empty());
}

TEST(CardEvidence, AgreementDoesNotAnswerWhatIsWrongInItself) {
    Reading number = reading("id_number", "510225198311029922", 0.8);
    number.reasons = {{"sex-id-number", "性别与身份证号不符，请核对", "sex does not agree"}};
    weigh_card(number, reading("card.id_number", "510225198311029922", 0.99));
    EXPECT_TRUE(number.review);
    EXPECT_TRUE(has(number, "sex-id-number"));
}

TEST(CardEvidence, ANationalityIsTheSameWithAndWithoutItsLastCharacter) {
    Reading ethnicity = reading("ethnicity", "土家", 0.6);
    weigh_card(ethnicity, reading("card.ethnicity", "土家族", 0.98));
    EXPECT_GT(ethnicity.confidence, 0.6);
    EXPECT_EQ(text(ethnicity), "土家");
}

TEST(CardEvidence, AClearContradictionIsForReviewAndChangesNoValue) {
    Reading name = reading("name", "沈试样", 0.95, {"沈式样"});
    weigh_card(name, reading("card.name", "沈式样", 0.97));
    EXPECT_EQ(text(name), "沈试样");
    EXPECT_TRUE(name.review);
    EXPECT_TRUE(has(name, "card-differs"));
}

TEST(CardEvidence, AnUnsureCardContradictsNothing) {
    Reading name = reading("name", "沈试样", 0.95);
    weigh_card(name, reading("card.name", "沈式样", 0.5));
    EXPECT_FALSE(name.review);
    EXPECT_EQ(name.alternatives, std::vector<std::string>{"沈式样"});
}

TEST(CardEvidence, ASureCardPicksAnAlternativeOfAnUnsureSheet) {
    Reading name = reading("name", "沉试样", 0.4, {"沈试样", "况试样"});
    weigh_card(name, reading("card.name", "沈试样", 0.97));
    EXPECT_EQ(text(name), "沈试样");
    EXPECT_EQ(name.raw, "沉试样");
    EXPECT_EQ(name.alternatives, (std::vector<std::string>{"沉试样", "况试样"}));
    EXPECT_TRUE(name.review);
    EXPECT_TRUE(has(name, "card-chose"));
}

TEST(CardEvidence, WhatTheSheetNeverSaidIsOfferedOnly) {
    Reading name = reading("name", "沉试", 0.4);
    weigh_card(name, reading("card.name", "沈试样", 0.97));
    EXPECT_EQ(text(name), "沉试");
    EXPECT_EQ(name.alternatives, std::vector<std::string>{"沈试样"});
    Reading empty = reading("name", "", 0.99);
    weigh_card(empty, reading("card.name", "沈试样", 0.97));
    EXPECT_EQ(text(empty), "");
}

std::vector<Reading> address(const std::string& county, const std::string& detail) {
    return {reading("hukou_address.province", "重庆", 0.8), reading("hukou_address.city", "", 0.99),
            reading("hukou_address.county", county, 0.8), reading("hukou_address.detail", detail, 0.8)};
}

TEST(CardEvidence, TheAddressAgreesAcrossItsParts) {
    auto sheet = address("江津", "白沙镇南安街64号");
    weigh_card_address(sheet, reading("card.address", "重庆市江津区白沙镇南安街64号", 0.97));
    for (const std::size_t part : {0U, 2U, 3U}) EXPECT_GT(sheet[part].confidence, 0.9) << sheet[part].key;
    EXPECT_FALSE(sheet[3].review);
}

TEST(CardEvidence, ABeginningOfTheAddressSpeaksForItLess) {
    auto whole = address("江津", "白沙镇南安街64号2幢"), begun = whole;
    weigh_card_address(whole, reading("card.address", "重庆市江津区白沙镇南安街64号2幢", 0.97));
    weigh_card_address(begun, reading("card.address", "重庆市江津区白沙镇南安街6", 0.97));
    EXPECT_GT(begun[3].confidence, 0.8);
    EXPECT_LT(begun[3].confidence, whole[3].confidence);
}

TEST(CardEvidence, AnotherAddressIsNoContradiction) {
    auto sheet = address("永川", "大安街12号");
    const auto before = sheet[3].confidence;
    weigh_card_address(sheet, reading("card.address", "重庆市江津区白沙镇南安街64号", 0.97));
    EXPECT_EQ(sheet[3].confidence, before);
    EXPECT_FALSE(has(sheet[3], "card-differs"));
}

} // namespace
} // namespace dengji::reading
