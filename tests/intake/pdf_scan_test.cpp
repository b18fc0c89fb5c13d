#include "tests/intake/pdf_fixtures.h"
#include "tests/intake/tiff_fixtures.h"

#include "pipeline/intake/pixels.h"

#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::intake::test {
namespace {

using testing::HasSubstr;

const cv::Size a6(420, 594);
const std::string grey_jpeg = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode";
const std::string grey_fax = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms ";

Data raw(const cv::Mat& image) {
    return {image.data, image.data + image.total() * image.elemSize()};
}

/// A picture taken as it was scanned has its own size; drawn at 300 dpi it would have 1241 x 1754 pixels.
class PdfScan : public testing::Test {
protected:
    cv::Mat decode(const Data& file) const { return first_page(folder.write("scan.pdf", file)).image; }

    TempFolder folder;
    cv::Mat grey = sheet(a6.width, a6.height);
    cv::Mat colour = colour_sheet(a6.width, a6.height);
};

TEST_F(PdfScan, JpegIsTakenAsItIs) {
    EXPECT_LT(difference(decode(scan_pdf(a6, grey_jpeg, jpeg(grey))), grey), 2);
    const std::string bgr = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter [/DCTDecode]";
    EXPECT_LT(difference(decode(scan_pdf(a6, bgr, jpeg(colour))), colour), 4);
}

TEST_F(PdfScan, JpegPackedOnceMoreIsTaken) {
    const std::string entries = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/FlateDecode /DCTDecode]";
    EXPECT_LT(difference(decode(scan_pdf(a6, entries, deflate(jpeg(grey)))), grey), 2);
}

TEST_F(PdfScan, InverseDecodeTurnsBlackAndWhite) {
    cv::Mat negative;
    cv::bitwise_not(grey, negative);
    EXPECT_LT(difference(decode(scan_pdf(a6, grey_jpeg + " /Decode [1 0]", jpeg(negative))), grey), 2);
    const std::string flate = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode /Decode [1 0]";
    EXPECT_EQ(difference(decode(scan_pdf(a6, flate, deflate(raw(negative)))), grey), 0);
}

