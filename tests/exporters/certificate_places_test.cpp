// Overprinting: every value of every page stands where the definition says, measured on the rendered page.
#include "tests/exporters/booklets.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::certificate::test {
namespace {

constexpr int dpi = 600;
constexpr double mm_of_pixel = 25.4 / dpi, mm_of_point = 25.4 / 72;
constexpr double cell_margin = 0.6; ///< mm that a cell keeps free to its lines

/// A square of strokes in the middle of the square that a letter takes, in every font.
const std::string letter = "口";

struct CertificatePlaces : ::testing::TestWithParam<std::tuple<std::string, PrinterOffset>> {
    void SetUp() override {
        if (!has_fonts()) GTEST_SKIP() << "a font of templates/fonts/debian.yaml is not installed";
        if (!said_by({"pdftoppm", "-v"})) GTEST_SKIP() << "pdftoppm is not installed";
    }

    /// The middle of the ink of a page on which one letter is printed.
    static cv::Point2d middle_of_ink(const std::string& pdf) {
        const auto picture = picture_of(pdf, 1, dpi);
        cv::Mat points;
        cv::findNonZero(picture < 128, points);
        if (points.empty()) return {-1, -1};
        const auto box = cv::boundingRect(points);
        return {(box.x + box.width / 2.0) * mm_of_pixel, (box.y + box.height / 2.0) * mm_of_pixel};
    }

    /// Where the middle of one letter belongs on the pre-printed page.
    static cv::Point2d expected(const templates::Writing& writing, const templates::Rectangle& in) {
        const double letter_width = writing.size * mm_of_point;
        double x = in.x + letter_width / 2;
        if (writing.align == templates::Align::centre) x = in.x + in.width / 2;
        if (writing.align == templates::Align::right) x = in.x + in.width - letter_width / 2;
        return {x, in.y + in.height / 2};
    }

    void expect_at(const SetBooklet& set, const cv::Point2d& on_booklet, const std::string& what) {
        const auto& [id, offset] = GetParam();
        const auto& booklet = printer.definition();
        ASSERT_TRUE(set.problems.empty()) << what;
        ASSERT_EQ(set.pages.size(), 1u) << what;
        // The printer moves and stretches the page about its middle; the offset takes that back.
        const cv::Point2d centre(booklet.width / 2, booklet.height / 2), moved(offset.x, offset.y);
        const auto should = centre + (on_booklet - centre) * offset.scale + moved;
        const auto is = middle_of_ink(pdf_of(printer, {set}, Printing::overprint, offset));
        EXPECT_NEAR(is.x, should.x, 0.3) << what;
        EXPECT_NEAR(is.y, should.y, 0.3) << what;
        ++measured;
    }

    BookletPrinter printer{definition(std::get<0>(GetParam())), fonts()};
    int measured = 0;
};

TEST_P(CertificatePlaces, EachValueIsWithinThreeTenthsOfAMillimetre) {
    for (const auto& page : printer.definition().pages) {
        for (const auto& field : page.fields) {
            Contents contents;
            contents.fields[field.key] = letter;
            expect_at(printer.set(contents, {Printing::overprint, {}, {page.name}}),
                      expected(field.writing, field.writing.in), page.name + " " + field.key);
        }
        for (const auto& table : page.tables) {
            if (table.kind == "blank") continue;
            for (const int row : {table.first_row, table.first_row + table.rows - 1})
                for (std::size_t i = 0; i < table.columns.size(); ++i) {
                    const auto cell = table.cell(row, i);
                    const templates::Rectangle inside{cell.x + cell_margin, cell.y, cell.width - 2 * cell_margin,
                                                      cell.height};
                    const auto& column = table.columns[i];
                    const Wanted wanted{Printing::overprint, {{table.kind, row, {{column.key, letter}}}}, {}};
                    expect_at(printer.set({}, wanted), expected(column.writing, inside),
                              page.name + " " + table.kind + " " + column.key + " " + std::to_string(row));
                }
        }
    }
    EXPECT_GT(measured, 20);
}

std::string named(const ::testing::TestParamInfo<CertificatePlaces::ParamType>& info) {
    auto name = std::get<0>(info.param) + (std::get<1>(info.param).x == 0 ? "_as_it_is" : "_with_an_offset");
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Booklets, CertificatePlaces,
                         ::testing::Combine(::testing::Values("national-2015", "region-a5"),
                                            ::testing::Values(PrinterOffset{}, PrinterOffset{1.4, -0.9, 1.004})),
                         named);

} // namespace
} // namespace dengji::certificate::test
