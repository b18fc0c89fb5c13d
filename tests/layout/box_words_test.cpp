#include "pipeline/layout/boxes.h"
#include "tests/layout/fields_page.h"

#include <gtest/gtest.h>

namespace dengji::layout {
namespace {

using templates::CellKind;
using tests::DrawnPage;

constexpr int side = 22, gap = 8;

/// A page with labels that tell its font and a cell of options, some of them without a box.
struct OptionsPage {
    DrawnPage page;
    std::vector<std::string> options{"小学",     "初级中学", "普通高中",   "技工学校",
                                     "职业高中", "中专技校", "硕士研究生", "博士研究生"};
    std::map<std::string, cv::Rect> places;

    explicit OptionsPage(const std::vector<std::string>& lost) {
        int y = 40;
        for (const char* label : {"姓名", "政治面貌", "健康状况", "户籍地址"}) {
            page.label(label, {20, y, 180, 50});
            y += 50;
        }
        templates::Cell& cell = page.cell(CellKind::options, "education", {200, 300, 1060, 120});
        cell.options = options;
        for (std::size_t i = 0; i < options.size(); ++i) {
            const cv::Point middle(230 + static_cast<int>(i % 4) * 250, 330 + static_cast<int>(i / 4) * 50);
            const cv::Rect box(middle.x, middle.y - side / 2, side, side);
            const bool is_lost = std::find(lost.begin(), lost.end(), options[i]) != lost.end();
            if (!is_lost)
                cv::rectangle(page.paper(), box.tl() - cv::Point(2, 2), box.br() + cv::Point(1, 1), cv::Scalar(30), 2);
            page.print(options[i], {box.br().x + gap, middle.y});
            places[options[i]] = box;
        }
    }
};

const PlacedBox& box_of(const Sheet& sheet, const std::string& option) {
    return *std::find_if(sheet.boxes.begin(), sheet.boxes.end(),
                         [&](const PlacedBox& box) { return box.option == option; });
}

TEST(BoxWords, ALostBoxStandsBesideItsWordAndIsForAPerson) {
    const std::vector<std::string> lost{"普通高中", "职业高中", "博士研究生"};
    OptionsPage drawn(lost);
    cv::line(drawn.page.paper(), drawn.places["职业高中"].tl() + cv::Point(4, 8),
             drawn.places["职业高中"].br() - cv::Point(4, 4), cv::Scalar(40), 4);
    Sheet sheet = drawn.page.sheet();
    find_boxes(sheet);
    for (const auto& [option, place] : drawn.places) {
        const PlacedBox& box = box_of(sheet, option);
        EXPECT_NEAR(box.rect.x, place.x, 6) << option;
        EXPECT_NEAR(box.rect.y, place.y, 6) << option;
        const bool is_lost = std::find(lost.begin(), lost.end(), option) != lost.end();
        EXPECT_EQ(box.state, is_lost ? BoxState::doubtful : BoxState::empty) << option;
        EXPECT_EQ(box.likely_marked, option == "职业高中") << option;
    }
}

} // namespace
} // namespace dengji::layout
