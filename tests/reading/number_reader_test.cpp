#include "pipeline/reading/number_reader.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

const std::filesystem::path project = DENGJI_SOURCE_DIR;

cv::Mat drawn(const std::string& text) {
    int below = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, 1.2, 2, &below);
    cv::Mat image(size.height + below + 20, size.width + 24, CV_8UC1, cv::Scalar(245));
    cv::putText(image, text, {12, 10 + size.height}, cv::FONT_HERSHEY_DUPLEX, 1.2, cv::Scalar(40), 2, cv::LINE_AA);
    return image;
}

TEST(NumberReader, ReadsEachKindOfNumber) {
    NumberReader reader(project);
    const std::pair<std::string, std::string> lines[] = {{"id_number", "510225196803159919"},
                                                         {"id_number_like", "51022519680315991943"},
                                                         {"mobile", "13800000000"},
                                                         {"landline", "023-47550000"},
                                                         {"year", "2019"},
                                                         {"month", "11"},
                                                         {"day", "28"},
                                                         {"house_number", "8-402"}};
    for (const auto& [content, text] : lines) {
        const NumberReading reading = reader.read(drawn(text), content);
        EXPECT_EQ(reading.value, text) << content;
        EXPECT_EQ(reading.raw, text) << content;
        EXPECT_GT(reading.confidence, 0.8) << content;
        EXPECT_FALSE(reading.rejected) << content;
        EXPECT_TRUE(reading.reasons.empty()) << content;
        ASSERT_FALSE(reading.alternatives.empty()) << content;
        EXPECT_EQ(reading.alternatives.front().value, text) << content;
        EXPECT_LE(reading.alternatives.size(), 10u);
    }
}

TEST(NumberReader, PaperSaysNothing) {
    NumberReader reader(project);
    for (const cv::Mat& paper : {cv::Mat(), cv::Mat(40, 90, CV_8U, cv::Scalar(250))}) {
        const NumberReading reading = reader.read(paper, "day");
        EXPECT_EQ(reading.value, "");
        EXPECT_EQ(reading.confidence, 0);
        EXPECT_FALSE(reading.rejected);
    }
}

TEST(NumberReader, RejectsScrawl) {
    NumberReader reader(project);
    cv::Mat scrawl(60, 120, CV_8U, cv::Scalar(250));
    for (int i = 0; i < 9; ++i)
        cv::line(scrawl, {20 + 9 * i, i % 2 == 0 ? 12 : 48}, {29 + 9 * i, i % 2 == 0 ? 48 : 12}, cv::Scalar(30), 4,
                 cv::LINE_AA);
    const NumberReading reading = reader.read(scrawl, "mobile");
    EXPECT_TRUE(reading.rejected);
    ASSERT_FALSE(reading.reasons.empty());
    EXPECT_EQ(reading.reasons.front().code, "number-foreign-glyph");
}

TEST(NumberReader, MarksWhatIsCutOff) {
    NumberReader reader(project);
    const cv::Mat whole = drawn("2020");
    const NumberReading cut = reader.read(whole.colRange(0, whole.cols - 24), "year");
    ASSERT_FALSE(cut.reasons.empty());
    EXPECT_EQ(cut.reasons.back().code, "number-cut-off");
}

TEST(NumberReader, NamesOnlyContentsItReads) {
    EXPECT_TRUE(NumberReader::reads("mobile"));
    EXPECT_FALSE(NumberReader::reads("email"));
}

TEST(NumberConfidence, RisesBetweenItsPointsAndStaysBeyondThem) {
    const TempFolder folder;
    write_file(folder.path() / "c.csv",
               "content,origin,margin,right\nday,as-read,0,0.5\nday,as-read,2,0.9\nday,repaired,1,0.3\n");
    const auto confidence = NumberConfidence::load(folder.path() / "c.csv");
    EXPECT_DOUBLE_EQ(confidence.of("day", NumberOrigin::as_read, -5), 0.5);
    EXPECT_DOUBLE_EQ(confidence.of("day", NumberOrigin::as_read, 1), 0.7);
    EXPECT_DOUBLE_EQ(confidence.of("day", NumberOrigin::as_read, 9), 0.9);
    EXPECT_DOUBLE_EQ(confidence.of("day", NumberOrigin::repaired, 9), 0.3);
    EXPECT_DOUBLE_EQ(confidence.of("day", NumberOrigin::foreign, 9), 0);
    EXPECT_DOUBLE_EQ(confidence.of("year", NumberOrigin::as_read, 9), 0);
}

TEST(NumberConfidence, RefusesCurvesThatFall) {
    const TempFolder folder;
    for (const char* rows : {"day,as-read,0,0.9\nday,as-read,2,0.5\n", "day,as-read,2,0.5\nday,as-read,2,0.6\n",
                             "day,as-read,0,1.5\n", "day,as-read,zero,0.5\n"}) {
        write_file(folder.path() / "c.csv", std::string("content,origin,margin,right\n") + rows);
        EXPECT_THROW(NumberConfidence::load(folder.path() / "c.csv"), Error) << rows;
    }
    EXPECT_THROW(NumberConfidence::load(folder.path() / "none.csv"), Error);
}

TEST(NumberConfidence, IsThereForEveryKindOfNumber) {
    const auto confidence = NumberConfidence::load(project / "ocr/data/number_confidence.csv");
    for (const std::string content :
         {"id_number", "id_number_like", "mobile", "landline", "year", "month", "day", "house_number"}) {
        double before = 0;
        for (double margin = -12; margin <= 18; margin += 0.5) {
            const double chance = confidence.of(content, NumberOrigin::as_read, margin);
            EXPECT_GE(chance, before) << content;
            EXPECT_LT(chance, 1) << content;
            before = chance;
        }
        EXPECT_GT(before, 0.9) << content;
    }
}

} // namespace
} // namespace dengji::reading
