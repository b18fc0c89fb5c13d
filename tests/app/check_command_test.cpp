// dengji check: applications in, findings out.
#include "pipeline/base/files.h"
#include "tests/app/run_program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dengji::app::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CheckCommand : public ::testing::Test {
protected:
    ProgramRun check(const std::string& lines, const std::string& on = "2020-04-15") {
        write_file(folder_.path() / "applications.jsonl", lines);
        return run_dengji({"check", (folder_.path() / "applications.jsonl").string(), "--on", on});
    }
    TempFolder folder_{"test"};
};

std::vector<nlohmann::json> findings_of(const ProgramRun& run) {
    std::vector<nlohmann::json> findings;
    for (const auto& line : lines_of(run.out)) findings.push_back(nlohmann::json::parse(line));
    return findings;
}

bool has(const std::vector<nlohmann::json>& findings, int line, const std::string& rule, const std::string& action) {
    return std::any_of(findings.begin(), findings.end(), [&](const auto& finding) {
        return finding.at("line") == line && finding.at("rule") == rule && finding.at("action") == action;
    });
}

const std::string wrong_number =
    R"({"fields": {"name": {"value": "测试甲"}, "id_type": {"value": "居民身份证"}, "id_number": {"value": "510225196803159911"}}})";

TEST_F(CheckCommand, WritesOneObjectForEachFinding) {
    const auto run = check(wrong_number + "\n\n" + R"({"fields": {}})" + "\n");
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const auto findings = findings_of(run);
    EXPECT_TRUE(has(findings, 1, "C04", "reject"));
    EXPECT_TRUE(has(findings, 3, "A01", "reject"));
    for (const auto& finding : findings) {
        EXPECT_TRUE(finding.at("fields").is_array());
        EXPECT_FALSE(finding.at("message").get<std::string>().empty());
        EXPECT_FALSE(finding.at("clause").get<std::string>().empty());
    }
    EXPECT_THAT(run.err, HasSubstr("2 applications checked"));
    EXPECT_THAT(run.err, HasSubstr("B09"));
}

TEST_F(CheckCommand, SetsBadLinesAsideByNumberAndGoesOn) {
    const auto run = check("{\"fields\": {\"name\": {\"value\": \"测试甲\"\n" + wrong_number + "\n");
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("line 1: set aside: not valid JSON"));
    EXPECT_THAT(run.err, Not(HasSubstr("测试甲")));
    EXPECT_TRUE(has(findings_of(run), 2, "C04", "reject"));
}

TEST_F(CheckCommand, WarnsOfUnknownKeys) {
    const auto run = check(R"({"fields": {}, "chanel": "counter"})"
                           "\n");
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.err, HasSubstr("line 1: warning: unknown key 'chanel'"));
}

TEST_F(CheckCommand, SeesTheSameNumberTwice) {
    const auto run = check(wrong_number + "\n" + wrong_number + "\n");
    const auto findings = findings_of(run);
    EXPECT_FALSE(has(findings, 1, "K16", "hold"));
    EXPECT_TRUE(has(findings, 2, "K16", "hold"));
}

TEST_F(CheckCommand, LeavesOutPagesThatAreNoApplication) {
    const auto run = check(R"({"source": "a.jpg", "page": 1, "kind": "blank", "ms": {}})"
                           "\n");
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_TRUE(run.out.empty());
    EXPECT_THAT(run.err, HasSubstr("left out"));
}

TEST_F(CheckCommand, CountsAgesOnTheDayOfReceipt) {
    const std::string young =
        R"({"fields": {"id_type": {"value": "身份证"}, "id_number": {"value": "500116201101019954"}}})";
    EXPECT_TRUE(has(findings_of(check(young, "2026-12-31")), 1, "B01", "reject"));
    EXPECT_FALSE(has(findings_of(check(young, "2027-01-01")), 1, "B01", "reject"));
}

TEST_F(CheckCommand, SaysWhatWasCalledWrongly) {
    EXPECT_EQ(check(wrong_number, "2020-02-30").exit_code, 2);
    EXPECT_EQ(run_dengji({"check"}).exit_code, 2);
    EXPECT_EQ(run_dengji({"check", (folder_.path() / "absent.jsonl").string()}).exit_code, 3);
}

} // namespace
} // namespace dengji::app::test
