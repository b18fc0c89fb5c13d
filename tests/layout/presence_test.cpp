#include "pipeline/layout/presence.h"

#include "pipeline/layout/fields.h"
#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

using templates::CellKind;
using tests::DrawnPage;
using tests::field_of;

constexpr auto field_kind = CellKind::field;

/// Three cells under each other; things are drawn into the middle one.
struct ThreeCells {
    DrawnPage page;
    const cv::Rect above{200, 100, 500, 50}, cell{200, 150, 500, 50}, below{200, 200, 500, 50};
    const cv::Point middle{300, 175};

    ThreeCells() {
        page.cell(field_kind, "above", above);
        page.cell(field_kind, "cell", cell);
        page.cell(field_kind, "below", below);
    }

    Sheet judged(bool tonal = true) const {
        Sheet sheet = page.sheet(tonal);
        find_fields(sheet);
        judge_presence(sheet);
        return sheet;
    }
    Presence presence(bool tonal = true) const { return field_of(judged(tonal), "cell")->presence; }
};

TEST(Presence, AnEmptyCellIsEmpty) {
    ThreeCells cells;
    EXPECT_EQ(cells.presence(), Presence::empty);
    EXPECT_EQ(cells.presence(false), Presence::empty);
}

TEST(Presence, BoldRulesAreNotWriting) {
    for (int line = 1; line <= 6; ++line) {
        DrawnPage page;
        page.cell(field_kind, "cell", {200, 150, 500, 50}, line);
        Sheet sheet = page.sheet();
        find_fields(sheet);
        judge_presence(sheet);
        EXPECT_EQ(sheet.fields[0].presence, Presence::empty) << line;
        EXPECT_GT(sheet.fields[0].area.y, 150 + line / 2.0);
    }
}

TEST(Presence, WordsAndSingleStrokesAreWriting) {
    ThreeCells word, dash, slash, digit;
    word.page.scrawl(word.middle, 3);
    dash.page.stroke(dash.middle, dash.middle + cv::Point(22, 0));
    slash.page.stroke({400, 195}, {430, 155});
    digit.page.stroke({300, 165}, {298, 185});
    EXPECT_EQ(word.presence(), Presence::written);
    EXPECT_EQ(dash.presence(), Presence::written);
    EXPECT_EQ(slash.presence(), Presence::written);
    EXPECT_EQ(digit.presence(), Presence::written);
}

TEST(Presence, PencilIsSeen) {
    ThreeCells cells;
    cells.page.scrawl(cells.middle, 3, 195);
    EXPECT_EQ(cells.presence(), Presence::written);
}

TEST(Presence, StrokesPalerThanInkAreDoubtful) {
    ThreeCells cells;
    cells.page.scrawl(cells.middle, 3, 222);
    const Sheet sheet = cells.judged();
    EXPECT_EQ(field_of(sheet, "cell")->presence, Presence::doubtful);
    EXPECT_FALSE(field_of(sheet, "cell")->reasons.empty());
}

TEST(Presence, TheSoftEdgesOfRulesAreNoFaintStrokes) {
    ThreeCells cells;
    Sheet sheet = cells.page.sheet();
    find_fields(sheet);
    const cv::Rect2d area = field_of(sheet, "cell")->area;
    const cv::Point left(static_cast<int>(std::ceil(area.x)), static_cast<int>(std::floor(area.br().y)) - 1);
    cv::line(cells.page.paper(), left, left + cv::Point(120, 0), cv::Scalar(215), 1); // around a corner
    cv::line(cells.page.paper(), left, left - cv::Point(0, 30), cv::Scalar(215), 1);
    EXPECT_EQ(cells.presence(), Presence::empty);
}

TEST(Presence, SpecksAndBlotsAreNotWriting) {
    ThreeCells cells;
    for (int x = 220; x < 680; x += 60) {
        cv::circle(cells.page.paper(), {x, 160 + x % 30}, 1 + x % 3, cv::Scalar(30), cv::FILLED);
    }
    EXPECT_EQ(cells.presence(), Presence::empty);
}

TEST(Presence, ALargeBlotIsDoubtful) {
    ThreeCells cells;
    cv::circle(cells.page.paper(), cells.middle, 5, cv::Scalar(30), cv::FILLED);
    EXPECT_EQ(cells.presence(), Presence::doubtful);
}

TEST(Presence, WhatHangsOverFromTheNeighbourIsTheNeighbours) {
    ThreeCells cells;
    // Strokes of the cell above whose feet reach over the rule.
    for (int x = 260; x < 500; x += 40) {
        cells.page.stroke({x, 118}, {x - 6, 158});
    }
    const Sheet sheet = cells.judged();
    EXPECT_EQ(field_of(sheet, "above")->presence, Presence::written);
    EXPECT_EQ(field_of(sheet, "cell")->presence, Presence::empty);
}

TEST(Presence, OwnWritingThatCrossesARuleStaysWriting) {
    ThreeCells cells;
    cells.page.stroke({300, 155}, {296, 206});
    cells.page.stroke({330, 158}, {335, 204});
    EXPECT_EQ(cells.presence(), Presence::written);
}

TEST(Presence, ALeaningOrSecondRuleIsNotWriting) {
    ThreeCells cells;
    cells.page.stroke({693, 152}, {689, 198}, 60, 1);
    EXPECT_EQ(cells.presence(), Presence::empty);
}

TEST(Presence, DigitsErodedToDotsOnABlackAndWhiteScanAreDoubtful) {
    ThreeCells cells;
    for (int y = 164; y < 188; y += 5) {
        cells.page.paper()(cv::Rect(300 + y % 3, y, 2, 3)).setTo(0);
        cells.page.paper()(cv::Rect(318 - y % 2, y, 3, 2)).setTo(0);
    }
    EXPECT_EQ(cells.presence(false), Presence::doubtful);
}

TEST(Presence, MoreInkNeverMakesLessOfIt) {
    // A law: adding strokes never turns written into empty.
    ThreeCells cells;
    double before = 0;
    for (int i = 0; i < 12; ++i) {
        cells.page.stroke({220 + i * 30, 165}, {232 + i * 30, 186});
        const Sheet sheet = cells.judged();
        const PlacedField& field = *field_of(sheet, "cell");
        EXPECT_EQ(field.presence, Presence::written);
        EXPECT_GT(field.ink_ems, before);
        before = field.ink_ems;
    }
}

} // namespace
} // namespace dengji::layout
