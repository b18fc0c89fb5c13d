// The built program, called as people and scripts call it.
#include "tests/app/run_program.h"
#include "tests/intake/fixtures.h"

#include <csignal>
#include <dengji_project.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path samples = fs::path(DENGJI_SOURCE_DIR) / "samples";

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A folder of pictures that are no sheets: quick to read.
class Pictures : public ::testing::Test {
protected:
    void SetUp() override {
        fs::create_directory(folder_.path() / "in");
        for (int i = 1; i <= 30; ++i)
            folder_.write("in/page" + std::to_string(i) + ".png",
                          intake::test::encode(".png", intake::test::sheet(420, 594)));
    }
    std::string in() const { return (folder_.path() / "in").string(); }
    std::string data() const { return (folder_.path() / "data").string(); }
    intake::test::TempFolder folder_;
};

TEST(Commands, HelpAndVersion) {
    const auto help = test::run_dengji({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const auto* word :
         {"read", "run", "rows", "check", "import", "event", "show", "find", "due", "bench", "Exit codes"})
        EXPECT_THAT(help.out, HasSubstr(word));
    for (const auto* command : {"read", "run", "rows", "check", "bench"}) {
        const auto own = test::run_dengji({command, "--help"});
        EXPECT_EQ(own.exit_code, 0);
        EXPECT_THAT(own.out, HasSubstr("--help"));
    }
    EXPECT_EQ(test::run_dengji({"--version"}).out, "dengji " DENGJI_VERSION "\n");
}

TEST(Commands, AWrongCallIsCode2AndSaysWhatWouldBeRight) {
    const auto run = test::run_dengji({"raed", "x.jpg"});
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr("'dengji read'"));
    EXPECT_EQ(test::run_dengji({}).exit_code, 2);
    EXPECT_EQ(test::run_dengji({"read"}).exit_code, 2);
    EXPECT_EQ(test::run_dengji({"rows", "--data", "/no/register/here"}).exit_code, 2);
}

TEST_F(Pictures, ABrokenDefinitionIsCode4WithFileAndLine) {
    const auto missing = test::run_dengji({"read", in(), "--forms", "/no/forms"});
    EXPECT_EQ(missing.exit_code, 4);
    EXPECT_THAT(missing.err, HasSubstr("/no/forms"));
    fs::create_directory(folder_.path() / "forms");
    folder_.write("forms/bad.yaml", "id: bad\nkind: registration\nnonsense: 1\n");
    const auto broken = test::run_dengji({"read", in(), "--forms", (folder_.path() / "forms").string()});
    EXPECT_EQ(broken.exit_code, 4);
    EXPECT_THAT(broken.err, HasSubstr("bad.yaml, line "));
}

TEST_F(Pictures, ReadPrintsInTheOrderOfTheDelivery) {
    const auto run = test::run_dengji({"read", in(), "--jobs", "4"});
    std::vector<std::string> names;
    for (const auto& line : test::lines_of(run.out))
        names.push_back(fs::path(json::parse(line)["source"].get<std::string>()).filename());
    std::vector<std::string> expected;
    for (int i = 1; i <= 30; ++i) expected.push_back("page" + std::to_string(i) + ".png");
    EXPECT_EQ(names, expected);
    EXPECT_THAT(run.err, Not(HasSubstr("pages/s"))) << "a progress bar is for terminals";
}

TEST_F(Pictures, AFullDiskBehindStandardOutputIsCode5) {
    const auto run = test::run_dengji({"read", in()}, {.stdout_to = "/dev/full"});
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_THAT(run.err, HasSubstr("cannot be written"));
}

TEST_F(Pictures, EndsQuietlyWhenNobodyReadsOn) {
    const auto run = test::run_dengji({"read", in()}, {.close_stdout_early = true});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.err, Not(HasSubstr("Set aside")));
    EXPECT_THAT(run.err, Not(HasSubstr("cannot be written")));
}

TEST_F(Pictures, ADataFolderThatCannotBeMadeIsCode5) {
    const auto file = folder_.write("file", "no folder");
    const auto run = test::run_dengji({"run", in(), "--data", (file / "data").string()});
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_THAT(run.err, HasSubstr("What to do"));
}

TEST_F(Pictures, ARegisterThatIsNoneIsCode4) {
    fs::create_directory(folder_.path() / "data");
    folder_.write("data/register.sqlite", std::string(5000, 'x'));
    const auto run = test::run_dengji({"run", in(), "--data", data()});
    EXPECT_EQ(run.exit_code, 4);
    EXPECT_THAT(run.err, HasSubstr("What to do"));
}

