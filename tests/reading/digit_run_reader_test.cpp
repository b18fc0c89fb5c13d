#include "pipeline/reading/digit_run_reader.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {
namespace {

/// The end of 组, as the 1 that it looks like, and then a number: a line of 48 rows.
struct Line {
    cv::Mat image{48, 160, CV_8UC1, cv::Scalar(255)};
    int stroke = 12, number = 24;

    Line() {
        cv::line(image, {stroke, 8}, {stroke, 40}, cv::Scalar(30), 3);
        cv::putText(image, "63", {number, 38}, cv::FONT_HERSHEY_DUPLEX, 1.2, cv::Scalar(30), 2, cv::LINE_AA);
    }

    std::string read(int from, int to = 90) const {
        static ocr::DigitNet net(std::filesystem::path(DENGJI_SOURCE_DIR) / "ocr/data/digits.onnx");
        const auto readings = digit_run_reader(net, {image})(0, from, to);
        return readings.empty() ? "" : readings.front().text;
    }
};

TEST(DigitRunReader, ReadsTheDigitsBetweenTwoCuts) {
    EXPECT_EQ(Line().read(18), "63");
}

TEST(DigitRunReader, LeavesNoPieceOfTheCharacterBefore) {
    const Line line;
    for (int cut = line.stroke + 1; cut <= line.stroke + 2; ++cut) EXPECT_EQ(line.read(cut), line.read(18)) << cut;
}

TEST(DigitRunReader, CutsNoDigitInTwo) {
    const Line line;
    for (int cut = line.number - 4; cut <= line.number + 8; ++cut) EXPECT_EQ(line.read(cut), "63") << cut;
}

TEST(DigitRunReader, ReadsNothingWhereThereIsNothing) {
    EXPECT_EQ(Line().read(120, 155), "");
    EXPECT_EQ(Line().read(400, 500), "");
    EXPECT_EQ(Line().read(30, 30), "");
}

} // namespace
} // namespace dengji::reading