TEST_F(PdfScan, InksOfJpegFollowDecode) {
    cv::Mat cmyk(a6, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    cmyk(cv::Rect(50, 50, 100, 100)).setTo(cv::Scalar(0, 255, 255, 0)); // red
    cv::Mat inverse;
    cv::bitwise_not(cmyk, inverse);
    const std::string entries = "/ColorSpace /DeviceCMYK /BitsPerComponent 8 /Filter /DCTDecode";
    for (const Data& file :
         {scan_pdf(a6, entries, cmyk_jpeg(cmyk, JpegInks::plain_cmyk)),
          scan_pdf(a6, entries + " /Decode [1 0 1 0 1 0 1 0]", cmyk_jpeg(inverse, JpegInks::adobe_cmyk))}) {
        const cv::Mat image = decode(file);
        ASSERT_EQ(image.size(), a6);
        EXPECT_LT(cv::norm(image.at<cv::Vec3b>(5, 5), cv::Vec3b(255, 255, 255)), 20);
        EXPECT_LT(cv::norm(image.at<cv::Vec3b>(100, 100), cv::Vec3b(0, 0, 255)), 40);
    }
}

struct FaxCase {
    int compression;
    int options;
    std::string parameters;
};

class PdfFax : public PdfScan, public testing::WithParamInterface<FaxCase> {};

TEST_P(PdfFax, IsWrappedAndDecoded) {
    const auto& fax = GetParam();
    const Data stream = fax_stream(grey, static_cast<std::uint16_t>(fax.compression), fax.options);
    const std::string size = " /Columns 420 /Rows 594 ";
    const auto entries = [&](const std::string& more) {
        return grey_fax + "<< " + fax.parameters + size + more + " >>";
    };
    EXPECT_EQ(difference(decode(scan_pdf(a6, entries(""), stream)), grey), 0);
    cv::Mat negative;
    cv::bitwise_not(grey, negative);
    EXPECT_EQ(difference(decode(scan_pdf(a6, entries("/BlackIs1 true"), stream)), negative), 0);
    EXPECT_EQ(difference(decode(scan_pdf(a6, entries("/BlackIs1 true") + " /Decode [1 0]", stream)), grey), 0);
}

INSTANTIATE_TEST_SUITE_P(All, PdfFax,
                         testing::Values(FaxCase{COMPRESSION_CCITTFAX4, 0, "/K -1"},
                                         FaxCase{COMPRESSION_CCITTFAX3, 0, "/K 0 /EndOfLine true"},
                                         FaxCase{COMPRESSION_CCITTFAX3, GROUP3OPT_2DENCODING, "/K 4 /EndOfLine true"},
                                         FaxCase{COMPRESSION_CCITTRLE, 0, "/K 0 /EncodedByteAlign true"}));

TEST_F(PdfScan, FlateOfOneAndEightBits) {
    EXPECT_EQ(difference(decode(scan_pdf(a6, "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode",
                                         deflate(pack_bits(grey)))),
                         grey),
              0);
    cv::Mat rgb;
    cv::cvtColor(colour, rgb, cv::COLOR_BGR2RGB);
    EXPECT_EQ(difference(decode(scan_pdf(a6, "/ColorSpace [/CalRGB << >>] /BitsPerComponent 8 /Filter /FlateDecode",
                                         deflate(raw(rgb)))),
                         colour),
              0);
}

TEST_F(PdfScan, FlateWithPredictor) {
    Data rows; // PNG's predictor 2: difference to the row above
    for (int y = 0; y < grey.rows; ++y) {
        rows.push_back(2);
        for (int x = 0; x < grey.cols; ++x) {
            const int above = y == 0 ? 0 : grey.at<std::uint8_t>(y - 1, x);
            rows.push_back(static_cast<std::uint8_t>(grey.at<std::uint8_t>(y, x) - above));
        }
    }
    const std::string entries = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
                                " /DecodeParms << /Predictor 15 /Columns 420 /Colors 1 /BitsPerComponent 8 >>";
    EXPECT_EQ(difference(decode(scan_pdf(a6, entries, deflate(rows))), grey), 0);
}

TEST_F(PdfScan, RotateIsApplied) {
    for (const int degrees : {90, 180, 270, -90, 450}) {
        const cv::Mat stored = turn_clockwise(grey, (720 - degrees) % 360);
        const std::string box = stored.cols > stored.rows ? "[0 0 421 298]" : "[0 0 298 421]";
        PdfWriter pdf;
        const int image = add_image(pdf, stored.size(), grey_jpeg, jpeg(stored));
        const std::string content = stored.cols > stored.rows ? "q 421 0 0 298 0 0 cm /Im0 Do Q" : whole_page;
        pdf.add_page(content, resources_of(image), "/Rotate " + std::to_string(degrees), box);
        EXPECT_LT(difference(decode(pdf.finish()), grey), 2) << degrees;
    }
}

TEST_F(PdfScan, RotateIsInheritedFromThePageTree) {
    PdfWriter pdf;
    const cv::Mat stored = turn_clockwise(grey, 180);
    pdf.add_scan(add_image(pdf, a6, grey_jpeg, jpeg(stored)));
    EXPECT_LT(difference(decode(pdf.finish("/Rotate 180")), grey), 2);
}

// Scanners also turn pages by the matrix. What is stored is what the matrix shows, turned back.
TEST_F(PdfScan, MatrixTurnsAndMirrors) {
    const std::vector<std::pair<std::string, int>> cases{{"298 0 0 421 0 0", 1},       {"-298 0 0 421 298 0", 2},
                                                         {"-298 0 0 -421 298 421", 3}, {"298 0 0 -421 0 421", 4},
                                                         {"0 -421 -298 0 298 421", 5}, {"0 -421 298 0 0 421", 6},
                                                         {"0 421 298 0 0 0", 7},       {"0 421 -298 0 298 0", 8}};
    for (const auto& [matrix, orientation] : cases) {
        const int inverse = orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
        const cv::Mat stored = turn_upright(grey, inverse);
        PdfWriter pdf;
        const int image = add_image(pdf, stored.size(), grey_jpeg, jpeg(stored));
        pdf.add_page("q " + matrix + " cm /Im0 Do Q", resources_of(image));
        EXPECT_LT(difference(decode(pdf.finish()), grey), 2) << matrix;
    }
}

TEST_F(PdfScan, PixelsBecomeSquare) {
    cv::Mat flat;
    cv::resize(grey, flat, {420, 297}, 0, 0, cv::INTER_AREA);
    const Page page = first_page(folder.write("a.pdf", scan_pdf(flat.size(), grey_jpeg, jpeg(flat))));
    EXPECT_EQ(page.image.cols, 420);
    EXPECT_NEAR(page.image.rows, 594, 2);
    EXPECT_NEAR(page.tagged_dpi, 420 / 298.0 * 72, 0.1);
}

TEST_F(PdfScan, RecognisedTextThatIsInvisibleAndAPlainClipChangeNothing) {
    PdfWriter pdf;
    const int image = add_image(pdf, a6, grey_jpeg, jpeg(grey));
    pdf.add_page("1 1 1 rg 0 0 298 421 re f q 0 0 298 421 re W n 298 0 0 421 0 0 cm /Im0 Do Q "
                 "BT 3 Tr /F1 12 Tf 50 700 Td (made up) Tj ET",
                 resources_of(image));
    EXPECT_LT(difference(decode(pdf.finish()), grey), 2);
}

TEST_F(PdfScan, PictureDataThatLacksIsRefused) {
    const Data whole = jpeg(grey);
    const Data half(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    EXPECT_THAT(refusal_of([&] { decode(scan_pdf(a6, grey_jpeg, half)); }).message(), HasSubstr("ends too early"));

    const Data fax = fax_stream(grey, COMPRESSION_CCITTFAX4);
    const Data half_fax(fax.begin(), fax.begin() + static_cast<std::ptrdiff_t>(fax.size() / 2));
    refusal_of([&] { decode(scan_pdf(a6, grey_fax + "<< /K -1 /Columns 420 >>", half_fax)); });

    const Data short_rows(static_cast<std::size_t>(a6.area() / 2), 0);
    refusal_of([&] {
        decode(scan_pdf(a6, "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode", deflate(short_rows)));
    });
}

TEST_F(PdfScan, PictureThatUnpacksToMoreThanItsSizeIsRefused) {
    const Data bomb = deflate(Data(4u << 20, 0));
    const std::string entries = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode";
    EXPECT_THAT(refusal_of([&] { decode(scan_pdf(a6, entries, bomb)); }).message(),
                HasSubstr("more data than its size allows"));
}

TEST_F(PdfScan, TooManyPixelsAreRefusedFromTheDictionary) {
    const Error error = refusal_of([&] { decode(scan_pdf({30'000, 30'000}, grey_jpeg, jpeg(grey))); });
    EXPECT_THAT(error.message(), HasSubstr("30000 x 30000 pixels"));
}

} // namespace
} // namespace dengji::intake::test
