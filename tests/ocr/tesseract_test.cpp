#include "ocr/tesseract.h"

#include "pipeline/base/error.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>
#include <thread>

namespace dengji::ocr {
namespace {

/// Plain digits and letters on white, about 26 px high.
cv::Mat drawn(const std::string& text) {
    const int face = cv::FONT_HERSHEY_DUPLEX;
    int below = 0;
    const cv::Size size = cv::getTextSize(text, face, 1.2, 2, &below);
    cv::Mat image(size.height + below + 20, size.width + 40, CV_8UC1, cv::Scalar(255));
    cv::putText(image, text, {20, 10 + size.height}, face, 1.2, cv::Scalar(30), 2, cv::LINE_AA);
    return image;
}

TEST(Tesseract, ReadsDigits) {
    Tesseract reader;
    const TextLine line = reader.read(drawn("15823456789"), Script::digits);
    EXPECT_EQ(line.text, "15823456789");
    EXPECT_GT(line.confidence, 0.6);
}

TEST(Tesseract, GivesEachSymbolItsConfidenceAndPlace) {
    Tesseract reader;
    const cv::Mat image = drawn("2019");
    const TextLine line = reader.read(image, Script::digits);
    ASSERT_EQ(line.symbols.size(), 4U);
    const cv::Rect all(0, 0, image.cols, image.rows);
    for (const Symbol& symbol : line.symbols) {
        EXPECT_GE(symbol.confidence, 0);
        EXPECT_LE(symbol.confidence, 1);
        EXPECT_EQ(symbol.box & all, symbol.box);
    }
}

TEST(Tesseract, AWhitelistHoldsForItsScriptOnly) {
    Tesseract reader;
    const cv::Mat image = drawn("HELLO");
    EXPECT_EQ(reader.read(image, Script::digits).text.find_first_not_of("0123456789-"), std::string::npos);
    EXPECT_EQ(reader.read(image, Script::latin).text, "HELLO");
    EXPECT_EQ(reader.read(image, Script::id_number).text.find_first_not_of("0123456789X"), std::string::npos);
}

TEST(Tesseract, ColourAndGreyReadAlike) {
    Tesseract reader;
    cv::Mat colour;
    cv::cvtColor(drawn("20200415"), colour, cv::COLOR_GRAY2BGR);
    EXPECT_EQ(reader.read(colour, Script::digits).text, "20200415");
}

TEST(Tesseract, APartOfALargerImageIsReadAsItIs) {
    Tesseract reader;
    cv::Mat large(200, 900, CV_8UC1, cv::Scalar(255));
    const cv::Mat word = drawn("8675");
    cv::Mat place = large(cv::Rect(300, 50, word.cols, word.rows));
    word.copyTo(place);
    EXPECT_EQ(reader.read(place, Script::digits).text, "8675");
}

TEST(Tesseract, NothingIsReadFromNothing) {
    Tesseract reader;
    EXPECT_TRUE(reader.read(cv::Mat(), Script::chinese).text.empty());
    const TextLine paper = reader.read(cv::Mat(50, 200, CV_8UC1, cv::Scalar(255)), Script::digits);
    EXPECT_TRUE(paper.text.empty());
    EXPECT_EQ(paper.confidence, 0);
}

TEST(Tesseract, KnowsWhatItCannotWrite) {
    const Tesseract reader;
    EXPECT_TRUE(reader.can_write("江"));
    EXPECT_TRUE(reader.can_write("鼎"));
    EXPECT_FALSE(reader.can_write("璜"));
    EXPECT_FALSE(reader.can_write("蟆"));
    EXPECT_FALSE(reader.can_write("·"));
}

TEST(Tesseract, OneForEachThreadReadsAlike) {
    const cv::Mat image = drawn("40628153");
    std::string first, second;
    std::thread one([&] { first = Tesseract().read(image, Script::digits).text; });
    std::thread two([&] { second = Tesseract().read(image, Script::digits).text; });
    one.join();
    two.join();
    EXPECT_EQ(first, "40628153");
    EXPECT_EQ(second, first);
}

TEST(Tesseract, SaysWhichPackagesAreMissing) {
    try {
        const Tesseract reader("/nonexistent");
        FAIL() << "started without its data";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_NE(error.next_step().find("tesseract-ocr-chi-sim"), std::string::npos);
    }
}

} // namespace
} // namespace dengji::ocr
