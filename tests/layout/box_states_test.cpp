#include "tests/layout/box_drawing.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout::testing {
namespace {

using templates::FieldKind;

/// A form with one group that takes one option, one that takes several, and one of two options.
std::vector<DrawnCell> three_groups() {
    return {{"schooling",
             FieldKind::choice,
             {{"小学", "初级中学", "普通高中", "技工学校"}, {"大学专科", "大学本科", "研究生", "无"}}},
            {"people",
             FieldKind::choices,
             {{"毕业生", "农民工", "残疾人员", "退伍军人"}, {"国企职工", "口岸人员", "志愿者"}}},
            {"benefit", FieldKind::choice, {{"是", "否"}}}};
}

class BoxStates : public ::testing::Test {
protected:
    DrawnSheet sheet{Printing{}, three_groups()};
};

TEST_F(BoxStates, BlankFormHasOnlyEmptyBoxes) {
    for (const PlacedBox& box : sheet.scan().boxes) EXPECT_EQ(box.state, BoxState::empty) << box.option;
}

TEST_F(BoxStates, EveryBoxIsFoundWhereItWasDrawn) {
    for (const PlacedBox& box : sheet.scan().boxes) {
        const cv::Rect drawn = sheet.drawn_box(box.option);
        EXPECT_LE(cv::norm(box.rect.tl() - drawn.tl()), 2) << box.option;
        EXPECT_NEAR(box.rect.width, drawn.width, 2) << box.option;
    }
}

TEST_F(BoxStates, PitchOfTheCharactersIsMeasured) {
    EXPECT_NEAR(sheet.scan().em, 26, 2);
}

struct Mark {
    const char* name;
    DrawnSheet::Pen pen;
};

class EveryMark : public ::testing::TestWithParam<Mark> {};

TEST_P(EveryMark, IsAMarkAndLeavesItsNeighboursEmpty) {
    DrawnSheet sheet(Printing{}, three_groups());
    sheet.mark("普通高中", GetParam().pen).mark("口岸人员", GetParam().pen).mark("否", GetParam().pen).scan();
    for (const char* option : {"普通高中", "口岸人员", "否"})
        EXPECT_EQ(sheet.state(option), BoxState::marked) << option;
    for (const char* option : {"小学", "初级中学", "技工学校", "大学本科", "国企职工", "农民工", "是"})
        EXPECT_EQ(sheet.state(option), BoxState::empty) << option;
}

INSTANTIATE_TEST_SUITE_P(Boxes, EveryMark,
                         ::testing::Values(Mark{"Tick", pens::tick()}, Mark{"ThinTick", pens::tick(30, 2)},
                                           Mark{"ColouredTick", pens::tick(150)}, Mark{"Cross", pens::cross()},
                                           Mark{"Slash", pens::slash()}, Mark{"Dot", pens::dot()},
                                           Mark{"Filled", pens::filled()}, Mark{"LongTick", pens::long_tick()}),
                         [](const auto& marked) { return marked.param.name; });

TEST_F(BoxStates, TickStruckThroughWithItsWordIsStruckOut) {
    sheet.mark("初级中学", pens::then(pens::tick(), pens::strike())).mark("普通高中", pens::tick()).scan();
    EXPECT_EQ(sheet.state("初级中学"), BoxState::struck_out);
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"普通高中"});
    EXPECT_FALSE(sheet.choice("schooling").doubtful);
}

TEST_F(BoxStates, TheOnlyInkOfAGroupMayBeAMarkThoughItLooksStruckOut) {
    sheet.mark("初级中学", pens::then(pens::tick(), pens::strike())).scan();
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"初级中学"});
    EXPECT_TRUE(sheet.choice("schooling").doubtful);
}

TEST_F(BoxStates, FilledBesideATickIsDoubtful) {
    sheet.mark("初级中学", pens::filled()).mark("普通高中", pens::tick()).scan();
    EXPECT_EQ(sheet.state("初级中学"), BoxState::doubtful);
    EXPECT_TRUE(sheet.choice("schooling").doubtful);
}

TEST_F(BoxStates, ScribbledBesideATickIsDoubtfulAndNotChosen) {
    sheet.mark("初级中学", pens::scribble()).mark("普通高中", pens::tick()).scan();
    EXPECT_EQ(sheet.state("初级中学"), BoxState::doubtful);
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"普通高中"});
    EXPECT_TRUE(sheet.choice("schooling").doubtful);
}

