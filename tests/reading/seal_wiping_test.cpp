#include "pipeline/reading/seal_wiping.h"

#include "tests/reading/drawn_line.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

constexpr double em = 40;

/// A long field with a text at its left end and a seal's ring and star over its right part.
struct Sealed {
    cv::Mat field;
    SealDisc seal;
};

Sealed sealed(int ink, int seal_tone, int centre) {
    const cv::Mat text = drawn_field("需要创业担保", 0, em, 255, ink);
    Sealed result{cv::Mat(text.rows, 900, CV_8UC1, cv::Scalar(255)), {{static_cast<double>(centre), 20}, 150}};
    text.copyTo(result.field(cv::Rect(0, 0, text.cols, text.rows)));
    cv::Mat stamp(result.field.size(), CV_8UC1, cv::Scalar(255));
    cv::circle(stamp, {centre, 20}, 146, cv::Scalar(seal_tone), 8);
    cv::circle(stamp, {centre, 20}, 30, cv::Scalar(seal_tone), cv::FILLED);
    result.field = cv::min(result.field, stamp);
    return result;
}

int ink_in(const cv::Mat& grey, int from, int to) {
    return cv::countNonZero(grey.colRange(from, to) < 160);
}

TEST(SealWiping, ASealThatLooksLikeInkGoesWhereTheWritingEndsBeforeIt) {
    const Sealed one = sealed(30, 30, 700);
    const WipedField wiped = without_seals(one.field, {one.seal}, std::nullopt, em);
    EXPECT_TRUE(wiped.clean);
    EXPECT_EQ(ink_in(wiped.grey, 450, 900), 0);
    EXPECT_EQ(ink_in(wiped.grey, 0, 300), ink_in(one.field, 0, 300));
}

TEST(SealWiping, WritingThatRunsIntoASealIsLeftAlone) {
    const Sealed one = sealed(30, 30, 300);
    const WipedField wiped = without_seals(one.field, {one.seal}, std::nullopt, em);
    EXPECT_FALSE(wiped.clean);
    EXPECT_GE(ink_in(wiped.grey, 0, 900), ink_in(one.field, 0, 900) * 95 / 100);
}

TEST(SealWiping, APaleSealGoesEvenWhereItCrossesTheWriting) {
    const Sealed plain = sealed(30, 255, 200), one = sealed(30, 150, 200);
    const WipedField wiped = without_seals(one.field, {one.seal}, 90, em);
    EXPECT_TRUE(wiped.clean);
    EXPECT_EQ(ink_in(wiped.grey, 420, 900), 0);
    const cv::Mat text = plain.field.colRange(0, 300) < 90, left = wiped.grey.colRange(0, 300) < 90;
    EXPECT_EQ(cv::countNonZero(text & ~left), 0) << "every dark pixel of the writing is still there";
}

TEST(SealWiping, AFieldWithInkInsideTheSealOnlyIsLeftAlone) {
    Sealed one = sealed(30, 30, 200);
    one.field.setTo(255);
    cv::circle(one.field, {200, 20}, 146, cv::Scalar(30), 8);
    EXPECT_FALSE(without_seals(one.field, {one.seal}, std::nullopt, em).clean);
}

TEST(SealWiping, NothingComesOfNothing) {
    EXPECT_TRUE(without_seals({}, {{{0, 0}, 10}}, std::nullopt, em).grey.empty());
}

} // namespace
} // namespace dengji::reading
