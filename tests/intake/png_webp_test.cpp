#include "tests/intake/pdf_fixtures.h"

#include "pipeline/intake/pixels.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>
#include <zlib.h>

namespace dengji::intake::test {
namespace {

using testing::HasSubstr;

void put32(Data& data, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) data.push_back(static_cast<std::uint8_t>(value >> shift));
}

Data chunk(std::string_view kind, const Data& content) {
    Data data;
    put32(data, static_cast<std::uint32_t>(content.size()));
    const Data checked = bytes_of(kind) + content;
    data = data + checked;
    put32(data, static_cast<std::uint32_t>(crc32(0, checked.data(), static_cast<uInt>(checked.size()))));
    return data;
}

const Data signature = bytes_of("\x89PNG\r\n\x1A\n");

Data header_chunk(std::uint32_t width, std::uint32_t height, std::uint8_t bits, std::uint8_t colour) {
    Data content;
    put32(content, width);
    put32(content, height);
    return chunk("IHDR", content + Data{bits, colour, 0, 0, 0});
}

TEST(Png, EightBitGreyAndColour) {
    const TempFolder folder;
    EXPECT_EQ(difference(first_page(folder.write("a.png", encode(".png", sheet()))).image, sheet()), 0);
    EXPECT_EQ(difference(first_page(folder.write("b.png", encode(".png", colour_sheet()))).image, colour_sheet()), 0);
}

TEST(Png, SixteenBitsBecomeEight) {
    cv::Mat deep;
    sheet().convertTo(deep, CV_16U, 257);
    deep(cv::Rect(0, 0, 5, 5)).setTo(0x8000);
    const TempFolder folder;
    const cv::Mat image = first_page(folder.write("a.png", encode(".png", deep))).image;
    ASSERT_EQ(image.type(), CV_8UC1);
    EXPECT_NEAR(image.at<std::uint8_t>(2, 2), 128, 1);
    EXPECT_LT(difference(image, sheet()), 1);

    cv::Mat deep_colour;
    colour_sheet().convertTo(deep_colour, CV_16U, 257);
    EXPECT_LT(difference(first_page(folder.write("b.png", encode(".png", deep_colour))).image, colour_sheet()), 1);
}

TEST(Png, OneBitIsBlackAndWhite) {
    const TempFolder folder;
    const Data file = encode(".png", sheet(), {cv::IMWRITE_PNG_BILEVEL, 1});
    const Page page = first_page(folder.write("a.png", file));
    EXPECT_EQ(difference(page.image, sheet()), 0);
    EXPECT_TRUE(page.quality.bitonal);
}

TEST(Png, PaletteGivesItsColours) {
    // 2 x 1 pixels of a palette of two colours, enlarged by repeating.
    const Data palette{255, 0, 0, 0, 0, 255}; // red, blue
    Data rows;
    for (int y = 0; y < 80; ++y) {
        rows.push_back(0);
        for (int x = 0; x < 80; ++x) rows.push_back(x < 40 ? 0 : 1);
    }
    const Data file = signature + header_chunk(80, 80, 8, 3) + chunk("PLTE", palette) + chunk("IDAT", deflate(rows)) +
                      chunk("IEND", {});
    const TempFolder folder;
    const cv::Mat image = first_page(folder.write("a.png", file)).image;
    ASSERT_EQ(image.type(), CV_8UC3);
    EXPECT_EQ(image.at<cv::Vec3b>(10, 10), cv::Vec3b(0, 0, 255));
    EXPECT_EQ(image.at<cv::Vec3b>(10, 70), cv::Vec3b(255, 0, 0));
}

TEST(Png, TransparentIsWhitePaper) {
    cv::Mat transparent(200, 150, CV_8UC4, cv::Scalar(0, 0, 0, 0)); // black, but nothing of it is visible
    transparent(cv::Rect(20, 20, 50, 50)).setTo(cv::Scalar(0, 0, 0, 255));
    const TempFolder folder;
    const cv::Mat image = first_page(folder.write("a.png", encode(".png", transparent))).image;
    ASSERT_EQ(image.type(), CV_8UC3);
    EXPECT_EQ(image.at<cv::Vec3b>(5, 5), cv::Vec3b(255, 255, 255));
    EXPECT_EQ(image.at<cv::Vec3b>(40, 40), cv::Vec3b(0, 0, 0));
}

// Packed it is 109 KB, unpacked 900 MB.
TEST(Png, HugePictureIsRefusedWithoutDecoding) {
    const TempFolder folder;
    const Data file =
        signature + header_chunk(30'000, 30'000, 8, 0) + chunk("IDAT", Data(109'000, 0)) + chunk("IEND", {});
    const Error error = refusal_of([&] { open_document(folder.write("a.png", file)); });
    EXPECT_THAT(error.message(), HasSubstr("30000 x 30000 pixels (900 megapixels, the limit is 100)"));
}

TEST(Png, SizeBeyondAnyIntegerIsRefused) {
    const TempFolder folder;
    for (const std::uint32_t side : {0u, 0x7FFF'FFFFu, 0x8000'0000u, 0xFFFF'FFFFu}) {
        const Data file = signature + header_chunk(side, 100, 8, 0) + chunk("IDAT", Data(20, 0)) + chunk("IEND", {});
        refusal_of([&] { open_document(folder.write("a.png", file)); });
    }
}

TEST(Png, LimitIsASetting) {
    const TempFolder folder;
    const auto file = folder.write("a.png", encode(".png", sheet(2000, 1000)));
    Limits limits;
    limits.megapixels = 1.9;
    refusal_of([&] { open_document(file, limits); });
    limits.megapixels = 2;
    EXPECT_EQ(first_page(file, limits).image.cols, 2000);
}

TEST(Png, TruncatedAndCorruptAreRefused) {
    const TempFolder folder;
    const Data whole = encode(".png", sheet(800, 1100));
    for (const double share : {0.1, 0.5, 0.9}) {
        const auto size = static_cast<std::size_t>(static_cast<double>(whole.size()) * share);
        refusal_of([&] { first_page(folder.write("a.png", std::span(whole).first(size))); });
    }
    Data corrupt = whole;
    corrupt[corrupt.size() / 2] ^= 0x5A;
    refusal_of([&] { first_page(folder.write("b.png", corrupt)); });
}

TEST(Png, ResolutionIsInDotsPerMetre) {
    Data phys;
    put32(phys, 11811);
    put32(phys, 11811);
    phys.push_back(1);
    const Data plain = encode(".png", sheet());
    const Data file =
        Data(plain.begin(), plain.begin() + 33) + chunk("pHYs", phys) + Data(plain.begin() + 33, plain.end());
    const TempFolder folder;
    EXPECT_NEAR(first_page(folder.write("a.png", file)).tagged_dpi, 300, 0.1);
}

TEST(Webp, ColourAndAlpha) {
    const TempFolder folder;
    const std::vector<int> lossless{cv::IMWRITE_WEBP_QUALITY, 101};
    EXPECT_LT(
        difference(first_page(folder.write("a.webp", encode(".webp", colour_sheet(), lossless))).image, colour_sheet()),
        1);

    cv::Mat transparent(200, 150, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    transparent(cv::Rect(20, 20, 50, 50)).setTo(cv::Scalar(0, 0, 0, 255));
    const cv::Mat image = first_page(folder.write("b.webp", encode(".webp", transparent, lossless))).image;
    EXPECT_EQ(image.at<cv::Vec3b>(5, 5), cv::Vec3b(255, 255, 255));
    EXPECT_EQ(image.at<cv::Vec3b>(40, 40), cv::Vec3b(0, 0, 0));
}

TEST(Webp, OrientationOfItsExif) {
    const Data exif{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0};
    const cv::Mat stored = turn_upright(colour_sheet(), 8);
    const Data plain = encode(".webp", stored, {cv::IMWRITE_WEBP_QUALITY, 101});
    // The extended form: a header chunk with the EXIF flag, the picture's own chunk, the EXIF chunk.
    const auto side = [](int pixels) {
        const int value = pixels - 1;
        return Data{static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
                    static_cast<std::uint8_t>(value >> 16)};
    };
    const auto length = [](std::size_t value) {
        return Data{static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value >> 8),
                    static_cast<std::uint8_t>(value >> 16), 0};
    };
    const Data body = bytes_of("WEBPVP8X") + length(10) + Data{8, 0, 0, 0} + side(stored.cols) + side(stored.rows) +
                      Data(plain.begin() + 12, plain.end()) + bytes_of("EXIF") + length(exif.size()) + exif;
    const TempFolder folder;
    const cv::Mat image = first_page(folder.write("a.webp", bytes_of("RIFF") + length(body.size()) + body)).image;
    EXPECT_LT(difference(image, colour_sheet()), 1);
}

TEST(Webp, TruncatedIsRefused) {
    const TempFolder folder;
    const Data whole = encode(".webp", colour_sheet(), {cv::IMWRITE_WEBP_QUALITY, 90});
    const auto file = folder.write("a.webp", std::span(whole).first(whole.size() / 2));
    EXPECT_THAT(refusal_of([&] { first_page(file); }).message(), HasSubstr("WebP"));
}

} // namespace
} // namespace dengji::intake::test
