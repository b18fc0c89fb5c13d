// Pages as pictures: against approved ones, and against a ruler.
#include "exporters/certificate/printers.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "tests/exporters/approved_pictures.h"
#include "tests/exporters/booklets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::certificate::test {
namespace {

constexpr int gallery_dpi = 60;

class CertificateGallery : public ::testing::Test {
protected:
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
        if (!said_by({"pdftoppm", "-v"})) GTEST_SKIP() << "pdftoppm is not installed";
    }
};

void expect_as_approved(const std::string& pdf, int page, const std::string& name) {
    dengji::test::expect_as_approved(picture_of(pdf, page, gallery_dpi), name);
}

TEST_F(CertificateGallery, PagesLookAsApproved) {
    const auto national_pdf = pdf_of(national(), holder("阿依古丽·𠮷㵾"));
    expect_as_approved(national_pdf, 1, "national-cover");
    expect_as_approved(national_pdf, 3, "national-page-1");
    expect_as_approved(national_pdf, 8, "national-page-6");
    const BookletPrinter region(definition("region-a5"), fonts());
    const auto region_pdf = pdf_of(region, holder("龚䶮"));
    expect_as_approved(region_pdf, 1, "region-holder");
    expect_as_approved(region_pdf, 2, "region-registrations");
}

TEST_F(CertificateGallery, TheGalleryNoticesAMissingName) {
    auto contents = holder("");
    const auto picture = picture_of(pdf_of(national(), contents), 3, gallery_dpi);
    EXPECT_TRUE(
        dengji::test::is_seen(dengji::test::difference_of(picture, dengji::test::approved_picture("national-page-1"))));
}

/// Where ink stands on a page, millimetres.
cv::Rect2d ink_on(const std::string& pdf, int page) {
    constexpr int dpi = 600;
    const auto picture = picture_of(pdf, page, dpi);
    cv::Mat points;
    cv::findNonZero(picture < 128, points);
    const auto box = cv::boundingRect(points);
    const double mm = 25.4 / dpi;
    return {box.x * mm, box.y * mm, box.width * mm, box.height * mm};
}

/// A value that is printed alone in the cell of a row.
std::string cell_alone(const PrinterOffset& offset, int row) {
    auto contents = holder();
    const auto set = national().set(contents, {Printing::overprint, {{"registrations", row, {{"reason", "口"}}}}, {}});
    EXPECT_EQ(set.pages.size(), 1u);
    return pdf_of(national(), {set}, Printing::overprint, offset);
}

TEST_F(CertificateGallery, OverprintPutsValuesWithinThreeTenthsOfAMillimetre) {
    const auto& table = national().definition().pages[7].tables.at(0);
    for (const int row : {1, 5}) {
        const auto cell = table.cell(row, 2);
        const auto ink = ink_on(cell_alone({}, row), 1);
        const double middle = ink.y + ink.height / 2;
        EXPECT_NEAR(middle, cell.y + cell.height / 2, 0.3) << row;
        EXPECT_GT(ink.x, cell.x);
        EXPECT_LT(ink.x - cell.x, 1.2); // the margin of the cell, and what the letter leaves free
    }
}

TEST_F(CertificateGallery, OffsetsAndScaleMoveWhatIsPrinted) {
    const auto plain = ink_on(cell_alone({}, 1), 1), moved = ink_on(cell_alone({1.5, -2, 1}, 1), 1);
    EXPECT_NEAR(moved.x - plain.x, 1.5, 0.1);
    EXPECT_NEAR(moved.y - plain.y, -2, 0.1);
    const auto scaled = ink_on(cell_alone({0, 0, 1.02}, 1), 1);
    const auto& booklet = national().definition();
    EXPECT_NEAR(scaled.x, booklet.width / 2 + (plain.x - booklet.width / 2) * 1.02, 0.1);
    EXPECT_NEAR(scaled.y, booklet.height / 2 + (plain.y - booklet.height / 2) * 1.02, 0.1);
}

TEST_F(CertificateGallery, OverprintHoldsNothingThatIsOnTheBooklet) {
    auto contents = holder();
    Wanted wanted{Printing::overprint, all_rows(contents), {"page-1"}};
    const auto set = national().set(contents, wanted);
    const auto text = text_of(pdf_of(national(), {set}, Printing::overprint));
    EXPECT_THAT(text, ::testing::HasSubstr("测试甲"));
    for (const auto* printed : {"打印件", "持证人基本信息", "户籍性质", "失业登记情况"})
        EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr(printed)));
}

TEST_F(CertificateGallery, TheCalibrationPageShowsCrossesWhereItSays) {
    std::string pdf;
    write_calibration(national(), {0.4, -0.3, 1}, *parse_date("2024-03-06"),
                      [&](std::string_view piece) { pdf += piece; });
    const auto picture = picture_of(pdf, 1, 600);
    const auto dark = [&](double x, double y) {
        const int column = static_cast<int>(x * 600 / 25.4), row = static_cast<int>(y * 600 / 25.4);
        double least = 255;
        cv::minMaxLoc(picture(cv::Rect(column - 4, row - 4, 9, 9)), &least);
        return least < 128;
    };
    EXPECT_TRUE(dark(20.4, 19.7));
    EXPECT_TRUE(dark(78.4, 114.7));
    EXPECT_THAT(text_of(pdf), ::testing::HasSubstr("校准"));
}

TEST(Printers, AreReadFromTheirFileAndMistakesAreNamed) {
    const TempFolder folder("printers");
    const auto file = folder.path() / "printers.yaml";
    EXPECT_THROW(printer_named(file, "a"), Error);
    write_file(file, "a: {x: 0.4, y: -0.3, scale: 1.002}\nb: {x: far, y: 0}\n");
    EXPECT_DOUBLE_EQ(printer_named(file, "a").y, -0.3);
    EXPECT_THROW(printer_named(file, "c"), Error);
    try {
        printer_named(file, "b");
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_THAT(error.message(), ::testing::HasSubstr("line 2"));
    }
}

} // namespace
} // namespace dengji::certificate::test
