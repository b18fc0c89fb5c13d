#include "pipeline/layout/seal.h"

#include "pipeline/layout/fields.h"
#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

using templates::CellKind;
using tests::DrawnPage;
using tests::field_of;

constexpr int radius = 150;
const cv::Point centre{900, 400};

void draw_seal(cv::Mat& paper, int tone, const cv::Point& at = centre) {
    cv::circle(paper, at, radius, cv::Scalar(tone), 6, cv::LINE_AA);
    cv::circle(paper, at, 30, cv::Scalar(tone), cv::FILLED, cv::LINE_AA);
}

DrawnPage page_with_text() {
    DrawnPage page;
    for (int y = 60; y < 660; y += 40) {
        page.print("本人承诺填报的以上内容均真实、准确、有效", {60, y});
    }
    return page;
}

TEST(FindSeals, FindsTheRing) {
    DrawnPage page = page_with_text();
    draw_seal(page.paper(), 120);
    const Sheet sheet = page.sheet();
    const auto seals = find_seals(sheet.table.ink, page.em, sheet.table.width);
    ASSERT_EQ(seals.size(), 1U);
    EXPECT_LT(cv::norm(seals[0].centre - cv::Point2d(centre)), 12);
    EXPECT_NEAR(seals[0].radius, radius, 10);
}

TEST(FindSeals, FindsARingThatEndsAtTheTablesEdge) {
    DrawnPage page = page_with_text();
    draw_seal(page.paper(), 120, {900, 690});
    const Sheet sheet = page.sheet();
    EXPECT_EQ(find_seals(sheet.table.ink, page.em, sheet.table.width).size(), 1U);
}

TEST(FindSeals, TextAndEmptyPaperHaveNone) {
    const Sheet text = page_with_text().sheet();
    EXPECT_TRUE(find_seals(text.table.ink, 24, text.table.width).empty());
    EXPECT_TRUE(find_seals(cv::Mat::zeros(700, 1300, CV_8UC1), 24, 1260).empty());
    EXPECT_TRUE(find_seals(cv::Mat(), 24, 1260).empty());
}

/// A written field away from the seal, and an empty and a written one below it.
DrawnPage sealed_page(int seal_tone) {
    DrawnPage page;
    page.cell(CellKind::field, "elsewhere", {60, 100, 500, 50});
    page.cell(CellKind::field, "empty", {700, 300, 500, 50});
    page.cell(CellKind::field, "written", {700, 450, 500, 50});
    page.scrawl({100, 125}, 4);
    page.scrawl({820, 475}, 6);
    draw_seal(page.paper(), seal_tone);
    return page;
}

Sheet judged(const DrawnPage& page, bool tonal) {
    Sheet sheet = page.sheet(tonal);
    find_fields(sheet);
    judge_presence(sheet);
    return sheet;
}

TEST(PresenceUnderSeal, OnGreyPagesOnlyTheDarkPartCounts) {
    const Sheet sheet = judged(sealed_page(150), true);
    EXPECT_EQ(field_of(sheet, "empty")->presence, Presence::empty);
    EXPECT_TRUE(field_of(sheet, "empty")->under_seal);
    EXPECT_EQ(field_of(sheet, "written")->presence, Presence::written);
    EXPECT_FALSE(field_of(sheet, "elsewhere")->under_seal);
}

TEST(PresenceUnderSeal, OnBlackAndWhitePagesItIsDoubtful) {
    const Sheet sheet = judged(sealed_page(0), false);
    EXPECT_EQ(field_of(sheet, "empty")->presence, Presence::doubtful);
    EXPECT_FALSE(field_of(sheet, "empty")->reasons.empty());
    EXPECT_EQ(field_of(sheet, "elsewhere")->presence, Presence::written);
}

TEST(PresenceUnderSeal, ADarkSealOnAGreyPageIsNotTakenForAPen) {
    EXPECT_EQ(field_of(judged(sealed_page(50), true), "empty")->presence, Presence::doubtful);
}

} // namespace
} // namespace dengji::layout