TEST_F(BoxStates, MissingOutlineIsDoubtfulNeverEmpty) {
    sheet.mark("技工学校", pens::white()).scan();
    EXPECT_EQ(sheet.state("技工学校"), BoxState::doubtful);
    EXPECT_EQ(sheet.box("技工学校").reasons.front().code, "box-outline-missing");
    EXPECT_EQ(sheet.state("普通高中"), BoxState::empty);
    EXPECT_EQ(sheet.state("大学专科"), BoxState::empty);
}

TEST_F(BoxStates, AllOptionsMarkedIsDoubtful) {
    sheet.mark("是", pens::tick()).mark("否", pens::tick()).scan();
    EXPECT_EQ(sheet.state("是"), BoxState::doubtful);
    EXPECT_EQ(sheet.state("否"), BoxState::doubtful);
}

TEST_F(BoxStates, PencilIsSeen) {
    sheet.mark("普通高中", pens::tick(222, 2)).scan();
    EXPECT_NE(sheet.state("普通高中"), BoxState::empty);
    EXPECT_TRUE(sheet.box("普通高中").likely_marked);
    EXPECT_EQ(sheet.state("小学"), BoxState::empty);
}

TEST_F(BoxStates, SpeckOfDustIsNoMark) {
    EXPECT_EQ(sheet.mark("普通高中", pens::speck()).scan().boxes[2].state, BoxState::empty);
}

TEST_F(BoxStates, ALargeSpeckIsForAPersonToJudge) {
    const auto large_speck = [](cv::Mat& page, cv::Rect box, cv::Rect) {
        cv::circle(page, (box.tl() + box.br()) / 2, box.width * 18 / 100, cv::Scalar(30), cv::FILLED);
    };
    sheet.mark("普通高中", DrawnSheet::Pen(large_speck)).scan();
    EXPECT_EQ(sheet.state("普通高中"), BoxState::doubtful);
    EXPECT_FALSE(sheet.box("普通高中").likely_marked);
    EXPECT_EQ(sheet.box("普通高中").reasons.size(), 1u) << "said once";
}

TEST_F(BoxStates, TickWhollyBesideItsBoxIsChosenAndDoubtful) {
    sheet.mark("初级中学", pens::beside()).scan();
    const GroupChoice choice = sheet.choice("schooling");
    EXPECT_EQ(choice.options, std::vector<std::string>{"初级中学"});
    EXPECT_TRUE(choice.doubtful);
}

TEST_F(BoxStates, TickAboveItsBoxIsNotPassedOverWhereSeveralMayBeTicked) {
    const auto above = [](cv::Mat& page, cv::Rect box, cv::Rect) {
        const cv::Point foot(box.x + box.width / 2, box.y - 1);
        cv::line(page, foot, foot + cv::Point(-box.width / 2, -box.height / 2), cv::Scalar(30), 3);
        cv::line(page, foot, foot + cv::Point(box.width * 4 / 5, -box.height * 4 / 5), cv::Scalar(30), 3);
    };
    sheet.mark("农民工", DrawnSheet::Pen(above)).mark("志愿者", pens::tick()).scan();
    EXPECT_EQ(sheet.state("农民工"), BoxState::doubtful);
    EXPECT_EQ(sheet.state("志愿者"), BoxState::marked);
    EXPECT_TRUE(sheet.choice("people").doubtful);
}

TEST_F(BoxStates, RingRoundBoxAndWordIsNotTakenForEmpty) {
    sheet.mark("农民工", pens::ring()).mark("大学本科", pens::ring()).scan();
    EXPECT_TRUE(sheet.box("农民工").likely_marked);
    EXPECT_TRUE(sheet.box("大学本科").likely_marked);
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"大学本科"});
}

/// A tick that begins at the first character of the word and leaves the line above it.
void tick_on_the_word(cv::Mat& page, cv::Rect box, cv::Rect label) {
    const cv::Point low(label.x + 4, box.br().y - 3);
    cv::line(page, low + cv::Point(-3, -6), low, cv::Scalar(30), 3);
    cv::line(page, low, {label.x + box.width, label.y - 8}, cv::Scalar(30), 3);
}

TEST_F(BoxStates, TickOnTheWordBesideItsBoxIsChosenAndDoubtful) {
    sheet.mark("大学本科", DrawnSheet::Pen(tick_on_the_word)).mark("否", DrawnSheet::Pen(tick_on_the_word)).scan();
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"大学本科"});
    EXPECT_TRUE(sheet.choice("schooling").doubtful);
    EXPECT_EQ(sheet.choice("benefit").options, std::vector<std::string>{"否"});
    EXPECT_TRUE(sheet.choice("people").options.empty());
    EXPECT_FALSE(sheet.choice("people").doubtful);
}

