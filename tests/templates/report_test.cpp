#include "templates/report.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

using testing::HasSubstr;

const std::filesystem::path home = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates";

struct ReportTest : testing::Test {
    Offices offices = Offices::load(home / "offices/jiangjin.csv", "江津区");
    ReportWords words{load_form(home / "forms/registration-2020.yaml"), offices, load_rule_settings(home / "rules")};
    TempFolder folder{"report-test"};

    Report load() { return load_report(folder.path(), words, offices); }

    ReportTest() { std::filesystem::copy(home / "reports", folder.path(), std::filesystem::copy_options::recursive); }

    void change(const char* file, const std::string& from, const std::string& to) {
        auto text = read_file(folder.path() / file);
        const auto place = text.find(from);
        ASSERT_NE(place, std::string::npos) << from;
        write_file(folder.path() / file, text.replace(place, from.size(), to));
    }

    void expect_refused(const std::string& place, const std::string& why) {
        try {
            load();
            ADD_FAILURE() << "was not refused: " << why;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_THAT(error.message(), HasSubstr(place));
            EXPECT_THAT(error.message(), HasSubstr(why));
        }
    }
};

TEST_F(ReportTest, TheDefaultSetHasItsSixTables) {
    const auto report = load();
    ASSERT_EQ(report.tables.size(), 6U);
    EXPECT_EQ(report.tables[0].code, "T1");
    EXPECT_EQ(report.table("T4")->group("镇街").size(), offices.all().size() + 1);
    EXPECT_EQ(report.table("T3")->group("人员类别").size(), 15U);
    EXPECT_EQ(report.checks.size(), 16U);
    EXPECT_EQ(report.version, load().version);
}

TEST_F(ReportTest, AnotherFileIsAnotherTableAndAnotherVersion) {
    const auto before = load().version;
    write_file(folder.path() / "T7.yaml", "table: T7\ntitle: 试验表\nunit: 人\ncount: closing\n"
                                          "columns: [{code: 1, name: 合计}]\nrows: [{code: 1, name: 全部}]\n");
    EXPECT_EQ(load().tables.back().title, "试验表");
    EXPECT_NE(load().version, before);
}

TEST_F(ReportTest, AWordThatDoesNotExistIsNamedWithItsLine) {
    change("T1-movement.yaml", "{cancel_reason: C2a}", "{cancel_reason: C7}");
    expect_refused("T1-movement.yaml, line 41", "'C7' is no word of cancel_reason");
}

TEST_F(ReportTest, SumsNameLinesThatAreThere) {
    change("T1-movement.yaml", "sum: [\"12\", \"13\", \"14\"]", "sum: [\"12\", \"99\"]");
    expect_refused("T1-movement.yaml, line", "there is no line '99' to add up");
}

TEST_F(ReportTest, ACellIsCountedOnce) {
    change("T2-composition.yaml", "count: closing\n", "");
    expect_refused("T2-composition.yaml", "counts nothing");
    change("T2-composition.yaml", "columns:", "count: closed\ncolumns:");
    expect_refused("T2-composition.yaml, line", "'closed' cannot be counted");
}

TEST_F(ReportTest, ChecksNameCellsThatAreThere) {
    change("report.yaml", "T5.00.2 = T4.00.9", "T5.00.2 = T4.00.99");
    expect_refused("report.yaml, line", "no column '99'");
    change("report.yaml", "T5.00.2 = T4.00.99", "T5.00.2 T4.00.9");
    expect_refused("report.yaml, line", "expected an equation");
}

TEST_F(ReportTest, BandsAreBands) {
    change("T2-composition.yaml", "{age: 25-34}", "{age: 34-25}");
    expect_refused("T2-composition.yaml, line", "holds nothing");
    change("T2-composition.yaml", "{age: 34-25}", "{age: 很大}");
    expect_refused("T2-composition.yaml, line", "expected a band");
}

} // namespace
} // namespace dengji::templates
