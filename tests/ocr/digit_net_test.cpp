#include "ocr/digit_net.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>
#include <thread>

namespace dengji::ocr {
namespace {

const std::filesystem::path model = std::filesystem::path(DENGJI_SOURCE_DIR) / "ocr/data/digits.onnx";

cv::Mat drawn(const std::string& text, int thickness = 2) {
    int below = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, 1.2, thickness, &below);
    cv::Mat image(size.height + below + 20, size.width + 24, CV_8UC1, cv::Scalar(245));
    cv::putText(image, text, {12, 10 + size.height}, cv::FONT_HERSHEY_DUPLEX, 1.2, cv::Scalar(40), thickness,
                cv::LINE_AA);
    return image;
}

TEST(DigitNet, ReadsDrawnDigits) {
    DigitNet net(model);
    for (const std::string text : {"7", "2019", "13800000000", "500116199001019918", "023-47550000"})
        EXPECT_EQ(net.read(drawn(text)).greedy, text);
}

TEST(DigitNet, ReadsNothingOnPaper) {
    DigitNet net(model);
    EXPECT_TRUE(net.read({}).views.empty());
    EXPECT_TRUE(net.read(cv::Mat(40, 120, CV_8U, cv::Scalar(250))).views.empty());
}

TEST(DigitNet, GivesLogarithmsOfProbabilities) {
    DigitNet net(model);
    const DigitLine line = net.read(drawn("2019"));
    ASSERT_EQ(line.views.size(), 2u);
    for (const cv::Mat& view : line.views) {
        EXPECT_EQ(view.cols, static_cast<int>(DigitNet::symbols.size()) + 1);
        EXPECT_GE(view.rows, 5);
        cv::Mat probabilities, sums;
        cv::exp(view, probabilities);
        cv::reduce(probabilities, sums, 1, cv::REDUCE_SUM);
        EXPECT_LT(cv::norm(sums, cv::Mat::ones(sums.size(), CV_32F), cv::NORM_INF), 1e-4);
    }
}

TEST(DigitNet, KnowsWhatIsNoDigit) {
    DigitNet net(model);
    cv::Mat scrawl(60, 120, CV_8U, cv::Scalar(250));
    for (int i = 0; i < 9; ++i)
        cv::line(scrawl, {20 + 9 * i, i % 2 == 0 ? 12 : 48}, {29 + 9 * i, i % 2 == 0 ? 48 : 12}, cv::Scalar(30), 4,
                 cv::LINE_AA);
    EXPECT_NE(net.read(scrawl).greedy.find(DigitNet::foreign), std::string::npos);
}

TEST(DigitNet, SaysWhatIsWrongWithTheModel) {
    EXPECT_THROW(DigitNet("/nowhere/digits.onnx"), Error);
    const TempFolder folder;
    write_file(folder.path() / "digits.onnx", "not a model");
    try {
        DigitNet net(folder.path() / "digits.onnx");
        FAIL() << "a broken model was taken";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_FALSE(error.next_step().empty());
    }
}

TEST(DigitNet, WorksInEveryThreadWithItsOwn) {
    std::vector<std::string> texts(4);
    std::vector<std::thread> threads;
    for (auto& text : texts)
        threads.emplace_back([&text] {
            DigitNet net(model);
            for (int i = 0; i < 3; ++i) text = net.read(drawn("15823456789")).greedy;
        });
    for (auto& thread : threads) thread.join();
    for (const auto& text : texts) EXPECT_EQ(text, "15823456789");
}

} // namespace
} // namespace dengji::ocr
