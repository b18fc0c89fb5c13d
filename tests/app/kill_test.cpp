// kill -9 at many moments, then the same command again: the rows are those of one clean run.
#include "tests/app/run_program.h"
#include "tests/intake/fixtures.h"

#include <csignal>
#include <dengji_project.h>
#include <gtest/gtest.h>
#include <random>

namespace dengji::app {
namespace {

namespace fs = std::filesystem;

std::string rows_of(const std::string& data) {
    const auto rows = test::run_dengji({"rows", "--data", data, "--format", "jsonl"});
    EXPECT_EQ(rows.exit_code, 0) << rows.err;
    return rows.out;
}

TEST(Kill, RowsAfterKillsAreThoseOfACleanRun) {
    const auto stack = fs::path(DENGJI_SOURCE_DIR) / "samples" / "stack";
    if (!fs::exists(stack)) GTEST_SKIP() << "samples/stack is not there";
    intake::test::TempFolder folder;
    const auto clean = (folder.path() / "clean").string(), killed = (folder.path() / "killed").string();
    const auto clean_run = test::run_dengji({"run", stack.string(), "--data", clean});
    ASSERT_EQ(clean_run.exit_code, 3) << clean_run.err;
    const auto expected = rows_of(clean);
    ASSERT_GE(test::lines_of(expected).size(), 5u);

    std::mt19937 random(11);
    int kills = 0;
    const std::vector<std::string> command{"run", stack.string(), "--data", killed};
    while (kills < 60) {
        // Short ones hit the start, where the register is made and files are taken in; long ones the pages.
        const std::chrono::milliseconds moment(kills % 3 == 0 ? random() % 150 : 100 + random() % 900);
        if (test::run_dengji(command, {.signal_after = moment, .signal = SIGKILL}).exit_code != 128 + SIGKILL) break;
        ++kills;
    }
    EXPECT_GE(kills, 5);
    EXPECT_EQ(test::run_dengji(command).exit_code, 3);
    EXPECT_EQ(rows_of(killed), expected);
    EXPECT_EQ(test::run_dengji(command).exit_code, 3) << "a further time changes nothing";
    EXPECT_EQ(rows_of(killed), expected);
}

} // namespace
} // namespace dengji::app
