#include "pipeline/reading/number_field.h"

#include "pipeline/base/data_folder.h"
#include "pipeline/reading/acceptance.h"
#include "pipeline/reading/line_image.h"
#include "tests/reading/drawn_line.h"
#include "tests/reading/scripted_recogniser.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

class NumberFieldTest : public ::testing::Test {
protected:
    /// What is made of a printed line that looks like `drawn` and is read by the reader for print as `said`. A blurred
    /// one leaves the net unsure.
    FieldText read(const std::string& drawn, const std::string& said, double confidence, const std::string& content,
                   bool blurred = false) {
        Scripted print(said, confidence);
        cv::Mat field = drawn_field(drawn, 0, 40);
        if (blurred) cv::GaussianBlur(field, field, {}, 4.5);
        FieldPicture picture{flatten_paper(field, 40), {}, 40};
        picture.extents = find_lines(picture.flat, 40);
        FieldText text = NumberFieldReader(net, print).read(picture, content, {}, style);
        asked = !print.scripts.empty();
        return text;
    }
    /// Whether the reader for print is asked about a number that touches the field's edge: the net is sure of what it
    /// sees, but not that it sees all. A blurred one it cannot read at all.
    bool asks_about_cut(double blur, WritingStyle known) {
        Scripted print("80160509", 0.9);
        cv::Mat field = drawn_field("80160509", 0, 40);
        if (blur > 0) cv::GaussianBlur(field, field, {}, blur);
        FieldPicture picture{flatten_paper(field, 40), {}, 40};
        const cv::Rect line = find_lines(picture.flat, 40).front();
        picture.flat = picture.flat.colRange(line.x, picture.flat.cols).clone();
        picture.extents = {cv::Rect(0, line.y, line.width, line.height)};
        NumberFieldReader(net, print).read(picture, "id_number_like", {}, known);
        return !print.scripts.empty();
    }
    static bool is_accepted(const FieldText& text) {
        return text.reasons.empty() && Acceptance{}.accepts("id_number", text.confidence.value_or(0));
    }

    NumberReader net{data_folder()};
    WritingStyle style;
    bool asked = false; ///< the reader for print
};

TEST_F(NumberFieldTest, ANumberThatReaderAndPicturesAgreeOnIsAccepted) {
    const FieldText text = read("510225196803159919", "510225196803159919", 0.9, "id_number");
    EXPECT_EQ(text.value, "510225196803159919");
    EXPECT_TRUE(is_accepted(text));
}

TEST_F(NumberFieldTest, TheCheckDigitDecidesBetweenTwoReadings) {
    const FieldText text = read("510225196803159919", "510225196803159911", 0.95, "id_number");
    EXPECT_EQ(text.value, "510225196803159919");
    const FieldText unsure = read("510225196803159919", "510225196803159911", 0.95, "id_number", true);
    EXPECT_TRUE(asked);
    EXPECT_FALSE(unsure.alternatives.empty());
}

TEST_F(NumberFieldTest, AWrongNumberOnThePaperIsShownAndMarked) {
    const FieldText text = read("510225196803159911", "510225196803159911", 0.99, "id_number");
    EXPECT_EQ(text.value, "510225196803159911") << "what stands there, not what should";
    EXPECT_FALSE(is_accepted(text));
    ASSERT_FALSE(text.reasons.empty());
    EXPECT_EQ(text.reasons.front().code, "id-number-check");
}

TEST_F(NumberFieldTest, OnASheetFilledByHandTheReaderForPrintIsAskedOnlyWhereTheNetIsLost) {
    WritingStyle by_hand;
    for (int i = 0; i < 12; ++i) by_hand.note(false);
    EXPECT_TRUE(asks_about_cut(0, {}));
    EXPECT_FALSE(asks_about_cut(0, by_hand));
    EXPECT_TRUE(asks_about_cut(4.5, by_hand));
}

TEST_F(NumberFieldTest, WhereTheNetIsSureNobodyElseIsAsked) {
    const FieldText text = read("2020", "2020", 0.95, "year");
    EXPECT_FALSE(asked);
    EXPECT_EQ(text.value, "2020");
    EXPECT_GE(text.confidence.value_or(0), 0.99);
}

TEST_F(NumberFieldTest, WhatEveryReaderSaidIsKept) {
    const FieldText text = read("13800138000", "13800138006", 0.9, "mobile", true);
    ASSERT_GE(text.opinions.size(), 2u);
    EXPECT_EQ(text.opinions[1].text, "13800138006");
}

TEST_F(NumberFieldTest, AgreementOnWhatTheEdgeLeftIsForReviewUnlessTheNumberIsWhole) {
    const auto read_cut = [&](const std::string& drawn, const std::string& said, const std::string& content) {
        const cv::Mat field = drawn_field(drawn, 0, 40);
        FieldPicture picture{flatten_paper(field, 40), {}, 40};
        const cv::Rect line = find_lines(picture.flat, 40).front();
        picture.flat = picture.flat.colRange(line.x, picture.flat.cols).clone(); // the first stroke stands on the edge
        picture.extents = {cv::Rect(0, line.y, line.width, line.height)};
        Scripted reader(said, 0.95);
        return NumberFieldReader(net, reader).read(picture, content, {}, style);
    };
    const auto cut_off = [](const FieldText& text) {
        return std::find(text.reasons.begin(), text.reasons.end(), number_cut_off) != text.reasons.end();
    };
    EXPECT_TRUE(cut_off(read_cut("80160509", "80160509", "id_number_like")));
    EXPECT_FALSE(cut_off(read_cut("2020", "2020", "year")));
}

/// The reader for handwriting is asked where the net is unsure: its word counts for and against.
TEST_F(NumberFieldTest, ASecondReaderMakesAnUnsureNumberSurerOrLessSure) {
    for (int i = 0; i < 12; ++i) style.note(false);
    cv::Mat field = drawn_field("13800138000", 0, 40);
    cv::GaussianBlur(field, field, {}, 4.5);
    FieldPicture picture{flatten_paper(field, 40), {}, 40};
    picture.extents = find_lines(picture.flat, 40);
    Scripted print("", 0);
    const FieldText alone = NumberFieldReader(net, print).read(picture, "mobile", {}, style);
    ASSERT_FALSE(alone.value.empty());
    ASSERT_LT(alone.confidence.value_or(1), 0.99);
    Scripted same(alone.value, 0.9), other("13800138006", 0.9);
    const auto with = [&](ocr::Recogniser& second) {
        return NumberFieldReader(net, print, &second).read(picture, "mobile", {}, style);
    };
    const FieldText agreed = with(same), differing = with(other);
    EXPECT_GT(agreed.confidence.value_or(0), alone.confidence.value_or(0));
    EXPECT_LT(differing.confidence.value_or(1), alone.confidence.value_or(0));
    EXPECT_NE(std::find(differing.alternatives.begin(), differing.alternatives.end(), "13800138006"),
              differing.alternatives.end());
}

} // namespace
} // namespace dengji::reading
