#include "pipeline/layout/fields.h"

#include "pipeline/layout/fields_underline.h"
#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

using templates::CellKind;
using tests::DrawnPage;
using tests::field_of;

TEST(Fields, AFieldIsTheInsideOfItsCell) {
    DrawnPage page;
    page.cell(CellKind::field, "name", {200, 100, 300, 50});
    Sheet sheet = page.sheet();
    find_fields(sheet);
    ASSERT_EQ(sheet.fields.size(), 1U);
    const cv::Rect2d area = sheet.fields[0].area;
    EXPECT_GT(area.x, 200);
    EXPECT_LT(area.x, 206);
    EXPECT_LT(area.br().x, 500);
    EXPECT_GT(area.br().y, 144);
    EXPECT_EQ(sheet.fields[0].certainty, 1);
}

TEST(Fields, TheSecondLineOfAFrameIsLeftOut) {
    DrawnPage page;
    const cv::Rect rect(900, 20, 380, 60); // its right and upper side are the table's frame
    page.cell(CellKind::field, "name", rect);
    cv::line(page.paper(), {1272, 0}, {1272, 80}, cv::Scalar(30), 1);
    cv::line(page.paper(), {900, 28}, {1300, 28}, cv::Scalar(30), 1);
    Sheet sheet = page.sheet();
    find_fields(sheet);
    judge_presence(sheet);
    EXPECT_LT(sheet.fields[0].area.br().x, 1272);
    EXPECT_GT(sheet.fields[0].area.y, 28);
    EXPECT_EQ(sheet.fields[0].presence, Presence::empty);
}

TEST(Fields, ACellCutByGuessMakesItsFieldDoubtful) {
    DrawnPage page;
    page.cell(CellKind::field, "name", {200, 100, 300, 50});
    Sheet sheet = page.sheet();
    sheet.cells[0].doubtful = true;
    find_fields(sheet);
    EXPECT_LT(sheet.fields[0].certainty, 0.5);
    EXPECT_EQ(sheet.fields[0].reasons.size(), 1U);
}

TEST(Fields, ASheetWithoutCellsHasNone) {
    Sheet sheet = DrawnPage().sheet();
    find_fields(sheet);
    judge_presence(sheet);
    EXPECT_TRUE(sheet.fields.empty());
}

/// "其他：____（请填写）" as the last option of a cell.
struct OtherOption {
    DrawnPage page;
    const cv::Rect box{220, 310, 20, 20};

    OtherOption() {
        templates::Cell& cell = page.cell(CellKind::options, "reason", {200, 200, 600, 140});
        cell.options = {"从各类单位辞职", "其他"};
        cell.other_key = "reason.other";
        cv::rectangle(page.paper(), box, cv::Scalar(30), 1);
        page.print("其他：", {246, 320});
        page.print("（请填写）", {520, 320});
    }

    Sheet found(bool with_box = true) const {
        Sheet sheet = page.sheet();
        PlacedBox placed;
        placed.group = "reason";
        placed.option = "其他";
        placed.rect = with_box ? box : cv::Rect();
        sheet.boxes.push_back(placed);
        find_fields(sheet);
        judge_presence(sheet);
        return sheet;
    }
};

TEST(Underline, IsTheFieldBehindTheLastOption) {
    OtherOption option;
    cv::line(option.page.paper(), {330, 333}, {505, 331}, cv::Scalar(40), 1);
    const Sheet empty = option.found();
    const PlacedField* field = field_of(empty, "reason.other");
    ASSERT_NE(field, nullptr);
    EXPECT_NEAR(field->area.x, 330, 4);
    EXPECT_NEAR(field->area.br().x, 505, 4);
    EXPECT_LT(field->area.br().y, 333);
    EXPECT_TRUE(field->reasons.empty());
    EXPECT_EQ(field->presence, Presence::empty);
    option.page.scrawl({350, 318}, 4);
    EXPECT_EQ(field_of(option.found(), "reason.other")->presence, Presence::written);
}

