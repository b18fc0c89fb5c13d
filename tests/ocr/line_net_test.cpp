#include "ocr/line_net.h"

#include "ocr/net_kernels.h"
#include "pipeline/base/error.h"

#include <dengji_project.h>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <thread>

namespace dengji::ocr {
namespace {

namespace fs = std::filesystem;

const fs::path weights = fs::path(DENGJI_SOURCE_DIR) / "models/recogniser.weights";
constexpr int step = LineNet::step_width;

/// As the net wants it: a line of print, padded to whole steps.
cv::Mat line_of(const std::string& text) {
    constexpr int face = cv::FONT_HERSHEY_DUPLEX;
    int below = 0;
    const int width = cv::getTextSize(text, face, 1.2, 2, &below).width + 20;
    cv::Mat grey(LineNet::line_height, width, CV_8UC1, cv::Scalar(235)), colour;
    cv::putText(grey, text, {10, 36}, face, 1.2, cv::Scalar(30), 2, cv::LINE_AA);
    cv::cvtColor(grey, colour, cv::COLOR_GRAY2BGR);
    cv::Mat line(LineNet::line_height, (width + step - 1) / step * step, CV_32FC3, cv::Scalar::all(0));
    colour.convertTo(line.colRange(0, width), CV_32F, 1 / 127.5, -1);
    return line;
}

/// What torch made of a line with the same weights (training/recogniser/reference.py): the two likeliest classes of
/// each step.
struct Reference {
    struct Step {
        int classes[2];
        float probabilities[2];
    };
    std::string text;
    std::vector<Step> steps;
};

std::vector<Reference> references() {
    std::ifstream file(fs::path(DENGJI_SOURCE_DIR) / "tests/ocr/data/line_net_reference.txt");
    std::vector<Reference> all;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("line ")) {
            all.push_back({line.substr(5), {}});
            continue;
        }
        Reference::Step next{};
        std::istringstream(line) >> next.classes[0] >> next.probabilities[0] >> next.classes[1] >>
            next.probabilities[1];
        all.back().steps.push_back(next);
    }
    return all;
}

class LineNetReads : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::exists(weights)) GTEST_SKIP() << "the model is not there; scripts/models/fetch brings it";
        net = LineNet::shared(weights);
    }
    std::shared_ptr<const LineNet> net;
    LineNet::Workspace workspace;
};

TEST_F(LineNetReads, AsTorchDoesWithEveryKernelSet) {
    const auto all = references();
    ASSERT_EQ(all.size(), 4u);
    for (const NetKernels* kernels : net_kernels()) {
        const LineNet one(weights, kernels);
        for (const Reference& reference : all) {
            const cv::Mat made = one.probabilities(line_of(reference.text), workspace);
            ASSERT_EQ(made.rows, static_cast<int>(reference.steps.size())) << reference.text;
            for (int t = 0; t < made.rows; ++t)
                for (const int i : {0, 1}) {
                    const auto& expected = reference.steps[static_cast<std::size_t>(t)];
                    EXPECT_NEAR(made.at<float>(t, expected.classes[i]), expected.probabilities[i], 1e-3)
                        << kernels->name << ", " << reference.text << ", step " << t;
                }
        }
    }
}

TEST_F(LineNetReads, ALineAloneAsAfterALongerOne) {
    const cv::Mat line = line_of("40628");
    LineNet::Workspace fresh;
    const cv::Mat alone = net->probabilities(line, fresh);
    net->probabilities(line_of("a much longer line, 2019 to 2025"), workspace);
    EXPECT_EQ(cv::norm(net->probabilities(line, workspace), alone, cv::NORM_INF), 0);
}

TEST_F(LineNetReads, LinesOfAllSmallWidths) {
    for (int width = 2 * step; width <= 12 * step; width += step) {
        const cv::Mat line(LineNet::line_height, width, CV_32FC3, cv::Scalar::all(.8));
        const cv::Mat made = net->probabilities(line, workspace);
        ASSERT_EQ(made.size(), cv::Size(net->classes(), width / step));
        for (int t = 0; t < made.rows; ++t) EXPECT_NEAR(cv::sum(made.row(t))[0], 1, 1e-3) << width;
    }
}

TEST_F(LineNetReads, ForTwoThreadsAtOnceAsForOne) {
    const cv::Mat line = line_of("20200415");
    const cv::Mat alone = net->probabilities(line, workspace);
    std::vector<cv::Mat> made(8);
    {
        std::vector<std::jthread> threads;
        for (const std::size_t first : {0u, 1u})
            threads.emplace_back([&, first] {
                LineNet::Workspace own;
                for (std::size_t i = first; i < made.size(); i += 2) made[i] = net->probabilities(line, own);
            });
    }
    for (const cv::Mat& one : made) EXPECT_EQ(cv::norm(one, alone, cv::NORM_INF), 0);
}

TEST_F(LineNetReads, WeightsAreHeldOnce) {
    EXPECT_EQ(LineNet::shared(weights), net);
}

TEST(LineNet, AFileThatIsNotThereIsSaid) {
    EXPECT_THROW(LineNet::shared("/nonexistent/recogniser.weights"), Error);
}

} // namespace
} // namespace dengji::ocr
