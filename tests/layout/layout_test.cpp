#include "pipeline/layout/layout.h"

#include "tests/layout/drawn_form.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::layout {
namespace {

const std::filesystem::path source = DENGJI_SOURCE_DIR;

const std::vector<templates::Form>& registration() {
    static const auto forms = templates::load_forms(source / "templates/forms");
    return forms;
}

intake::Page page_of(const cv::Mat& image) {
    intake::Page page;
    page.image = image;
    return page;
}

std::size_t cells_of(const templates::FormPage& page) {
    std::size_t n = 0;
    for (const auto& row : page.rows)
        for (const auto& column : row) n += column.size();
    return n;
}

/// Every cell of the definition was found, its middle where `place` says that it was drawn.
void expect_cells(const Sheet& sheet, const DrawnForm& drawn, const std::function<cv::Point2d(cv::Point2d)>& place,
                  double tolerance) {
    ASSERT_EQ(sheet.kind, PageKind::form);
    ASSERT_EQ(sheet.cells.size(), drawn.cells.size());
    for (std::size_t i = 0; i < drawn.cells.size(); ++i) {
        const auto& drawn_cell = drawn.cells[i];
        const auto& found = sheet.cells[i].rect;
        const auto at = sheet.table.to_page({found.x + found.width / 2, found.y + found.height / 2});
        const auto wanted = place({drawn_cell.x + drawn_cell.width / 2, drawn_cell.y + drawn_cell.height / 2});
        EXPECT_LT(cv::norm(at - wanted), tolerance) << "cell " << i;
    }
}

const auto unmoved = [](cv::Point2d p) { return p; };

TEST(Layout, FindsEveryCellOfACleanSheet) {
    const auto drawn = draw_form(registration()[0].pages[0]);
    const auto sheet = lay_out(page_of(drawn.image), registration());
    EXPECT_EQ(sheet.orientation, 0);
    EXPECT_LT(sheet.residual, .01);
    expect_cells(sheet, drawn, unmoved, 3);
}

/// Index of a definition's row among the drawn cells: of its first cell.
std::size_t first_cell_of(const templates::FormPage& page, std::size_t row) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < row; ++i)
        for (const auto& column : page.rows[i]) n += column.size();
    return n;
}

TEST(Layout, ARuleLostBetweenTwoRowsIsNoMissingRow) {
    // 文化程度 and 人员类别 look alike, and so does 户籍性质 above: which of them is missing, only the heights say.
    // Rows of three bands further down make up for the lost one in number.
    const auto& page = registration()[0].pages[0];
    const std::size_t lower = 5;
    auto drawn = draw_form(page);
    const cv::Rect2d cell = drawn.cells[first_cell_of(page, lower)];
    cv::rectangle(drawn.image, cv::Rect(0, cvRound(cell.y) - 4, drawn.image.cols, 9) & cv::Rect(130, 0, 1380, 9999),
                  cv::Scalar::all(255), cv::FILLED);
    const auto sheet = lay_out(page_of(drawn.image), registration());
    ASSERT_EQ(sheet.kind, PageKind::form);
    ASSERT_EQ(sheet.cells.size(), drawn.cells.size());
    for (const std::size_t row : {std::size_t{3}, lower - 1, lower, lower + 1}) {
        const std::size_t i = first_cell_of(page, row);
        const auto at = sheet.table.to_page(sheet.cells[i].rect.tl());
        EXPECT_NEAR(at.y, drawn.cells[i].y, 0.5 * drawn.cells[i].height) << "row " << row;
    }
}

struct Turn {
    int code, orientation;
    std::function<cv::Point2d(cv::Point2d, cv::Size)> place;
};

