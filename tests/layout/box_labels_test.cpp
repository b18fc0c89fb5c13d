#include "pipeline/layout/box_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

using ::testing::Each;

constexpr int box_side = 20, character = 20, gap = 6;
const OutlineSize size{box_side, box_side, 2};
const LabelPitch pitch{character, gap};
const std::vector<std::string> options{"家庭", "集体", "城镇居民家庭", "农村居民家庭"};

/// A row of options: boxes with their labels' characters as blocks of ink.
struct Row {
    cv::Mat ink = cv::Mat::zeros(40, 520, CV_8UC1);
    std::vector<Outline> outlines;
    int at = 10;

    void add(int characters, bool box_found, double score = 0.9) {
        if (box_found) found(at, score);
        for (int i = 0; i < characters; ++i)
            cv::rectangle(ink, cv::Rect(at + box_side + gap + i * character + 1, 10, character - 3, box_side),
                          cv::Scalar(1), cv::FILLED);
        at += box_side + gap + characters * character + character;
    }
    void found(int x, double score, double left_ink = 0) {
        Outline outline;
        outline.rect = cv::Rect(x, 10, box_side, box_side);
        outline.score = score;
        outline.clean = score > 0.8;
        outline.left_ink = left_ink;
        outlines.push_back(outline);
    }
    Assignment assigned() const {
        return assign_options(ink, cv::Rect(0, 0, ink.cols, ink.rows), options, outlines, size, pitch);
    }
};

TEST(BoxLabels, BoxesWithTheirLabelsBehindThemAreCertain) {
    Row row;
    for (const int characters : {2, 2, 6, 6}) row.add(characters, true);
    const Assignment result = row.assigned();
    EXPECT_THAT(result.outline, ::testing::ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(result.certain, Each(true));
}

/// The circled first box is not found, and 镇 looks like a box: their number is right, but the options are shifted by
/// one. What has ink at its left like a glyph in the middle of a word is not taken for a box without doubt.
TEST(BoxLabels, AGlyphInTheMiddleOfAWordIsNoCertainBox) {
    for (const bool in_word : {false, true}) {
        Row row;
        for (const int characters : {2, 2, 6}) row.add(characters, true);
        row.found(row.at, 0.78, in_word ? 0.7 : 0.1);
        row.add(6, false);
        const Assignment result = row.assigned();
        ASSERT_EQ(result.outline[3], 3);
        EXPECT_EQ(result.certain[3], !in_word);
    }
}

/// The third box is lost, and a glyph of its word looks like a marked box.
TEST(BoxLabels, WhatHasWordsBeforeItIsNoBox) {
    Row row;
    row.add(2, true);
    row.add(2, true);
    const int lost = row.at;
    row.add(6, false);
    row.found(lost + box_side + gap + 3 * character, 0.78);
    std::swap(row.outlines[2], row.outlines.back());
    row.add(6, true);
    const Assignment result = row.assigned();
    EXPECT_EQ(result.outline[2], -1);
    EXPECT_EQ(result.outline[3], 3);
}

TEST(BoxLabels, OfAGridOnlyTheColumnsHoldBoxes) {
    // One option a line; the box of the third is run over, 但 further right is not.
    const std::vector<std::string> lines{"退出公益性岗位", "承包土地被征用", "从事一定收入的劳动，但收入低", "刑满释放",
                                         "其他"};
    cv::Mat ink = cv::Mat::zeros(220, 520, CV_8UC1);
    std::vector<Outline> outlines;
    for (int i = 0; i < 5; ++i) {
        const int top = 10 + 40 * i, characters = static_cast<int>(label_length(lines[static_cast<std::size_t>(i)]));
        for (int k = 0; k < characters; ++k)
            cv::rectangle(ink, cv::Rect(10 + box_side + gap + k * character + 1, top, character - 3, box_side),
                          cv::Scalar(1), cv::FILLED);
        Outline outline;
        outline.rect = cv::Rect(i == 2 ? 10 + box_side + gap + 10 * character : 10, top, box_side, box_side);
        outline.score = 0.9;
        outline.clean = i != 2;
        outlines.push_back(outline);
    }
    const Assignment result = assign_options(ink, cv::Rect(0, 0, 520, 220), lines, outlines, size, pitch);
    EXPECT_THAT(result.outline, ::testing::ElementsAre(0, 1, -1, 3, 4));
}

} // namespace
} // namespace dengji::layout
