#include "tests/intake/pdf_fixtures.h"
#include "tests/intake/tiff_fixtures.h"

#include <opencv2/imgcodecs.hpp>

#include <gtest/gtest.h>

#include <random>

namespace dengji::intake::test {
namespace {

/// A valid file of one kind, to be damaged at random.
struct Seed {
    std::string name;
    Data data;
};

std::vector<Seed> seeds() {
    const TempFolder folder;
    const cv::Mat grey = sheet(84, 119);
    const cv::Mat colour = colour_sheet(84, 119);
    TiffPage palette{grey, COMPRESSION_LZW};
    palette.palette = true;
    TiffPage tiled{colour};
    tiled.tiled = true;
    const auto tiff = [&](const std::vector<TiffPage>& pages) {
        return read_file(write_tiff(folder.path() / "a.tif", pages));
    };
    PdfWriter pdf;
    pdf.add_scan(
        add_image(pdf, grey.size(), "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", jpeg(grey)));
    pdf.add_scan(add_image(
        pdf, grey.size(),
        "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 84 >>",
        fax_stream(grey, COMPRESSION_CCITTFAX4)));
    pdf.add_scan(add_image(pdf, grey.size(), "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode",
                           deflate(pack_bits(grey))));
    return {{"grey.jpg", with_exif(jpeg(grey), 6)},
            {"progressive.jpg", progressive_jpeg(colour)},
            {"inks.jpg", cmyk_jpeg(cv::Mat(60, 40, CV_8UC4, cv::Scalar(9, 99, 199, 0)), JpegInks::adobe_ycck)},
            {"colour.png", encode(".png", colour)},
            {"colour.webp", encode(".webp", colour, {cv::IMWRITE_WEBP_QUALITY, 80})},
            {"fax.tif", tiff({{grey, COMPRESSION_CCITTFAX4, 1}, {grey, COMPRESSION_CCITTFAX3, 1}})},
            {"mixed.tif", tiff({palette, tiled, {colour, COMPRESSION_ADOBE_DEFLATE}, {grey}})},
            {"jpeg.tif", tiff({{sheet(96, 128), COMPRESSION_JPEG}, {colour_sheet(96, 128), COMPRESSION_JPEG}})},
            {"scans.pdf", pdf.finish()}};
}

Data damage(Data data, std::mt19937& random) {
    const auto below = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const auto byte = [&] { return static_cast<std::uint8_t>(below(256)); };
    switch (below(4)) {
    case 0: // some bytes anywhere
        for (std::size_t i = 0, count = 1 + below(8); i < count; ++i) data[below(data.size())] = byte();
        break;
    case 1: // some bytes of the header
        for (std::size_t i = 0, count = 1 + below(4); i < count; ++i)
            data[4 + below(std::min<std::size_t>(data.size() - 4, 200))] = byte();
        break;
    case 2: // the end is missing
        data.resize(1 + below(data.size() - 1));
        break;
    default: { // a piece stands somewhere else
        const std::size_t length = 1 + below(std::min<std::size_t>(data.size() / 2, 64));
        const std::size_t from = below(data.size() - length);
        const std::size_t to = below(data.size() - length);
        std::copy_n(Data(data).begin() + static_cast<std::ptrdiff_t>(from), length,
                    data.begin() + static_cast<std::ptrdiff_t>(to));
    }
    }
    return data;
}

class Mutation : public testing::TestWithParam<Seed> {};

// The law: a damaged file gives pages or an Error with words, and no other end.
TEST_P(Mutation, GivesAPageOrAnError) {
    const TempFolder folder;
    std::mt19937 random(20'200'415);
    Limits limits;
    limits.megapixels = 4;
    limits.pages = 8;
    limits.render_seconds = 5;
    int pages = 0;
    int errors = 0;
    for (int i = 0; i < 60; ++i) {
        const auto file = folder.write(GetParam().name, damage(GetParam().data, random));
        try {
            const auto document = open_document(file, limits);
            ASSERT_GE(document->page_count(), 1);
            ASSERT_LE(document->page_count(), limits.pages + 1);
            for (int number = 1; number <= document->page_count(); ++number) {
                try {
                    const Page page = document->page(number);
                    ASSERT_FALSE(page.image.empty());
                    ASSERT_TRUE(page.image.type() == CV_8UC1 || page.image.type() == CV_8UC3);
                    ++pages;
                } catch (const Error& error) {
                    ASSERT_EQ(error.kind(), ErrorKind::input) << error.message();
                    ++errors;
                }
            }
        } catch (const Error& error) {
            ASSERT_EQ(error.kind(), ErrorKind::input) << error.message();
            ASSERT_FALSE(error.message().empty());
            ++errors;
        }
    }
    EXPECT_GT(pages, 0) << "damage so heavy that nothing is tested";
    EXPECT_GT(errors, 0);
}

INSTANTIATE_TEST_SUITE_P(All, Mutation, testing::ValuesIn(seeds()), [](const auto& seed) {
    std::string name = seed.param.name;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});

} // namespace
} // namespace dengji::intake::test