TEST(Layout, KnowsWhichWayUpASheetLies) {
    const auto drawn = draw_form(registration()[0].pages[0]);
    const std::vector<Turn> turns{
        {cv::ROTATE_180, 180,
         [](cv::Point2d p, cv::Size s) { return cv::Point2d(s.width - 1 - p.x, s.height - 1 - p.y); }},
        {cv::ROTATE_90_CLOCKWISE, 270, [](cv::Point2d p, cv::Size s) { return cv::Point2d(s.height - 1 - p.y, p.x); }},
        {cv::ROTATE_90_COUNTERCLOCKWISE, 90,
         [](cv::Point2d p, cv::Size s) { return cv::Point2d(p.y, s.width - 1 - p.x); }},
    };
    for (const auto& turn : turns) {
        cv::Mat image;
        cv::rotate(drawn.image, image, turn.code);
        const auto sheet = lay_out(page_of(image), registration());
        EXPECT_EQ(sheet.orientation, turn.orientation);
        expect_cells(
            sheet, drawn, [&](cv::Point2d p) { return turn.place(p, drawn.image.size()); }, 3);
    }
}

TEST(Layout, BearsSkewUpToFiveDegreesAndUnevenScale) {
    const auto drawn = draw_form(registration()[0].pages[0]);
    for (const double degrees : {-5., 1., 5.})
        for (const auto& [sx, sy] : {std::pair(.85, .9), std::pair(1., 1.)}) {
            const double c = std::cos(degrees * CV_PI / 180), s = std::sin(degrees * CV_PI / 180), cx = 827, cy = 1169;
            const cv::Matx23d forward(c * sx, -s * sy, cx - c * sx * cx + s * sy * cy, s * sx, c * sy,
                                      cy - s * sx * cx - c * sy * cy);
            const auto sheet = lay_out(page_of(transformed(drawn.image, forward)), registration());
            SCOPED_TRACE(testing::Message() << degrees << " degrees, scale " << sx << " x " << sy);
            expect_cells(
                sheet, drawn,
                [&](cv::Point2d p) {
                    const auto q = forward * cv::Vec3d(p.x, p.y, 1);
                    return cv::Point2d(q[0], q[1]);
                },
                4);
        }
}

TEST(Layout, FindsDashedDottedFaintAndGrainyRules) {
    struct Case {
        const char* name;
        Drawing drawing;
    };
    std::vector<Case> cases(4);
    cases[0].name = "dashed", cases[0].drawing.dash = 9, cases[0].drawing.gap = 6;
    cases[1].name = "dotted", cases[1].drawing.dash = 3, cases[1].drawing.gap = 3;
    cases[2].name = "faint", cases[2].drawing.darkness = 36;
    cases[3].name = "grainy hairlines", cases[3].drawing.darkness = 70, cases[3].drawing.thickness = 1,
    cases[3].drawing.grain = 9;
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const auto drawn = draw_form(registration()[0].pages[0], c.drawing);
        expect_cells(lay_out(page_of(drawn.image), registration()), drawn, unmoved, 7);
    }
}

TEST(Layout, ALineTooManyDoesNotMoveTheColumnsThatOtherRowsShare) {
    const auto& page = registration()[0].pages[0];
    auto drawn = draw_form(page);
    const cv::Rect2d label = drawn.cells[first_cell_of(page, 3)];
    const int x = cvRound(label.x + label.width / 2);
    cv::line(drawn.image, {x, cvRound(label.y)}, {x, cvRound(label.br().y)}, cv::Scalar::all(0), 2);
    expect_cells(lay_out(page_of(drawn.image), registration()), drawn, unmoved, 3);
}

TEST(Layout, FindsFramesThatArePrintedDouble) {
    for (const int apart : {4, 5, 6, 7, 8}) {
        SCOPED_TRACE(testing::Message() << apart << " pixels apart");
        Drawing drawing;
        drawing.dash = 9, drawing.gap = 6;
        auto drawn = draw_form(registration()[0].pages[0], drawing);
        const auto& last = drawn.cells.back();
        const cv::Rect inner(drawing.table.x, drawing.table.y, drawing.table.width,
                             cvRound(last.y + last.height) - drawing.table.y);
        for (const int grown : {0, apart})
            cv::rectangle(drawn.image, inner.tl() - cv::Point(grown, grown), inner.br() + cv::Point(grown, grown),
                          cv::Scalar::all(0), 3);
        expect_cells(lay_out(page_of(drawn.image), registration()), drawn, unmoved, 9);
    }
}

