#include "tests/intake/tiff_fixtures.h"

#include "pipeline/intake/pixels.h"

#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::intake::test {
namespace {

using testing::HasSubstr;

class Tiff : public testing::Test {
protected:
    std::filesystem::path write(const std::vector<TiffPage>& pages) const {
        return write_tiff(folder.path() / "scan.tif", pages);
    }
    cv::Mat decode(const TiffPage& page) const { return first_page(write({page})).image; }

    TempFolder folder;
};

using TiffCompression = Tiff;

TEST_F(TiffCompression, BlackAndWhite) {
    const cv::Mat odd = sheet(213, 299)(cv::Rect(0, 0, 211, 299)).clone(); // rows that do not end on a byte
    for (const auto compression : {COMPRESSION_NONE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4, COMPRESSION_CCITTRLE,
                                   COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS}) {
        for (const bool zero_is_white : {false, true}) {
            TiffPage page{odd, static_cast<std::uint16_t>(compression), 1};
            page.zero_is_white = zero_is_white;
            page.rows_per_strip = 100;
            EXPECT_EQ(difference(decode(page), odd), 0) << compression << ' ' << zero_is_white;
        }
    }
}

TEST_F(TiffCompression, Group3InTwoDimensions) {
    TiffPage page{sheet(), COMPRESSION_CCITTFAX3, 1};
    page.zero_is_white = true;
    page.group3_options = GROUP3OPT_2DENCODING;
    EXPECT_EQ(difference(decode(page), sheet()), 0);
}

TEST_F(TiffCompression, GreyAndColour) {
    for (const auto compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE}) {
        TiffPage grey{sheet(), static_cast<std::uint16_t>(compression)};
        grey.rows_per_strip = 37;
        EXPECT_EQ(difference(decode(grey), sheet()), 0) << compression;
        TiffPage colour{colour_sheet(), static_cast<std::uint16_t>(compression)};
        colour.rows_per_strip = 37;
        EXPECT_EQ(difference(decode(colour), colour_sheet()), 0) << compression;
    }
}

TEST_F(TiffCompression, JpegInside) {
    EXPECT_LT(difference(decode({sheet(208, 304), COMPRESSION_JPEG}), sheet(208, 304)), 3);
    EXPECT_LT(difference(decode({colour_sheet(208, 304), COMPRESSION_JPEG}), colour_sheet(208, 304)), 6);
}

TEST_F(Tiff, GreyOfZeroIsWhiteAndFewBits) {
    TiffPage inverted{sheet()};
    inverted.zero_is_white = true;
    EXPECT_EQ(difference(decode(inverted), sheet()), 0);
    EXPECT_EQ(difference(decode({sheet(), COMPRESSION_NONE, 4}), sheet()), 0);
    EXPECT_EQ(difference(decode({sheet(), COMPRESSION_NONE, 2}), sheet()), 0);
}

TEST_F(Tiff, SixteenBitsBecomeEight) {
    cv::Mat grey;
    sheet().convertTo(grey, CV_16U, 257);
    EXPECT_EQ(difference(decode({grey}), sheet()), 0);
    cv::Mat colour;
    colour_sheet().convertTo(colour, CV_16U, 257);
    EXPECT_EQ(difference(decode({colour}), colour_sheet()), 0);
}

TEST_F(Tiff, PaletteGivesItsColours) {
    TiffPage page{sheet()};
    page.palette = true;
    page.image.at<std::uint8_t>(0, 0) = 200;
    const cv::Mat image = decode(page);
    ASSERT_EQ(image.type(), CV_8UC3);
    EXPECT_EQ(image.at<cv::Vec3b>(0, 0), cv::Vec3b(100, 100, 200));
}

TEST_F(Tiff, TilesAreRead) {
    TiffPage page{sheet()};
    page.tiled = true;
    EXPECT_EQ(difference(decode(page), sheet()), 0);
}

TEST_F(Tiff, OrientationIsApplied) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
        for (const bool tiled : {false, true}) { // tiles go another way through libtiff
            TiffPage page{turn_upright(sheet(), inverse)};
            page.orientation = orientation;
            page.tiled = tiled;
            EXPECT_EQ(difference(decode(page), sheet()), 0) << orientation << tiled;
        }
    }
}

TEST_F(Tiff, FaxPixelsBecomeSquare) {
    cv::Mat fax;
    const cv::Mat square = sheet(840, 1188);
    cv::resize(square, fax, {840, 571}, 0, 0, cv::INTER_NEAREST);
    TiffPage page{fax, COMPRESSION_CCITTFAX3, 1};
    page.dpi_x = 204;
    page.dpi_y = 98;
    const Page decoded = first_page(write({page}));
    EXPECT_EQ(decoded.image.cols, 840);
    EXPECT_NEAR(decoded.image.rows, 1188, 2);
    EXPECT_EQ(decoded.tagged_dpi, 204);
    EXPECT_TRUE(decoded.quality.bitonal) << "the scan was black and white, whatever enlarging made of it";

    page.orientation = 6; // the picture is turned after its pixels are square
    const cv::Mat turned = first_page(write({page})).image;
    EXPECT_EQ(turned.rows, 840);
    EXPECT_NEAR(turned.cols, 1188, 2);
}

