#include "tests/intake/pdf_fixtures.h"
#include "tests/intake/tiff_fixtures.h"

#include "pipeline/intake/pixels.h"

#include <opencv2/imgproc.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace dengji::intake::test {
namespace {

using testing::HasSubstr;

const cv::Size a6(420, 594);
const std::string grey_jpeg = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode";

/// How much a page drawn at 300 dpi differs from the picture that was put on it.
double difference_when_drawn(const cv::Mat& page, const cv::Mat& picture) {
    if (page.type() != picture.type()) return 255;
    cv::Mat reduced;
    cv::resize(page, reduced, picture.size(), 0, 0, cv::INTER_AREA);
    return difference(reduced, picture);
}

class PdfRender : public testing::Test {
protected:
    Page render(const Data& file) const { return first_page(folder.write("it's a \"page\" $(x).pdf", file)); }

    TempFolder folder;
    cv::Mat grey = sheet(a6.width, a6.height);
};

TEST_F(PdfRender, VectorPageIsDrawnAt300Dpi) {
    PdfWriter pdf;
    pdf.add_page("0 0 0 rg 0 210 149 211 re f", "<< >>");
    const Page page = render(pdf.finish());
    EXPECT_NEAR(page.image.cols, 1241, 1);
    EXPECT_NEAR(page.image.rows, 1754, 1);
    EXPECT_EQ(page.tagged_dpi, 300);
    ASSERT_EQ(page.image.type(), CV_8UC1) << "without colour one channel is enough";
    EXPECT_EQ(page.image.at<std::uint8_t>(100, 100), 0);
    EXPECT_EQ(page.image.at<std::uint8_t>(100, 1000), 255);
    EXPECT_EQ(page.image.at<std::uint8_t>(1500, 100), 255);
}

TEST_F(PdfRender, ColourAndRotationAreKept) {
    PdfWriter pdf;
    pdf.add_page("1 0 0 rg 0 210 149 211 re f", "<< >>", "/Rotate 90");
    const cv::Mat image = render(pdf.finish()).image;
    ASSERT_EQ(image.type(), CV_8UC3);
    ASSERT_GT(image.cols, image.rows);
    EXPECT_EQ(image.at<cv::Vec3b>(100, image.cols - 100), cv::Vec3b(0, 0, 255))
        << "the red corner is now at the top right";
}

TEST_F(PdfRender, TheRightPageIsDrawn) {
    PdfWriter pdf;
    for (const char* box : {"[0 0 300 300]", "[0 0 400 400]", "[0 0 200 200]"})
        pdf.add_page("0 0 m 99 99 l S", "<< >>", "", box);
    const auto document = open_document(folder.write("a.pdf", pdf.finish()));
    EXPECT_NEAR(document->page(2).image.cols, 400 * 300 / 72, 1);
    EXPECT_NEAR(document->page(3).image.cols, 200 * 300 / 72, 1);
}

TEST_F(PdfRender, WhatLiesOverAPictureIsSeen) {
    const std::vector<std::string> contents{
        whole_page + " 0 0 0 rg 50 50 100 100 re f",                            // a black square over it
        whole_page + " q 100 0 0 100 50 50 cm /Im0 Do Q",                       // a second picture
        "q 50 50 100 100 re W n 298 0 0 421 0 0 cm /Im0 Do Q",                  // a clip
        "q 150 0 0 421 0 0 cm /Im0 Do Q",                                       // half the page
        "q 296 10 -10 419 2 2 cm /Im0 Do Q",                                    // set straight by the scanner
        whole_page + " BT /F1 50 Tf 50 200 Td (made up) Tj ET",                 // visible text
        "/OC /L1 BDC " + whole_page + " EMC",                                   // a layer
        whole_page + " q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \1 EI Q", // an inline picture
    };
    for (const auto& content : contents) {
        PdfWriter pdf;
        const int image = add_image(pdf, a6, grey_jpeg, jpeg(grey));
        pdf.add_page(content, "<< /XObject << /Im0 " + std::to_string(image) +
                                  " 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>");
        EXPECT_NEAR(render(pdf.finish()).image.cols, 1241, 1) << content;
    }
}

TEST_F(PdfRender, NotesAndMasksAreSeen) {
    PdfWriter noted;
    const int stamp =
        noted.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 100 100]", "0 0 0 rg 0 0 100 100 re f");
    const int image = add_image(noted, a6, grey_jpeg, jpeg(grey));
    noted.add_scan(image, "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [100 100 200 200] /F 4 /AP << /N " +
                              std::to_string(stamp) + " 0 R >> >>]");
    const cv::Mat page = render(noted.finish()).image;
    EXPECT_EQ(page.at<std::uint8_t>(page.rows - 150 * 300 / 72, 150 * 300 / 72), 0);