TEST_F(Pictures, RunEndsWithAnAccountOfEveryPage) {
    const auto text = test::run_dengji({"run", in(), "--data", data()});
    EXPECT_EQ(text.exit_code, 3) << text.err;
    EXPECT_THAT(text.out, HasSubstr("1 page from 1 file"));
    EXPECT_THAT(text.out, HasSubstr("page17.png"));
    EXPECT_THAT(text.out, HasSubstr("register.sqlite"));

    const auto again = json::parse(test::run_dengji({"run", in(), "--data", data(), "--json"}).out);
    EXPECT_EQ(again["pages"], 1) << "the same picture thirty times is one file";
    EXPECT_EQ(again["finished"], true);
    EXPECT_EQ(again["set_aside"].size(), 30u);
}

TEST_F(Pictures, AnInterruptFinishesThePagesInFlightAndSaysHowToGoOn) {
    if (!fs::exists(samples / "stack")) GTEST_SKIP() << "samples/stack is not there";
    // On a busy machine the program may still be loading when the signal comes; then it just ends.
    for (const int wait : {400, 800, 1600, 3200, 6400}) {
        const auto own = data() + std::to_string(wait);
        const auto stopped = test::run_dengji({"run", (samples / "stack").string(), "--data", own},
                                              {.signal_after = std::chrono::milliseconds(wait), .signal = SIGINT});
        ASSERT_EQ(stopped.exit_code, 130) << stopped.err;
        if (stopped.out.empty()) continue;
        EXPECT_THAT(stopped.out, HasSubstr("same command again"));
        return;
    }
    FAIL() << "no interrupt came while pages were read";
}

TEST_F(Pictures, DebugPicturesAreNamedBySourceAndPage) {
    const auto debug = folder_.path() / "debug";
    test::run_dengji({"read", (folder_.path() / "in" / "page3.png").string(), "--debug", debug.string()});
    EXPECT_TRUE(fs::exists(debug / "page3-p001.jpg"));
    EXPECT_EQ(test::run_dengji({"read", in(), "--debug", "/dev/null/x"}).exit_code, 5);
}

TEST_F(Pictures, BenchNeedsATruth) {
    const auto run = test::run_dengji({"bench", in()});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("truth"));
}

TEST_F(Pictures, NothingOfWhatASheetSaysReachesStandardError) {
    if (!fs::exists(samples / "set" / "clean-song.jpg")) GTEST_SKIP() << "samples/set is not there";
    const auto run = test::run_dengji({"run", (samples / "set" / "clean-song.jpg").string(), "--data", data()});
    const auto rows = test::run_dengji({"rows", "--data", data()});
    ASSERT_EQ(rows.exit_code, 0) << rows.err;
    EXPECT_EQ(test::lines_of(rows.out).size(), 2u);
    const auto truth = json::parse(contents(samples / "set" / "truth" / "clean-song.json"));
    for (const auto& [key, value] : truth["values"].items()) {
        const auto text = value.get<std::string>();
        if (text.size() < 6) continue;
        EXPECT_THAT(run.err + run.out + rows.err, Not(HasSubstr(text))) << key;
    }
}

TEST_F(Pictures, RowsGoToAFileOrToStandardOutput) {
    if (!fs::exists(samples / "set" / "clean-song.jpg")) GTEST_SKIP() << "samples/set is not there";
    test::run_dengji({"run", (samples / "set" / "clean-song.jpg").string(), "--data", data()});
    const auto file = folder_.path() / "rows.csv";
    EXPECT_EQ(test::run_dengji({"rows", "--data", data(), "-o", file.string()}).exit_code, 0);
    const auto printed = test::run_dengji({"rows", "--data", data()});
    EXPECT_EQ(contents(file), printed.out);
    EXPECT_TRUE(printed.out.starts_with("\xEF\xBB\xBF"));
    const auto lines = test::lines_of(test::run_dengji({"rows", "--data", data(), "--format", "jsonl"}).out);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_TRUE(json::parse(lines[0])["fields"].contains("id_number"));
    EXPECT_EQ(test::run_dengji({"rows", "--data", data()}, {.stdout_to = "/dev/full"}).exit_code, 5);
}

} // namespace
} // namespace dengji::app