TEST_F(BoxStates, TickWhollyBesideItsBoxIsSeenWhereSeveralMayBeTicked) {
    sheet.mark("残疾人员", pens::beside()).mark("志愿者", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("people").options, (std::vector<std::string>{"残疾人员", "志愿者"}));
    EXPECT_TRUE(sheet.choice("people").doubtful);
}

TEST_F(BoxStates, FaintMarkBesideAClearOneIsNoSecondChoiceButShown) {
    sheet.mark("初级中学", pens::tick()).mark("研究生", pens::tick(222, 2)).scan();
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"初级中学"});
    EXPECT_TRUE(sheet.choice("schooling").doubtful);
}

TEST(BoxStatesOfAnyForm, LineThroughASingleCharacterIsForAPersonToJudge) {
    // 是 has a stroke as long as itself: a mark in its small box is not struck out by it.
    Printing printing;
    printing.box = 14;
    DrawnSheet sheet(printing, three_groups());
    const auto with_long_stroke = [](cv::Mat& page, cv::Rect box, cv::Rect label) {
        pens::tick()(page, box, label);
        const int y = box.y + box.height / 2;
        cv::line(page, {box.x, y}, {label.br().x, y}, cv::Scalar(30), 3);
    };
    sheet.mark("是", DrawnSheet::Pen(with_long_stroke)).scan();
    EXPECT_EQ(sheet.state("是"), BoxState::doubtful);
    EXPECT_EQ(sheet.choice("benefit").options, std::vector<std::string>{"是"});
    sheet.mark("否", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("benefit").options, std::vector<std::string>{"否"}) << "struck out, beside another mark";
}

TEST_F(BoxStates, StainOverABoxIsNoMark) {
    const auto stain = [](cv::Mat& page, cv::Rect box, cv::Rect) {
        cv::Mat area = page(cv::Rect(box.x - 30, box.y - 14, box.width + 60, box.height + 28));
        cv::subtract(area, 70, area);
    };
    sheet.mark("残疾人员", DrawnSheet::Pen(stain)).mark("志愿者", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("people").options, std::vector<std::string>{"志愿者"});
}

TEST_F(BoxStates, MarkUnderASealIsDoubtful) {
    sheet.mark("残疾人员", pens::tick()).mark("初级中学", pens::tick()).scan();
    Sheet sealed = sheet.scan();
    Seal seal;
    seal.radius = 150;
    for (const char* option : {"残疾人员", "初级中学"}) {
        const cv::Rect box = sheet.drawn_box(option);
        seal.centre = {box.x + box.width / 2.0 + 0.95 * seal.radius, box.y + box.height / 2.0};
        sealed.seals.push_back(seal);
    }
    doubt_marks_under_seals(sealed);
    const auto groups = choose_options(sealed);
    EXPECT_TRUE(groups.at("people").options.empty()) << "letters of the seal are no ticks";
    EXPECT_TRUE(groups.at("people").doubtful);
    EXPECT_EQ(groups.at("schooling").options, std::vector<std::string>{"初级中学"})
        << "the only one where one is asked";
    EXPECT_TRUE(groups.at("schooling").doubtful);
    sealed = sheet.scan();
    sealed.seals = {seal};
    sealed.seals[0].centre = {-1000, -1000};
    doubt_marks_under_seals(sealed);
    EXPECT_FALSE(choose_options(sealed).at("people").doubtful);
}

TEST(BoxStatesOfAnyForm, NoOptionCellsNoBoxes) {
    Sheet sheet;
    sheet.table.norm = cv::Mat(100, 100, CV_8U, cv::Scalar(255));
    sheet.table.ink = sheet.table.print_ink = cv::Mat::zeros(100, 100, CV_8U);
    find_boxes(sheet);
    EXPECT_TRUE(sheet.boxes.empty());
    EXPECT_TRUE(choose_options(sheet).empty());
}

TEST(BoxStatesOfAnyForm, BlankPaperWhereTheCellsShouldBeIsDoubtful) {
    DrawnSheet sheet(Printing{}, three_groups());
    for (const char* option :
         {"小学", "初级中学", "普通高中", "技工学校", "大学专科", "大学本科", "研究生", "无", "毕业生", "农民工",
          "残疾人员", "退伍军人", "国企职工", "口岸人员", "志愿者", "是", "否"})
        sheet.mark(option, [](cv::Mat& page, cv::Rect box, cv::Rect label) {
            cv::rectangle(page, (box | label) + cv::Size(8, 8) - cv::Point(4, 4), cv::Scalar(255), cv::FILLED);
        });
    for (const PlacedBox& box : sheet.scan().boxes) EXPECT_EQ(box.state, BoxState::doubtful) << box.option;
}

} // namespace
} // namespace dengji::layout::testing
