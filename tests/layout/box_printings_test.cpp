#include "tests/layout/box_drawing.h"

#include <gtest/gtest.h>

namespace dengji::layout::testing {
namespace {

using templates::FieldKind;

struct PrintedSo {
    const char* name;
    Printing printing;
};

Printing with(const std::function<void(Printing&)>& change) {
    Printing printing;
    change(printing);
    return printing;
}

/// Labels hold glyphs that look like boxes, empty (口) or marked (国).
std::vector<DrawnCell> lists_of_options() {
    return {{"schooling",
             FieldKind::choice,
             {{"小学", "初级中学", "普通高中", "国立学校"}, {"大学专科", "大学本科", "户口所在地"}}},
            {"reason", FieldKind::choice, {{"国企改制", "合同到期的劳动者"}, {"口头解除", "破产"}, {"辞职", "其他"}}},
            {"people", FieldKind::choices, {{"毕业生", "农民工"}, {"残疾人员", "中国公民"}}}};
}

class EveryPrinting : public ::testing::TestWithParam<PrintedSo> {};

TEST_P(EveryPrinting, EmptyAndMarkedBoxesAreToldApart) {
    DrawnSheet sheet(GetParam().printing, lists_of_options());
    sheet.mark("普通高中", pens::tick()).mark("口头解除", pens::cross()).mark("残疾人员", pens::tick()).scan();
    for (const char* group : {"schooling", "reason", "people"}) EXPECT_FALSE(sheet.choice(group).doubtful) << group;
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"普通高中"});
    EXPECT_EQ(sheet.choice("reason").options, std::vector<std::string>{"口头解除"});
    EXPECT_EQ(sheet.choice("people").options, std::vector<std::string>{"残疾人员"});
}

INSTANTIATE_TEST_SUITE_P(Boxes, EveryPrinting,
                         ::testing::Values(PrintedSo{"AsUsual", Printing{}},
                                           PrintedSo{"SmallBoxes", with([](Printing& p) {
                                                         p.box = 13;
                                                         p.em = 19;
                                                     })},
                                           PrintedSo{"LargeBoxes", with([](Printing& p) {
                                                         p.box = 32;
                                                         p.em = 36;
                                                         p.line = 54;
                                                     })},
                                           PrintedSo{"BoxesSmallerThanTheWords", with([](Printing& p) {
                                                         p.box = 16;
                                                         p.em = 28;
                                                     })},
                                           PrintedSo{"ThinOutlines", with([](Printing& p) { p.stroke = 1; })},
                                           PrintedSo{"ThickOutlines", with([](Printing& p) { p.stroke = 4; })},
                                           PrintedSo{"PaleOutlines", with([](Printing& p) {
                                                         p.outline = 190;
                                                         p.stroke = 2;
                                                     })},
                                           PrintedSo{"LabelsFarFromTheirBoxes", with([](Printing& p) { p.gap = 16; })},
                                           PrintedSo{"NextBoxClose", with([](Printing& p) { p.between = 14; })},
                                           PrintedSo{"LinesClose", with([](Printing& p) { p.line = 31; })},
                                           PrintedSo{"BoxesAtTheRulingLine", with([](Printing& p) { p.indent = 2; })},
                                           PrintedSo{"Blurred", with([](Printing& p) { p.blur = 1.4; })},
                                           PrintedSo{"BlackAndWhite", with([](Printing& p) {
                                                         p.bitonal = true;
                                                         p.blur = 0.8;
                                                     })}),
                         [](const auto& printing) { return printing.param.name; });

/// Rubs out two pixels of each side of every box.
void break_outlines(DrawnSheet& sheet, const std::vector<std::string>& options) {
    for (const std::string& option : options)
        sheet.mark(option, [](cv::Mat& page, cv::Rect b, cv::Rect) {
            page(cv::Rect(b.x - 3, b.y + b.height / 3, 4, 2)).setTo(255);
            page(cv::Rect(b.br().x - 1, b.y + b.height / 2, 4, 2)).setTo(255);
            page(cv::Rect(b.x + b.width / 4, b.y - 3, 2, 4)).setTo(255);
            page(cv::Rect(b.x + b.width / 2, b.br().y - 1, 2, 4)).setTo(255);
        });
}

TEST(BoxPrintings, BrokenOutlinesOfAFaxAreFound) {
    DrawnSheet sheet(with([](Printing& p) { p.bitonal = true; }), lists_of_options());
    break_outlines(sheet, {"小学", "初级中学", "普通高中", "国立学校", "大学专科", "大学本科", "户口所在地", "国企改制",
                           "破产", "辞职"});
    sheet.mark("普通高中", pens::tick()).mark("破产", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("schooling").options, std::vector<std::string>{"普通高中"});
    EXPECT_FALSE(sheet.choice("schooling").doubtful);
    EXPECT_EQ(sheet.choice("reason").options, std::vector<std::string>{"破产"});
}

TEST(BoxPrintings, OneOptionEachLine) {
    DrawnSheet sheet(
        Printing{},
        {{"reason", FieldKind::choice, {{"合同到期"}, {"国企改制"}, {"口头解除"}, {"因故辞职"}, {"其他"}}}});
    sheet.mark("因故辞职", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("reason").options, std::vector<std::string>{"因故辞职"});
    EXPECT_FALSE(sheet.choice("reason").doubtful);
}

TEST(BoxPrintings, FormWithTwoBoxesOnly) {
    DrawnSheet sheet(Printing{}, {{"benefit", FieldKind::choice, {{"是", "否"}}}});
    sheet.mark("否", pens::tick()).scan();
    EXPECT_EQ(sheet.choice("benefit").options, std::vector<std::string>{"否"});
    EXPECT_EQ(sheet.state("是"), BoxState::empty);
}

} // namespace
} // namespace dengji::layout::testing