TEST(Layout, KnowsTheFrameWhereMostRulesSeemToRunOn) {
    // As on a photograph of a sheet on a desk: past the frame, faint rules find the grain of the wood.
    const auto& page = registration()[0].pages[0];
    Drawing drawing;
    auto drawn = draw_form(page, drawing);
    const int right = drawing.table.x + drawing.table.width;
    for (std::size_t row = 1; row < page.rows.size(); ++row)
        if (row % 3 != 0)
            cv::line(drawn.image, {right, cvRound(drawn.cells[first_cell_of(page, row)].y)},
                     {right + 60 + static_cast<int>(row * 37 % 60), cvRound(drawn.cells[first_cell_of(page, row)].y)},
                     cv::Scalar::all(0), 2);
    expect_cells(lay_out(page_of(drawn.image), registration()), drawn, unmoved, 5);
}

TEST(Layout, FindsBoldFrames) {
    for (const int bold : {5, 7, 9}) {
        SCOPED_TRACE(testing::Message() << bold << " pixels");
        Drawing drawing;
        drawing.dash = 9, drawing.gap = 6;
        auto drawn = draw_form(registration()[0].pages[0], drawing);
        const auto& last = drawn.cells.back();
        cv::rectangle(drawn.image, drawing.table.tl(), cv::Point(drawing.table.br().x, cvRound(last.y + last.height)),
                      cv::Scalar::all(0), bold);
        expect_cells(lay_out(page_of(drawn.image), registration()), drawn, unmoved, 7);
    }
}

TEST(Layout, FindsDottedRulesThatConverge) {
    // A sheet photographed aslant: its top rows fall by three degrees, its bottom rows climb as much.
    Drawing drawing;
    drawing.dash = 3, drawing.gap = 3, drawing.darkness = 90;
    const auto drawn = draw_form(registration()[0].pages[0], drawing);
    const std::vector<cv::Point2f> corners{{120, 200}, {1520, 200}, {1520, 2100}, {120, 2100}};
    const std::vector<cv::Point2f> aslant{{170, 180}, {1470, 250}, {1470, 2020}, {170, 2090}};
    const cv::Matx33d forward = cv::getPerspectiveTransform(corners, aslant);
    cv::Mat photograph;
    cv::warpPerspective(drawn.image, photograph, forward, drawn.image.size(), cv::INTER_AREA, cv::BORDER_CONSTANT,
                        cv::Scalar(255));
    const auto sheet = lay_out(page_of(photograph), registration());
    ASSERT_EQ(sheet.cells.size(), drawn.cells.size());
    for (std::size_t i = 0; i < drawn.cells.size(); ++i) {
        // Heights alone: along a wide cell the middle of a photograph is not the middle of the sheet.
        const auto &found = sheet.cells[i].rect, &cell = drawn.cells[i];
        const cv::Point2d at = sheet.table.to_page({found.x + found.width / 2, found.y + found.height / 2});
        const cv::Vec3d wanted = forward * cv::Vec3d(cell.x + cell.width / 2, cell.y + cell.height / 2, 1);
        EXPECT_NEAR(at.y, wanted[1] / wanted[2], 7) << "cell " << i;
    }
}

TEST(Layout, ASecondFormIsANewFileOnly) {
    auto forms = templates::load_forms(source / "templates/forms");
    for (auto& form : templates::load_forms(source / "tests/data/forms")) forms.push_back(std::move(form));
    ASSERT_GE(forms.size(), 2U);
    for (const auto& form : forms)
        for (std::size_t number = 0; number < form.pages.size(); ++number) {
            SCOPED_TRACE(form.id + " page " + std::to_string(number + 1));
            const auto drawn = draw_form(form.pages[number]);
            const auto sheet = lay_out(page_of(drawn.image), forms);
            ASSERT_EQ(sheet.kind, PageKind::form);
            EXPECT_EQ(sheet.form->id, form.id);
            EXPECT_EQ(sheet.form_page, static_cast<int>(number));
            EXPECT_EQ(sheet.cells.size(), cells_of(form.pages[number]));
        }
}

