#include "ocr/ppocr.h"

#include "pipeline/base/error.h"

#include <cstdlib>
#include <dengji_project.h>
#include <fstream>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>
#include <unistd.h>

namespace dengji::ocr {
namespace {

namespace fs = std::filesystem;

const fs::path models = fs::path(DENGJI_SOURCE_DIR) / "models";

cv::Mat drawn(const std::string& text, int face = cv::FONT_HERSHEY_DUPLEX) {
    int below = 0;
    const cv::Size size = cv::getTextSize(text, face, 1.2, 2, &below);
    cv::Mat image(size.height + below + 8, size.width + 20, CV_8UC1, cv::Scalar(255));
    cv::putText(image, text, {10, 6 + size.height}, face, 1.2, cv::Scalar(30), 2, cv::LINE_AA);
    return image;
}

using Bars = std::vector<std::pair<cv::Point, cv::Point>>; ///< on a square of 40 x 40

/// Characters of straight strokes can be drawn without a font: 王, 田, 工, 中.
const Bars wang = {{{3, 4}, {37, 4}}, {{5, 19}, {35, 19}}, {{2, 36}, {38, 36}}, {{20, 4}, {20, 36}}};
const Bars tian = {{{4, 5}, {36, 5}}, {{4, 20}, {36, 20}}, {{4, 35}, {36, 35}},
                   {{4, 5}, {4, 38}}, {{36, 5}, {36, 38}}, {{20, 5}, {20, 35}}};
const Bars gong = {{{4, 6}, {36, 6}}, {{2, 35}, {38, 35}}, {{20, 6}, {20, 35}}};
const Bars zhong = {
    {{5, 10}, {35, 10}}, {{5, 27}, {35, 27}}, {{5, 10}, {5, 29}}, {{35, 10}, {35, 29}}, {{20, 1}, {20, 39}}};

cv::Mat drawn(const std::vector<Bars>& characters) {
    constexpr int pitch = 46, border = 8;
    cv::Mat image(40 + 2 * border, static_cast<int>(characters.size()) * pitch + 2 * border, CV_8UC1, cv::Scalar(255));
    int x = border;
    for (const Bars& bars : characters) {
        for (const auto& [from, to] : bars)
            cv::line(image, from + cv::Point(x, border), to + cv::Point(x, border), cv::Scalar(20), 3, cv::LINE_AA);
        x += pitch;
    }
    return image;
}

class PpOcrReads : public testing::Test {
protected:
    void SetUp() override {
        reader = PpOcr::load(models);
        if (!reader) GTEST_SKIP() << "the model is not there; scripts/models/fetch brings it";
    }
    std::unique_ptr<PpOcr> reader;
};

TEST_F(PpOcrReads, Digits) {
    const TextLine line = reader->read(drawn("15823456789"), Script::digits);
    EXPECT_EQ(line.text, "15823456789");
    EXPECT_GT(line.confidence, 0.6);
}

TEST_F(PpOcrReads, Chinese) {
    EXPECT_EQ(reader->read(drawn({wang, tian, gong, zhong}), Script::chinese).text, "王田工中");
    EXPECT_EQ(reader->read(drawn({zhong, wang, tian}), Script::chinese).text, "中王田");
}

TEST_F(PpOcrReads, OnlyWhatTheScriptAllows) {
    const cv::Mat letters = drawn("HELP"); // no O: what is round counts as a zero, forms hold numbers
    EXPECT_EQ(reader->read(letters, Script::latin).text, "HELP");
    EXPECT_EQ(reader->read(letters, Script::digits).text.find_first_not_of("0123456789- "), std::string::npos);
    EXPECT_EQ(reader->read(letters, Script::id_number).text.find_first_not_of("0123456789X"), std::string::npos);
    const std::string ascii = reader->read(drawn({wang, tian}), Script::latin).text;
    EXPECT_TRUE(std::all_of(ascii.begin(), ascii.end(), [](char c) { return c >= ' ' && c <= '~'; })) << ascii;
}

TEST_F(PpOcrReads, AnIdentityNumberThatEndsInX) {
    EXPECT_EQ(reader->read(drawn("11010119900307002X"), Script::id_number).text, "11010119900307002X");
}

TEST_F(PpOcrReads, EachSymbolWithItsConfidenceAndPlace) {
    // Heights that the net must shrink and stretch, and widths that leave padding.
    for (const double scale : {0.6, 1.0, 1.7}) {
        cv::Mat image;
        cv::resize(drawn("2019"), image, {}, scale, scale, cv::INTER_AREA);
        const TextLine line = reader->read(image, Script::digits);
        ASSERT_EQ(line.text, "2019") << scale;
        int last_left = -1;
        for (const Symbol& symbol : line.symbols) {
            EXPECT_GT(symbol.confidence, 0);
            EXPECT_LE(symbol.confidence, 1);
            EXPECT_GE(symbol.confidence, line.confidence);
            EXPECT_FALSE(symbol.box.empty());
            EXPECT_EQ(symbol.box & cv::Rect({}, image.size()), symbol.box);
            EXPECT_GT(symbol.box.x, last_left);
            last_left = symbol.box.x;
        }
        // Characters of like width stand in quarters of the line.
        EXPECT_LT(line.symbols.front().box.x, image.cols / 3);
        EXPECT_GT(line.symbols.back().box.br().x, image.cols * 2 / 3);
    }
}

TEST_F(PpOcrReads, ColourAndGreyAlike) {
    const cv::Mat grey = drawn("20200415");
    cv::Mat colour;
    cv::cvtColor(grey, colour, cv::COLOR_GRAY2BGR);
    const TextLine one = reader->read(grey, Script::digits), two = reader->read(colour, Script::digits);
    EXPECT_EQ(one.text, "20200415");
    EXPECT_EQ(two.text, one.text);
    EXPECT_DOUBLE_EQ(two.confidence, one.confidence);
}

TEST_F(PpOcrReads, NothingFromNothing) {
    EXPECT_TRUE(reader->read(cv::Mat(), Script::chinese).text.empty());
    EXPECT_TRUE(reader->probabilities().empty());
    const TextLine paper = reader->read(cv::Mat(50, 200, CV_8UC1, cv::Scalar(255)), Script::digits);
    EXPECT_TRUE(paper.text.empty());
    EXPECT_EQ(paper.confidence, 0);
    EXPECT_TRUE(reader->read(cv::Mat(60, 1, CV_8UC1, cv::Scalar(255)), Script::chinese).text.empty());
}

TEST_F(PpOcrReads, LinesOfAnyWidthOneAfterTheOther) {
    for (const std::string text : {"7", "40628153", "20", "408620153946"})
        EXPECT_EQ(reader->read(drawn(text), Script::digits).text, text);
}

TEST_F(PpOcrReads, TheProbabilitiesOfEachStepAddUpToOne) {
    const cv::Mat image = drawn("2019");
    reader->read(image, Script::digits);
    const cv::Mat& steps = reader->probabilities();
    EXPECT_EQ(steps.rows, (48 * image.cols / image.rows + 7) / 8);
    EXPECT_EQ(steps.cols, 6625);
    for (int t = 0; t < steps.rows; ++t) EXPECT_NEAR(cv::sum(steps.row(t))[0], 1, 1e-3);
}

TEST_F(PpOcrReads, KnowsWhatItCanWrite) {
    EXPECT_TRUE(reader->can_write("江"));
    EXPECT_TRUE(reader->can_write("璜")); // Tesseract cannot
    EXPECT_FALSE(reader->can_write("ß"));
}

class PpOcrFolder : public testing::Test {
protected:
    void SetUp() override {
        folder = fs::temp_directory_path() / ("dengji-ppocr-test-" + std::to_string(getpid()));
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    void TearDown() override { fs::remove_all(folder); }
    void write(const std::string& name, const std::string& content) const { std::ofstream(folder / name) << content; }

    void expect_broken() const {
        try {
            PpOcr::load(folder);
            FAIL() << "started with a broken model";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_NE(error.next_step().find("scripts/models/fetch"), std::string::npos);
        }
    }
    fs::path folder;
};

TEST_F(PpOcrFolder, WithoutTheFilesThereIsNoReader) {
    EXPECT_EQ(PpOcr::load("/nonexistent"), nullptr);
    EXPECT_EQ(PpOcr::load(folder), nullptr);
    write("characters.txt", "a\n");
    EXPECT_EQ(PpOcr::load(folder), nullptr);
}

TEST_F(PpOcrFolder, ADamagedModelIsSaid) {
    write("characters.txt", "a\n");
    write("recogniser.weights", "this is no model");
    expect_broken();
}

TEST_F(PpOcrFolder, ACutOffModelIsSaid) {
    if (!fs::exists(models / "recogniser.weights"))
        GTEST_SKIP() << "the model is not there; scripts/models/fetch brings it";
    fs::copy_file(models / "characters.txt", folder / "characters.txt");
    fs::copy_file(models / "recogniser.weights", folder / "recogniser.weights");
    fs::resize_file(folder / "recogniser.weights", fs::file_size(folder / "recogniser.weights") / 2);
    expect_broken();
}

TEST_F(PpOcrFolder, AnotherListOfCharactersIsSaid) {
    if (!fs::exists(models / "recogniser.weights"))
        GTEST_SKIP() << "the model is not there; scripts/models/fetch brings it";
    fs::create_symlink(models / "recogniser.weights", folder / "recogniser.weights");
    write("characters.txt", "a\nb\nc\n");
    expect_broken();
}

} // namespace
} // namespace dengji::ocr
