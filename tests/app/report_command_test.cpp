// report, called as a clerk calls it.
#include "pipeline/base/files.h"
#include "tests/app/run_program.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace dengji::app::test {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ReportCommand : public ::testing::Test {
protected:
    ReportCommand() {
        write_file(folder_.path() / "a.jsonl",
                   json{{"fields", {{"name", {{"value", "测试甲"}}}}}, {"received_on", "2024-03-04"}}.dump() + "\n");
        run_dengji({"import", (folder_.path() / "a.jsonl").string(), "--channel", "counter", "--data", data()});
    }
    std::string data() const { return (folder_.path() / "data").string(); }
    std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
    ProgramRun report(std::vector<std::string> words) {
        words.insert(words.begin(), {"report", "--data", data()});
        return run_dengji(words);
    }
    TempFolder folder_{"report-command"};
};

TEST_F(ReportCommand, WritesAWorkbookATableAndFigures) {
    const auto book = report({"--month", "2024-03", "-o", file("r.xlsx"), "--json"});
    EXPECT_EQ(book.exit_code, 0) << book.err;
    EXPECT_EQ(json::parse(book.out).at("failed_checks"), json::array());
    EXPECT_EQ(read_file(file("r.xlsx")).substr(0, 2), "PK");
    EXPECT_EQ(report({"--month", "2024-03", "--town", "白沙镇", "-o", file("r.csv"), "--format", "csv"}).exit_code, 0);
    EXPECT_THAT(read_file(file("r.csv")), HasSubstr("登记失业人数"));
    EXPECT_EQ(report({"--month", "2024-03", "--district", "-o", file("r.json"), "--format", "json"}).exit_code, 0);
    const auto figures = json::parse(read_file(file("r.json"))).at("figures");
    EXPECT_EQ(figures.at("T6.01.2"), 1);
    EXPECT_EQ(figures.at("T6.01.10"), 1);
}

TEST_F(ReportCommand, AWrongCallIsTold) {
    EXPECT_EQ(report({"--month", "2024-13", "-o", file("r.xlsx")}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2124-01", "-o", file("r.xlsx")}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03"}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03", "--town", "没有镇", "-o", file("r.xlsx")}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03", "--close"}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03", "--recompute", "-o", file("r.xlsx")}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03", "--full-numbers", "-o", file("r.xlsx")}).exit_code, 2);
    EXPECT_FALSE(std::filesystem::exists(file("r.xlsx")));
}

TEST_F(ReportCommand, AFailedCheckIsToldAndTheFileIsWritten) {
    const auto definition = folder_.path() / "reports";
    std::filesystem::copy(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/reports", definition);
    auto text = read_file(definition / "report.yaml");
    const std::string rule = "T6.00.3 = T1.02.1";
    text.replace(text.find(rule), rule.size(), "T6.00.2 = T1.02.1");
    write_file(definition / "report.yaml", text);
    const auto run = report({"--month", "2024-03", "-o", file("r.xlsx"), "--definition", definition.string()});
    EXPECT_EQ(run.exit_code, 3);
    EXPECT_THAT(run.err, HasSubstr("check Q10 does not hold"));
    EXPECT_TRUE(std::filesystem::exists(file("r.xlsx")));
}

TEST_F(ReportCommand, AMonthIsClosedOnce) {
    EXPECT_EQ(report({"--month", "2024-03", "--close", "--by", "经办甲"}).exit_code, 0);
    EXPECT_EQ(report({"--month", "2024-03", "--close", "--by", "经办甲"}).exit_code, 2);
    EXPECT_EQ(report({"--month", "2024-03", "--recompute", "-o", file("r.xlsx")}).exit_code, 0);
}

TEST_F(ReportCommand, AFileThatCannotBeWrittenLeavesNothing) {
    EXPECT_EQ(report({"--month", "2024-03", "-o", file("none/r.xlsx")}).exit_code, 5);
    EXPECT_FALSE(std::filesystem::exists(file("none")));
}

} // namespace
} // namespace dengji::app::test
