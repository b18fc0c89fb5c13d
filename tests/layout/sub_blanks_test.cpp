#include "pipeline/layout/fields.h"

#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace dengji::layout {
namespace {

using templates::CellKind;
using tests::DrawnPage;
using tests::field_of;

const std::vector<templates::Blank> address = {
    {"省（区/市）", "province"}, {"市（州）", "city"}, {"县（区）", "county"}, {"（详细地址）", "detail"}};
constexpr int lefts[] = {160, 380, 560, 900};

/// Two address rows and a date, with labels that tell the font.
struct AddressPage {
    DrawnPage page;
    std::vector<cv::Rect> words; ///< of the first row
    double size;

    explicit AddressPage(int font = 0, double ratio = 0.75, bool narrow = false) {
        page.font = font;
        size = ratio * page.em;
        int y = 40;
        for (const char* label : {"姓名", "政治面貌", "健康状况", "户籍地址"}) {
            page.label(label, {20, y, 180, 50});
            y += 50;
        }
        for (const int top : {300, 350}) {
            page.cell(CellKind::blanks, top == 300 ? "home" : "living", {200, top, 1060, 50}).blanks = address;
            for (size_t i = 0; i < address.size(); ++i) {
                std::string word = address[i].word;
                if (narrow) {
                    word = std::vector<std::string>{"省(区/市)", "市(州)", "县(区)", "(详细地址)"}[i];
                }
                const cv::Rect place = page.print(word, {200 + lefts[i], top + 25}, size);
                if (top == 300) {
                    words.push_back(place);
                }
            }
        }
        page.cell(CellKind::blanks, "since", {200, 400, 500, 50}).blanks = {{"年", "year"}, {"月", "month"}};
        page.print("年", {400, 425});
        page.print("月", {560, 425});
    }

    void expect_places(const std::vector<int>& fonts, double tolerance) const {
        Sheet sheet = page.sheet();
        find_fields(sheet, fonts);
        for (size_t i = 0; i < address.size(); ++i) {
            const PlacedField* field = field_of(sheet, "home." + address[i].part);
            ASSERT_NE(field, nullptr);
            EXPECT_NEAR(field->area.br().x, words[i].x, tolerance) << address[i].part;
            EXPECT_NEAR(field->area.x, i == 0 ? 202 : words[i - 1].br().x, tolerance) << address[i].part;
            EXPECT_TRUE(field->reasons.empty()) << address[i].part;
        }
        EXPECT_NEAR(field_of(sheet, "since.year")->area.br().x, 400, tolerance);
        EXPECT_NEAR(field_of(sheet, "since.month")->area.br().x, 560, tolerance);
    }
};

std::vector<int> all_fonts() {
    std::vector<int> fonts;
    for (int i = 0; i < font_count(); ++i) {
        fonts.push_back(i);
    }
    return fonts;
}

TEST(SubBlanks, AreFoundInEveryFont) {
    for (const int font : all_fonts()) {
        SCOPED_TRACE(font);
        AddressPage(font).expect_places(all_fonts(), 6);
    }
}

TEST(SubBlanks, AreFoundInAFontThatIsNotInstalled) {
    if (font_count() < 3) {
        GTEST_SKIP() << "needs several Chinese fonts";
    }
    for (const int font : all_fonts()) {
        SCOPED_TRACE(font);
        std::vector<int> others = all_fonts();
        std::erase(others, font);
        AddressPage(font).expect_places(others, 9);
    }
}

TEST(SubBlanks, AreFoundInAnySize) {
    for (const double ratio : {0.62, 0.7, 0.86, 1.0, 1.1}) {
        SCOPED_TRACE(ratio);
        AddressPage(0, ratio).expect_places(all_fonts(), 7);
    }
}

TEST(SubBlanks, AreFoundWithNarrowParentheses) {
    AddressPage(0, 0.75, true).expect_places(all_fonts(), 7);
}

TEST(SubBlanks, RowsVoteWhenWritingLiesOnAWord) {
    AddressPage drawn;
    drawn.page.scrawl({200 + lefts[2] - 30, 325}, 3); // over 县（区） of the first row only
    drawn.expect_places(all_fonts(), 7);
}

TEST(SubBlanks, WritingThatGoesOnOverTheClosingWordIsTold) {
    AddressPage drawn;
    // Of the first row the last characters stand on （详细地址）; those of the second end before it.
    drawn.page.scrawl({drawn.words[3].x - 60, 325}, 3);
    drawn.page.scrawl({drawn.words[3].x - 60, 375}, 2);
    Sheet sheet = drawn.page.sheet();
    find_fields(sheet);
    EXPECT_TRUE(field_of(sheet, "home.detail")->runs_on);
    EXPECT_FALSE(field_of(sheet, "living.detail")->runs_on);
    EXPECT_FALSE(field_of(sheet, "home.county")->runs_on);
    EXPECT_FALSE(field_of(sheet, "home.province")->runs_on);
}

TEST(SubBlanks, AStrokeThatCrossesIntoTheClosingWordIsTold) {
    AddressPage drawn;
    const int y = 325, x = drawn.words[2].x; // 县（区）
    drawn.page.stroke({x - 16, y - 8}, {x + 12, y + 6});
    Sheet sheet = drawn.page.sheet();
    find_fields(sheet);
    EXPECT_TRUE(field_of(sheet, "home.county")->runs_on);
    EXPECT_FALSE(field_of(sheet, "living.county")->runs_on);
}

TEST(SubBlanks, WritingIsToldFromEmptyBlanks) {
    AddressPage drawn;
    drawn.page.scrawl({230, 325}, 4);
    drawn.page.scrawl({650, 325}, 2);
    Sheet sheet = drawn.page.sheet();
    find_fields(sheet);
    judge_presence(sheet);
    EXPECT_EQ(field_of(sheet, "home.province")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "home.city")->presence, Presence::empty);
    EXPECT_EQ(field_of(sheet, "home.county")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "home.detail")->presence, Presence::empty);
    EXPECT_EQ(field_of(sheet, "living.province")->presence, Presence::empty);
    EXPECT_EQ(field_of(sheet, "since.year")->presence, Presence::empty);
}