    const Data stencil =
        scan_pdf(a6, "/ImageMask true /BitsPerComponent 1 /Filter /FlateDecode", deflate(pack_bits(grey)));
    EXPECT_LT(difference_when_drawn(render(stencil).image, grey), 8);
}

TEST_F(PdfRender, CropBoxIsThePage) {
    PdfWriter pdf;
    pdf.add_page("0 0 m 99 99 l S", "<< >>", "/CropBox [50 100 250 300]");
    const cv::Mat page = render(pdf.finish()).image;
    EXPECT_NEAR(page.cols, 833, 1);
    EXPECT_NEAR(page.rows, 833, 1);
}

/// The picture as a JBIG2 page of one generic region, coded as fax.
Data jbig2_stream(const cv::Mat& black_and_white) {
    const auto put32 = [](int value) {
        return Data{static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16),
                    static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
    };
    const Data size = put32(black_and_white.cols) + put32(black_and_white.rows);
    const Data page_info = size + put32(0) + put32(0) + Data{0, 0, 0};
    const Data region = size + put32(0) + put32(0) + Data{0, 1} + fax_stream(black_and_white, COMPRESSION_CCITTFAX4);
    const auto segment = [&](int number, std::uint8_t kind, const Data& content) {
        return put32(number) + Data{kind, 0, 1} + put32(static_cast<int>(content.size())) + content;
    };
    return segment(0, 48, page_info) + segment(1, 38, region);
}

TEST_F(PdfRender, Jbig2AndJpeg2000) {
    const std::string jbig2 = "/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode";
    const Page page = render(scan_pdf(a6, jbig2, jbig2_stream(grey)));
    EXPECT_LT(difference_when_drawn(page.image, grey), 8);

    const std::string jpx = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode";
    EXPECT_LT(difference_when_drawn(render(scan_pdf(a6, jpx, encode(".jp2", grey))).image, grey), 8);
}

// Poppler draws a white page then and says so only on standard error.
TEST_F(PdfRender, DamagedPageDoesNotPassAsBlank) {
    const std::string jpx = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /JPXDecode";
    const Data noise(2000, 0x5A);
    EXPECT_THAT(refusal_of([&] { render(scan_pdf(a6, jpx, noise)); }).message(), HasSubstr("damaged"));
}

TEST_F(PdfRender, EmptyPageIsBlank) {
    PdfWriter pdf;
    pdf.add_page("", "<< >>");
    EXPECT_TRUE(render(pdf.finish()).quality.blank);
}

// Poppler itself answers with a picture of one pixel.
TEST_F(PdfRender, HugePageIsDrawnCoarserOrRefused) {
    PdfWriter poster;
    poster.add_page("0 0 m 99 99 l S", "<< >>", "", "[0 0 842 1191]"); // A3
    Limits limits;
    limits.megapixels = 5;
    const Page page = first_page(folder.write("poster.pdf", poster.finish()), limits);
    EXPECT_LT(page.tagged_dpi, 200);
    EXPECT_LE(page.image.total(), 5'000'000u);

    for (const char* box : {"[0 0 14400 14400]", "[0 0 1000000 1000000]", "[0 0 900000000000 5]"}) {
        PdfWriter pdf;
        pdf.add_page("0 0 m 99 99 l S", "<< >>", "", box);
        EXPECT_THAT(refusal_of([&] { render(pdf.finish()); }).message(), HasSubstr("too large to be drawn")) << box;
    }
}

TEST_F(PdfRender, TimeIsLimited) {
    // Twenty million strokes over the whole page.
    std::string strokes;
    for (int i = 0; i < 20'000; ++i) strokes += "0 0 m 298 421 l 0 421 l 298 0 l S\n";
    PdfWriter pdf;
    const int form = pdf.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 298 421]", strokes);
    std::string content;
    for (int i = 0; i < 1000; ++i) content += "/Fm0 Do\n";
    pdf.add_page(content, "<< /XObject << /Fm0 " + std::to_string(form) + " 0 R >> >>");
    Limits limits;
    limits.render_seconds = 1;
    const auto file = folder.write("slow.pdf", pdf.finish());
    EXPECT_THAT(refusal_of([&] { first_page(file, limits); }).message(), HasSubstr("took longer than 1 seconds"));
}

TEST_F(PdfRender, MissingProgramIsNamed) {
    PdfWriter pdf;
    pdf.add_page("0 0 m 99 99 l S", "<< >>");
    const auto file = folder.write("a.pdf", pdf.finish());
    const std::string path = std::getenv("PATH");
    ::setenv("PATH", folder.path().c_str(), 1);
    const Error error = refusal_of([&] { first_page(file); });
    ::setenv("PATH", path.c_str(), 1);
    EXPECT_THAT(error.message(), HasSubstr("pdftoppm"));
    EXPECT_THAT(error.next_step(), HasSubstr("poppler-utils"));
}

} // namespace
} // namespace dengji::intake::test
