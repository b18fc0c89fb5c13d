#include "pipeline/reading/line_image.h"

#include "tests/reading/drawn_line.h"

#include <gtest/gtest.h>

namespace dengji::reading {
namespace {

constexpr double em = 40;

cv::Rect written_part(const cv::Mat& field, int paper) {
    return cv::boundingRect(field < paper - 60);
}

/// Edges that differ by no more than a pixel or two.
void expect_near(const cv::Rect& a, const cv::Rect& b, int tolerance = 2) {
    EXPECT_NEAR(a.x, b.x, tolerance);
    EXPECT_NEAR(a.y, b.y, tolerance);
    EXPECT_NEAR(a.br().x, b.br().x, tolerance);
    EXPECT_NEAR(a.br().y, b.br().y, tolerance);
}

TEST(LineImage, FindsTheLineOnAnyPaper) {
    for (const int paper : {255, 240, 180}) {
        const cv::Mat field = drawn_field("江津区", 0, em, paper, paper - 160);
        const auto lines = find_lines(flatten_paper(field, em), em);
        ASSERT_EQ(lines.size(), 1U) << paper;
        expect_near(lines.front(), written_part(field, paper));
    }
}

TEST(LineImage, ShadeThatFallsOffKeepsPaleFirstCharacters) {
    cv::Mat field = drawn_field("13800000000", 0, em, 250, 90);
    const cv::Rect whole = written_part(field, 250);
    for (int x = 0; x < field.cols; ++x) field.col(x) *= 0.55 + 0.45 * x / field.cols;
    const auto lines = find_lines(flatten_paper(field, em), em);
    ASSERT_EQ(lines.size(), 1U);
    expect_near(lines.front(), whole);
}

TEST(LineImage, RedSealBecomesPaperAndABluePenStays) {
    const cv::Mat grey = drawn_field("男", 0, em, 255, 30);
    const cv::Mat paper(grey.size(), CV_8U, cv::Scalar(255));
    const cv::Mat pale = 0.1 * grey + 0.9 * paper; // the ink's own colour is hardly darkened
    cv::Mat blue, red;
    cv::merge(std::vector<cv::Mat>{pale, grey, grey}, blue);
    cv::merge(std::vector<cv::Mat>{grey, grey, pale}, red);
    EXPECT_EQ(find_lines(flatten_paper(blue, em), em).size(), 1U);
    EXPECT_TRUE(find_lines(flatten_paper(red, em), em).empty());
}

TEST(LineImage, RulesStreaksAndDustAreNoWriting) {
    const cv::Mat clean = drawn_field("群众", 0, em);
    const cv::Rect whole = written_part(clean, 240);
    cv::Mat field = clean.clone();
    field.rowRange(0, 2).setTo(20);                       // a ruling line at the top
    field.colRange(field.cols - 2, field.cols).setTo(20); // and at the side
    cv::line(field, {field.cols - 14, 0}, {field.cols - 12, field.rows - 1}, cv::Scalar(90),
             1);                                                                         // a streak, a little tilted
    cv::circle(field, {field.cols - 24, field.rows / 3}, 3, cv::Scalar(20), cv::FILLED); // dust
    const auto lines = find_lines(flatten_paper(field, em), em);
    ASSERT_EQ(lines.size(), 1U);
    expect_near(lines.front(), whole);
}

/// A 1 that is written up to the label behind the field looks like a piece of rule; it shows that the writing runs on.
TEST(LineImage, AOneAtTheEdgeStaysAndARuleDoesNot) {
    const cv::Mat paper(60, 300, CV_8UC1, cv::Scalar(240));
    const auto with_upright = [&](int from, int to) {
        cv::Mat field = paper.clone();
        field(cv::Rect(297, from, 3, to - from)).setTo(30);
        return flatten_paper(field, em);
    };
    EXPECT_EQ(find_lines(with_upright(18, 46), em).size(), 1U);
    EXPECT_TRUE(find_lines(with_upright(0, 60), em).empty());
    cv::Mat dashed = paper.clone();
    for (int y = 4; y < 60; y += 18) dashed(cv::Rect(297, y, 3, 14) & cv::Rect({}, dashed.size())).setTo(30);
    EXPECT_TRUE(find_lines(flatten_paper(dashed, em), em).empty());
}

/// Of a pale digit only pieces are dark enough; apart from the rest of the line, they are no dust.
TEST(LineImage, PiecesOfAPaleDigitAreOneStroke) {
    cv::Mat field = drawn_field("路20", 0, em, 250, 20);
    const int end = written_part(field, 250).br().x;
    cv::copyMakeBorder(field, field, 0, 0, 0, 60, cv::BORDER_CONSTANT, cv::Scalar(250));
    const int x = end + 20, top = field.rows / 2 - 12;
    for (int piece = 0; piece < 3; ++piece) {
        field(cv::Rect(x, top + 8 * piece, 8, 4)).setTo(90);
        field(cv::Rect(x + 6, top + 8 * piece + 4, 2, 4)).setTo(205); // the trace between them
    }
    const auto lines = find_lines(flatten_paper(field, em), em);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NEAR(lines.front().br().x, x + 8, 2);
}

TEST(LineImage, DotsOfAMailAddressStay) {
    const cv::Mat field = drawn_field("a.b@example.com", 0, em);
    const cv::Mat flat = flatten_paper(field, em);
    const cv::Mat before = field < 128, after = flat < 128;
    EXPECT_GT(cv::countNonZero(before & after), 0.85 * cv::countNonZero(before));
}

TEST(LineImage, TwoLinesInATallCellAreTwo) {
    const cv::Mat line = drawn_field("江津区几江街道", 0, em);
    cv::Mat field;
    cv::vconcat(line, line, field);
    const auto lines = find_lines(flatten_paper(field, em), em);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_LT(lines[0].br().y, lines[1].y);
}

TEST(LineImage, PaperHasNoLine) {
    EXPECT_TRUE(find_lines(flatten_paper(cv::Mat(60, 300, CV_8UC1, cv::Scalar(235)), em), em).empty());
    EXPECT_TRUE(find_lines(flatten_paper(cv::Mat(), em), em).empty());
    cv::Mat grain(60, 300, CV_8UC1);
    cv::RNG random(7);
    random.fill(grain, cv::RNG::NORMAL, 235, 4);
    EXPECT_TRUE(find_lines(flatten_paper(grain, em), em).empty());
}

TEST(LineImage, FramesHaveTheHeightAskedForAndPaperAround) {
    for (const double size : {20.0, 40.0, 90.0}) {
        const cv::Mat flat = flatten_paper(drawn_field("健康", 0, size), size);
        const auto lines = find_lines(flat, size);
        ASSERT_EQ(lines.size(), 1U);
        const LineImage framed = frame_line(flat, lines.front(), {30, 10, 1});
        EXPECT_NEAR(framed.grey.rows, 50, 2);
        EXPECT_NEAR(framed.scale, 30.0 / lines.front().height, 1e-9);
        EXPECT_GT(cv::mean(framed.grey.rowRange(0, 4))[0], 250);
    }
}

TEST(LineImage, ALowLineIsNotBlownUp) {
    const cv::Mat flat = flatten_paper(drawn_field("一", 0, em), em);
    const auto lines = find_lines(flat, em);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_LE(frame_line(flat, lines.front(), {30, 10, 0.6 * em}).scale, 30 / (0.6 * em) + 1e-9);
}

} // namespace
} // namespace dengji::reading