TEST(Underline, MissingLineOrBoxIsDoubtful) {
    const OtherOption option;
    const Sheet no_line = option.found();
    EXPECT_LT(field_of(no_line, "reason.other")->certainty, 0.5);
    EXPECT_FALSE(field_of(no_line, "reason.other")->reasons.empty());
    const Sheet no_box = option.found(false);
    EXPECT_EQ(field_of(no_box, "reason.other")->certainty, 0);
    EXPECT_EQ(field_of(no_box, "reason.other")->presence, Presence::doubtful);
}

/// A declaration with the date on the line below, or on the signature's line.
struct DeclarationCell {
    DrawnPage page;
    bool one_line;

    explicit DeclarationCell(bool on_one_line) : one_line(on_one_line) {
        page.label("姓名", {20, 40, 180, 50});
        page.label("政治面貌", {20, 90, 180, 50});
        templates::Cell& cell = page.cell(CellKind::declaration, "", {20, 300, 1260, 180});
        cell.signature_key = "signature";
        cell.signature_word = "申请人（签字）";
        cell.date_key = "signed_on";
        cell.date_blanks = {{"年", "year"}, {"月", "month"}, {"日", "day"}};
        page.print("本人承诺填报的以上内容均真实、准确、有效，如与实际情况不一致，本人愿意承担责任", {60, 330});
        page.print("申请人（签字）：", {200, 390});
        int x = 700;
        for (const char* word : {"年", "月", "日"}) {
            page.print(word, {x, date_line()});
            x += 120;
        }
    }

    int date_line() const { return one_line ? 390 : 445; }

    Sheet judged() const {
        Sheet sheet = page.sheet();
        find_fields(sheet);
        judge_presence(sheet);
        return sheet;
    }
};

class Declaration : public testing::TestWithParam<bool> {};

TEST_P(Declaration, UnsignedAndUndatedIsEmpty) {
    const Sheet sheet = DeclarationCell(GetParam()).judged();
    for (const char* key : {"signature", "signed_on.year", "signed_on.month", "signed_on.day"}) {
        ASSERT_NE(field_of(sheet, key), nullptr) << key;
        EXPECT_EQ(field_of(sheet, key)->presence, Presence::empty) << key;
        EXPECT_TRUE(field_of(sheet, key)->reasons.empty()) << key;
    }
}

TEST_P(Declaration, SignatureAndDateAreTold) {
    DeclarationCell cell(GetParam());
    cell.page.scrawl({420, 390}, 3);
    cell.page.scrawl({740, cell.date_line()}, 1);
    const Sheet sheet = cell.judged();
    EXPECT_EQ(field_of(sheet, "signature")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "signed_on.year")->presence, Presence::empty);
    EXPECT_EQ(field_of(sheet, "signed_on.month")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "signed_on.day")->presence, Presence::empty);
}

TEST_P(Declaration, ALongYearBelongsToTheDate) {
    DeclarationCell cell(GetParam());
    cell.page.scrawl({420, 390}, 3);
    cell.page.scrawl({570, cell.date_line()}, 4);
    const Sheet sheet = cell.judged();
    EXPECT_EQ(field_of(sheet, "signed_on.year")->presence, Presence::written);
    EXPECT_LT(field_of(sheet, "signed_on.year")->area.x, 571);
    EXPECT_EQ(field_of(sheet, "signature")->presence, Presence::written);
}

INSTANTIATE_TEST_SUITE_P(Lines, Declaration, testing::Bool());

TEST(DeclarationLine, ALineToSignOnIsNotASignature) {
    DeclarationCell cell(false);
    cv::line(cell.page.paper(), {400, 404}, {640, 404}, cv::Scalar(40), 1);
    EXPECT_EQ(field_of(cell.judged(), "signature")->presence, Presence::empty);
}

} // namespace
} // namespace dengji::layout