TEST_F(Tiff, NonsenseResolutionsChangeNothing) {
    for (const auto& [x, y] : {std::pair{300.F, 1.F}, {0.F, 300.F}, {300.F, 302.F}, {1e9F, 1.F}}) {
        TiffPage page{sheet()};
        page.dpi_x = x;
        page.dpi_y = y;
        EXPECT_EQ(difference(decode(page), sheet()), 0) << x << ' ' << y;
    }
}

TEST_F(Tiff, PagesComeInOrderWithoutThumbnails) {
    TiffPage first{sheet(210, 297), COMPRESSION_CCITTFAX4, 1};
    TiffPage thumbnail{sheet(84, 119)};
    thumbnail.subfile = FILETYPE_REDUCEDIMAGE;
    TiffPage second{colour_sheet(420, 594), COMPRESSION_LZW};
    const auto document = open_document(write({first, thumbnail, second}));
    ASSERT_EQ(document->page_count(), 2);
    EXPECT_EQ(difference(document->page(2).image, colour_sheet(420, 594)), 0);
    EXPECT_EQ(difference(document->page(1).image, sheet(210, 297)), 0);
    EXPECT_EQ(document->page(2).number, 2);
}

// Leptonica's reader of many pages never ends on such a file.
TEST_F(Tiff, DirectoryThatLoopsGivesItsPagesAndSaysSo) {
    const auto file = write({{sheet()}, {sheet(420, 594)}});
    Data bytes = read_file(file);
    Directories directories(bytes);
    directories.set(directories.link(1), static_cast<std::uint32_t>(directories.place(0)));
    const auto document = open_document(folder.write("loop.tif", bytes));
    ASSERT_EQ(document->page_count(), 3);
    EXPECT_EQ(document->page(2).image.cols, 420);
    EXPECT_THAT(refusal_of([&] { document->page(3); }).message(), HasSubstr("leads back to itself after page 2"));

    // A directory that is its own successor.
    directories.set(directories.link(0), static_cast<std::uint32_t>(directories.place(0)));
    const auto single = open_document(folder.write("self.tif", bytes));
    ASSERT_EQ(single->page_count(), 2);
    EXPECT_EQ(single->page(1).image.cols, 210);
    refusal_of([&] { single->page(2); });
}

TEST_F(Tiff, TruncatedRefusesOnlyThePagesThatLack) {
    for (const auto compression :
         {COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_JPEG, COMPRESSION_CCITTFAX4, COMPRESSION_CCITTFAX3}) {
        const int bits = compression == COMPRESSION_CCITTFAX4 || compression == COMPRESSION_CCITTFAX3 ? 1 : 0;
        TiffPage page{sheet(208, 304), static_cast<std::uint16_t>(compression), bits};
        Data bytes = read_file(write({page, page}));
        // Both directories are kept; of the second page's only strip half is claimed to be there.
        Directories directories(bytes);
        const std::size_t count = directories.entry(1, TIFFTAG_STRIPBYTECOUNTS) + 8;
        directories.set(count, directories.number(count) / 2);
        const auto document = open_document(folder.write("cut.tif", bytes));
        ASSERT_EQ(document->page_count(), 2) << compression;
        EXPECT_EQ(document->page(1).image.cols, 208) << compression;
        EXPECT_THAT(refusal_of([&] { document->page(2); }).message(), HasSubstr("TIFF page")) << compression;
    }
}

TEST_F(Tiff, FileThatEndsEarlyIsRefusedOrSaysWhatIsMissing) {
    const Data whole =
        read_file(write({{sheet(), COMPRESSION_LZW}, {sheet(), COMPRESSION_LZW}, {sheet(), COMPRESSION_LZW}}));
    for (std::size_t size = 8; size < whole.size(); size += 97) {
        const auto file = folder.write("cut.tif", std::span(whole).first(size));
        refusal_of([&] {
            const auto document = open_document(file);
            for (int number = 1; number <= document->page_count(); ++number) document->page(number);
        });
    }
}

TEST_F(Tiff, CorruptFaxRowsAreRefusedInGroup4) {
    const auto file = write({{sheet(800, 1100), COMPRESSION_CCITTFAX4, 1}});
    Data bytes = read_file(file);
    std::fill(bytes.begin() + 400, bytes.begin() + 440, std::uint8_t{0x00});
    refusal_of([&] { first_page(folder.write("bad.tif", bytes)); });
}

TEST_F(Tiff, LimitsHoldForPixelsAndPages) {
    const auto file = write({{sheet()}, {sheet()}, {sheet(420, 594)}});
    Limits limits;
    limits.pages = 2;
    EXPECT_THAT(refusal_of([&] { open_document(file, limits); }).message(), HasSubstr("more than 2 pages"));
    limits.pages = 3;
    limits.megapixels = 0.1;
    const auto document = open_document(file, limits);
    EXPECT_EQ(document->page(1).image.cols, 210);
    EXPECT_THAT(refusal_of([&] { document->page(3); }).message(), HasSubstr("too large"));
}

TEST_F(Tiff, WithoutAPageIsRefused) {
    refusal_of([&] { open_document(folder.write("a.tif", Data{'I', 'I', 42, 0, 0, 0, 0, 0})); });
    refusal_of([&] { open_document(folder.write("b.tif", Data{'I', 'I', 42, 0, 200, 0, 0, 0})); });
    refusal_of([&] { open_document(folder.write("c.tif", Data{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0})); });
}

} // namespace
} // namespace dengji::intake::test
