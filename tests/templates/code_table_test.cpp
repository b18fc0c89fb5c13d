#include "templates/code_table.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace dengji::templates {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::filesystem::path codes = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/codes";

class CodeTables : public ::testing::Test {
protected:
    CodeTable load(const std::string& content) const {
        write_file(folder_.path() / "codes.csv", content);
        return load_code_table(folder_.path() / "codes.csv");
    }
    std::string complaint(const std::string& content) const {
        try {
            load(content);
            return "";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_THAT(error.message(), HasSubstr("codes.csv"));
            return error.message();
        }
    }
    TempFolder folder_{"test"};
};

TEST_F(CodeTables, AreReadWithCommentsAndEmptyLinesLeftOut) {
    const auto table = load("# 说明\nname,also\n\n汉族,汉\n# 其他\n藏族,\n");
    EXPECT_THAT(table.columns, ElementsAre("name", "also"));
    EXPECT_THAT(table.rows, ElementsAre(ElementsAre("汉族", "汉"), ElementsAre("藏族", "")));
    EXPECT_EQ(table.column("also"), 1u);
    EXPECT_THROW(table.column("code"), Error);
}

TEST_F(CodeTables, TakeTheLineEndsOfWindows) {
    EXPECT_THAT(load("name,also\r\n汉族,汉\r\n").rows, ElementsAre(ElementsAre("汉族", "汉")));
}

TEST_F(CodeTables, NameTheLineOfAMistake) {
    EXPECT_THAT(complaint("name,also\n汉族,汉\n藏族\n"), HasSubstr("3"));
    EXPECT_THAT(complaint("name,also\n汉族,汉,x\n"), HasSubstr("expected 2 fields, found 3"));
    EXPECT_NE(complaint(""), "");
    EXPECT_NE(complaint("# nothing but words\n"), "");
    EXPECT_THROW(load_code_table(folder_.path() / "absent.csv"), Error);
}

/// The tables that come with the program.
class ShippedCodes : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedCodes, HaveEachNameOnceAndNoOtherSpellingThatMeansTwo) {
    const auto table = load_code_table(codes / GetParam());
    EXPECT_GT(table.rows.size(), 1u);
    const auto name = table.column("name");
    const bool has_also = std::find(table.columns.begin(), table.columns.end(), "also") != table.columns.end();
    const bool has_town = std::find(table.columns.begin(), table.columns.end(), "town") != table.columns.end();
    const bool has_code = std::find(table.columns.begin(), table.columns.end(), "code") != table.columns.end();
    std::set<std::string> seen;
    for (const auto& row : table.rows) {
        for (const auto& field : row) {
            EXPECT_TRUE(is_valid_utf8(field));
            EXPECT_EQ(trimmed(field), field);
        }
        EXPECT_NE(row[name], "");
        // Two villages may have one name in different towns, two areas in different provinces.
        const auto place = has_town ? row[table.column("town")] : has_code ? row[table.column("code")] : "";
        EXPECT_TRUE(seen.insert(place + row[name]).second) << row[name] << " stands twice";
    }
    if (!has_also) return;
    for (const auto& row : table.rows) {
        if (row[table.column("also")].empty()) continue;
        for (const auto& other : split(row[table.column("also")], ";")) {
            EXPECT_TRUE(seen.insert(other).second) << other << " stands for more than one";
        }
    }
}

std::vector<std::string> shipped() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(codes)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

INSTANTIATE_TEST_SUITE_P(All, ShippedCodes, ::testing::ValuesIn(shipped()), [](const auto& each) {
    auto name = each.param.substr(0, each.param.rfind('.'));
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});

TEST(ShippedCodes, HoldTheCountsOfTheStandards) {
    EXPECT_GE(load_code_table(codes / "ethnicity.csv").rows.size(), 56u);
    EXPECT_EQ(load_code_table(codes / "political_status.csv").rows.size(), 13u);
    EXPECT_EQ(load_code_table(codes / "place.county.csv").rows.size(), 38u + 1u);
}

} // namespace
} // namespace dengji::templates
