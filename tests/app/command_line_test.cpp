#include "pipeline/app/commands.h"
#include "pipeline/app/nearest_word.h"
#include "pipeline/base/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::app {
namespace {

Command parse(std::vector<const char*> words) {
    words.insert(words.begin(), "dengji");
    return parse_command_line(static_cast<int>(words.size()), words.data());
}

std::string advice(const std::vector<const char*>& words) {
    try {
        parse(words);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
        return error.message() + " | " + error.next_step();
    }
    return "accepted";
}

TEST(CommandLine, Read) {
    const auto options = std::get<ReadOptions>(
        parse({"read", "a b.jpg", "c'd.tif", "--jobs", "3", "--debug", "out", "--max-megapixels", "12.5", "--max-pages",
               "9", "--forms", "f", "--settings", "s.yaml", "--no-progress"}));
    EXPECT_EQ(options.files, (std::vector<std::filesystem::path>{"a b.jpg", "c'd.tif"}));
    EXPECT_EQ(options.work.jobs, 3);
    EXPECT_EQ(options.work.debug, "out");
    EXPECT_EQ(options.work.megapixels, 12.5);
    EXPECT_EQ(options.work.pages, 9);
    EXPECT_EQ(options.work.forms, "f");
    EXPECT_EQ(options.work.settings, "s.yaml");
    EXPECT_TRUE(options.work.no_progress);
}

TEST(CommandLine, RunAndRows) {
    const auto run = std::get<RunOptions>(parse({"run", "stack", "--json"}));
    EXPECT_EQ(run.data, "dengji-data");
    EXPECT_TRUE(run.json);
    const auto rows = std::get<RowsOptions>(parse({"rows", "--data", "d", "--format", "jsonl", "-o", "x", "--mask"}));
    EXPECT_EQ(rows.data, "d");
    EXPECT_EQ(rows.rows.format, rows::Format::json_lines);
    EXPECT_EQ(rows.file, "x");
    EXPECT_TRUE(rows.rows.mask);
    EXPECT_EQ(std::get<RowsOptions>(parse({"rows"})).rows.format, rows::Format::csv);
}

TEST(CommandLine, SaysWhatIsWrongAndTheNearestWord) {
    EXPECT_THAT(advice({"raed", "x"}), ::testing::HasSubstr("'dengji read'"));
    EXPECT_THAT(advice({"row"}), ::testing::HasSubstr("'dengji rows'"));
    EXPECT_THAT(advice({"zzzzzz"}), ::testing::Not(::testing::HasSubstr("Did you mean")));
    EXPECT_THAT(advice({}), ::testing::HasSubstr("no command"));
    EXPECT_THAT(advice({"read"}), ::testing::HasSubstr("dengji read --help"));
    EXPECT_THAT(advice({"read", "x", "--jobs", "0"}), ::testing::HasSubstr("--jobs"));
    EXPECT_THAT(advice({"read", "x", "--jobs", "two"}), ::testing::HasSubstr("--jobs"));
    EXPECT_THAT(advice({"rows", "--format", "xml"}), ::testing::HasSubstr("--format"));
    EXPECT_THAT(advice({"bench", "x", "--by", "colour"}), ::testing::HasSubstr("--by"));
    EXPECT_THAT(advice({"run", "x", "--nonsense"}), ::testing::HasSubstr("--nonsense"));
}

TEST(NearestWord, FindsSlipsAndBeginnings) {
    EXPECT_EQ(nearest_word("benhc", {"read", "bench"}), "bench");
    EXPECT_EQ(nearest_word("be", {"read", "bench"}), "bench");
    EXPECT_EQ(nearest_word("", {"read", "bench"}), "");
    EXPECT_EQ(nearest_word("quux", {"read", "bench"}), "");
}

} // namespace
} // namespace dengji::app