TEST(Layout, RefusesHalfAForm) {
    Drawing half;
    half.last_row = 8;
    const auto sheet = lay_out(page_of(draw_form(registration()[0].pages[0], half).image), registration());
    EXPECT_EQ(sheet.kind, PageKind::other);
    ASSERT_FALSE(sheet.reasons.empty());
    EXPECT_EQ(sheet.reasons[0].code, "form-incomplete");
}

TEST(Layout, RefusesTwoFormsOnOnePage) {
    const auto drawn = draw_form(registration()[0].pages[0]);
    cv::Mat pair;
    cv::hconcat(drawn.image, drawn.image, pair);
    const auto sheet = lay_out(page_of(pair), registration());
    EXPECT_EQ(sheet.kind, PageKind::other);
    ASSERT_FALSE(sheet.reasons.empty());
    EXPECT_EQ(sheet.reasons[0].code, "two-forms");
}

TEST(Layout, RefusesAnotherTableAndAPageWithoutOne) {
    cv::Mat grid(2339, 1654, CV_8U, cv::Scalar(255));
    for (int y = 200; y <= 2000; y += 100) cv::line(grid, {150, y}, {1500, y}, 0, 2);
    for (int x = 150; x <= 1500; x += 270) cv::line(grid, {x, 200}, {x, 2000}, 0, 2);
    EXPECT_EQ(lay_out(page_of(grid), registration()).reasons.at(0).code, "another-table");
    cv::Mat letter(2339, 1654, CV_8U, cv::Scalar(255));
    for (int y = 300; y < 1800; y += 60)
        cv::putText(letter, "a letter without any table in it", {150, y}, cv::FONT_HERSHEY_SIMPLEX, 1.5, 0, 3);
    const auto sheet = lay_out(page_of(letter), registration());
    EXPECT_EQ(sheet.kind, PageKind::other);
    EXPECT_FALSE(sheet.reasons.empty());
}

TEST(Layout, RefusesSlipsAndSpecks) {
    for (const cv::Size size :
         {cv::Size(5, 4000), cv::Size(4000, 5), cv::Size(1, 1), cv::Size(3, 2), cv::Size(40, 30)}) {
        const auto sheet = lay_out(page_of(cv::Mat(size, CV_8U, cv::Scalar(200))), registration());
        EXPECT_NE(sheet.kind, PageKind::form) << size;
        EXPECT_FALSE(sheet.reasons.empty()) << size;
    }
}

TEST(Layout, CropsTheCellFromTheDeliveredPixels) {
    auto drawn = draw_form(registration()[0].pages[0]);
    const auto cell = drawn.cells[1];
    const cv::Rect mark(static_cast<int>(cell.x) + 20, static_cast<int>(cell.y) + 20, 30, 40);
    drawn.image(mark).setTo(0);
    cv::Mat turned;
    cv::rotate(drawn.image, turned, cv::ROTATE_180);
    const auto sheet = lay_out(page_of(turned), registration());
    ASSERT_EQ(sheet.kind, PageKind::form);
    auto area = sheet.cells[1].rect;
    area -= cv::Point2d(-5, -5);
    area -= cv::Size2d(10, 10);
    const auto cut = crop(turned, sheet.table, area);
    // The mark again, upright, in the same place of its cell.
    const cv::Rect box = cv::boundingRect(cut < 128);
    EXPECT_NEAR(box.x, 15, 3);
    EXPECT_NEAR(box.y, 15, 3);
    EXPECT_NEAR(box.width, 30, 3);
    EXPECT_NEAR(box.height, 40, 3);
}

} // namespace
} // namespace dengji::layout