TEST(SubBlanks, PrintedUnderlinesAreNotWriting) {
    AddressPage drawn;
    for (size_t i = 0; i < address.size(); ++i) {
        const int right = drawn.words[i].x - 6;
        const int left = i == 0 ? 210 : drawn.words[i - 1].br().x + 6;
        cv::line(drawn.page.paper(), {left, 338}, {right, 338}, cv::Scalar(40), 1);
    }
    drawn.page.scrawl({230, 322}, 4);
    Sheet sheet = drawn.page.sheet();
    find_fields(sheet);
    judge_presence(sheet);
    EXPECT_EQ(field_of(sheet, "home.province")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "home.city")->presence, Presence::empty);
    EXPECT_EQ(field_of(sheet, "home.detail")->presence, Presence::empty);
}

TEST(SubBlanks, WordsThatAreMissingMakeTheFieldsDoubtful) {
    DrawnPage page;
    page.label("姓名", {20, 40, 180, 50});
    page.label("政治面貌", {20, 90, 180, 50});
    page.cell(CellKind::blanks, "home", {200, 300, 1060, 50}).blanks = address;
    page.scrawl({260, 325}, 12);
    Sheet sheet = page.sheet();
    find_fields(sheet);
    for (const templates::Blank& blank : address) {
        const PlacedField* field = field_of(sheet, "home." + blank.part);
        ASSERT_NE(field, nullptr);
        EXPECT_LT(field->certainty, 0.5) << blank.part;
        EXPECT_FALSE(field->reasons.empty()) << blank.part;
    }
}

TEST(SubBlanks, ACellTooSmallForItsWordsIsDoubtful) {
    DrawnPage page;
    page.cell(CellKind::blanks, "home", {200, 300, 60, 20}).blanks = address;
    Sheet sheet = page.sheet();
    find_fields(sheet);
    judge_presence(sheet);
    EXPECT_EQ(field_of(sheet, "home.city")->certainty, 0);
    EXPECT_EQ(field_of(sheet, "home.city")->presence, Presence::doubtful);
}

} // namespace
} // namespace dengji::layout
