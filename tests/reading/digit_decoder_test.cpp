#include "pipeline/reading/digit_decoder.h"

#include "pipeline/reading/identity_number.h"
#include "tests/reading/drawn_steps.h"

#include <dengji_project.h>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

const DigitDecoder& decoder() {
    static const DigitDecoder made(
        NumberPrior(NearAreas::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates"), 2026));
    return made;
}

const std::string person = "510225196803159919"; // made up

TEST(DigitDecoder, ReadsWhatIsClear) {
    const auto read = decoder().decode(line_of(sure_of(person)), "id_number");
    EXPECT_EQ(read.value, person);
    EXPECT_EQ(read.raw, person);
    EXPECT_EQ(read.origin, NumberOrigin::as_read);
    EXPECT_EQ(read.override_nats, 0);
    EXPECT_GT(read.margin, 5);
    double sum = 0;
    for (const auto& candidate : read.candidates) sum += candidate.posterior;
    EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(DigitDecoder, NothingWrittenIsNothing) {
    const auto read = decoder().decode({}, "mobile");
    EXPECT_EQ(read.value, "");
    EXPECT_TRUE(read.candidates.empty());
}

TEST(DigitDecoder, CheckDigitDecidesBetweenTwoDigitsThatLookAlike) {
    for (std::size_t at = 0; at < 17; ++at) {
        Doubts doubts = sure_of(person);
        const char other = person[at] == '7' ? '2' : '7';
        doubts[at] = {{other, 0.6}, {person[at], 0.35}};
        const auto read = decoder().decode(line_of(doubts), "id_number");
        EXPECT_EQ(read.value, person) << at;
        EXPECT_EQ(read.origin, NumberOrigin::repaired) << at;
        EXPECT_EQ(read.raw[at], other) << at;
        EXPECT_NEAR(read.override_nats, std::log(0.6 / 0.35), 0.1) << at;
    }
}

TEST(DigitDecoder, AYearThatCannotBeIsOverruledFurtherThanAWrongIdentityNumber) {
    Doubts doubts = sure_of("2220");
    doubts[1] = {{'2', 0.93}, {'0', 0.03}};
    ASSERT_GT(std::log(0.93 / 0.03), DigitDecoder::most_override);
    const auto read = decoder().decode(line_of(doubts), "year");
    EXPECT_EQ(read.value, "2020");
    EXPECT_EQ(read.raw, "2220");
    EXPECT_EQ(read.origin, NumberOrigin::repaired);
    EXPECT_EQ(decoder().decode(line_of(sure_of("2220")), "year").value, "2220") << "clear ink stays";
}

TEST(DigitDecoder, ClearInkIsNeverOverruled) {
    std::string wrong = person;
    wrong[9] = '2';
    ASSERT_FALSE(has_right_check_character(wrong));
    Doubts doubts = sure_of(wrong);
    doubts[9] = {{'2', 0.98}, {'8', 0.01}};
    const auto read = decoder().decode(line_of(doubts), "id_number");
    EXPECT_EQ(read.value, wrong);
    EXPECT_EQ(read.raw, wrong);
    EXPECT_NE(read.origin, NumberOrigin::repaired);
}

TEST(DigitDecoder, OverrulesByNoMoreThanItsLimit) {
    for (double second = 0.3; second > 0.0005; second /= 2) {
        std::string wrong = person;
        wrong[9] = '2';
        Doubts doubts = sure_of(wrong);
        doubts[9] = {{'2', 0.6}, {'8', second}};
        const auto read = decoder().decode(line_of(doubts), "id_number");
        if (read.value != wrong) {
            EXPECT_LE(read.override_nats, DigitDecoder::most_override);
        } else if (read.override_nats > 0) {
            EXPECT_GT(read.override_nats, DigitDecoder::most_override);
            EXPECT_EQ(read.origin, NumberOrigin::kept);
        }
    }
}

TEST(DigitDecoder, WhatIsKnownOfThePersonDecides) {
    // The sequence and its check digit are both unsure: two lawful numbers, one of a man.
    const std::string man = "510225196803159919",
                      woman = std::string("51022519680315992") + identity_check_character("51022519680315992");
    Doubts doubts = sure_of(man);
    doubts[16] = {{'1', 0.48}, {'2', 0.48}};
    doubts[17] = {{man[17], 0.48}, {woman[17], 0.48}};
    NumberHints hints;
    hints.male = false;
    EXPECT_EQ(decoder().decode(line_of(doubts), "id_number", hints).value, woman);
    hints.male = true;
    EXPECT_EQ(decoder().decode(line_of(doubts), "id_number", hints).value, man);
}

TEST(DigitDecoder, TellsForeignGlyphs) {
    const auto year = decoder().decode(line_of(sure_of("2019#")), "year");
    EXPECT_EQ(year.value, "2019");
    EXPECT_EQ(year.raw, "2019#");
    EXPECT_EQ(year.origin, NumberOrigin::foreign);
    const auto words = decoder().decode(line_of(sure_of("##")), "month");
    EXPECT_EQ(words.value, "");
    EXPECT_EQ(words.origin, NumberOrigin::foreign);
}

TEST(DigitDecoder, DoesNotInventDigitsInEmptyCells) {
    for (const std::string content : {"month", "day", "year", "mobile", "id_number"}) {
        Doubts faint{{{'1', 0.05}}};
        cv::Mat steps = steps_of(faint);
        steps.row(1).setTo(std::log(0.005));
        steps.at<float>(1, 0) = static_cast<float>(std::log(0.9));
        steps.at<float>(1, 2) = static_cast<float>(std::log(0.04));
        EXPECT_EQ(decoder().decode({{steps}, "", false}, content).value, "") << content;
    }
}

TEST(DigitDecoder, MonthsThatDoNotExistGiveWay) {
    const auto read = decoder().decode(line_of({{{'1', 0.98}}, {{'7', 0.5}, {'1', 0.45}}}), "month");
    EXPECT_EQ(read.value, "11");
    EXPECT_EQ(read.origin, NumberOrigin::repaired);
}

TEST(DigitDecoder, SecondViewsCount) {
    ocr::DigitLine line{{steps_of({{{'3', 0.55}, {'8', 0.40}}}), steps_of({{{'3', 0.05}, {'8', 0.90}}})}, "", false};
    EXPECT_EQ(decoder().decode(line, "day").value, "8");
}

TEST(DigitDecoder, DisabilityNumbersRepeatTheIdentityNumber) {
    Doubts doubts = sure_of(person + "43");
    doubts[3] = {{'8', 0.5}, {'2', 0.45}};
    doubts[9] = {{'3', 0.5}, {'8', 0.45}};
    NumberHints hints;
    hints.id_number = person;
    const auto read = decoder().decode(line_of(doubts), "id_number_like", hints);
    EXPECT_EQ(read.value, person + "43");
}

} // namespace
} // namespace dengji::reading
