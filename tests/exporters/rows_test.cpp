#include "exporters/rows/rows.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>

namespace dengji::rows {
namespace {

namespace fs = std::filesystem;
using templates::Field;
using templates::FieldKind;

Field field(const std::string& key, const std::string& label, FieldKind kind, const std::string& content = "") {
    Field result;
    result.key = key;
    result.label = label;
    result.kind = kind;
    result.content = content;
    return result;
}

std::vector<templates::Form> made_up_forms() {
    templates::Form other;
    other.kind = "letter";
    other.fields = {field("subject", "事由", FieldKind::text)};
    templates::Form form;
    form.id = "made-up";
    form.kind = "registration";
    form.fields = {
        field("name", "姓名", FieldKind::text, "name"),      field("id_number", "证件号", FieldKind::text, "id_number"),
        field("categories", "人员类别", FieldKind::choices), field("signature", "签字", FieldKind::presence),
        field("a.level", "等级", FieldKind::text),           field("b.level", "等级", FieldKind::text)};
    return {other, form};
}

reading::Reading reading_of(const std::string& key, reading::Value value, bool review = false) {
    reading::Reading reading;
    reading.key = key;
    reading.value = std::move(value);
    reading.review = review;
    return reading;
}

struct RowsTest : testing::Test {
    TempFolder place{"rows-test"};
    ledger::Register the_register{place.path() / "data"};
    std::vector<templates::Form> forms = made_up_forms();

    void record(const std::string& name, const std::vector<reading::Reading>& readings, int position = 0) {
        const auto batch = the_register.begin_batch({"/in"});
        std::ofstream(place.path() / "file") << name;
        const auto file = the_register.add_file(batch.id, position, place.path() / "file", name);
        reading::PageResult result;
        result.kind = "registration";
        result.form = "made-up";
        result.readings = readings;
        the_register.record_page(batch.id, file, result);
    }
    void record_two() {
        record("-a,b.pdf",
               {reading_of("name", "=赵\"试验\"", true), reading_of("id_number", "500000199001010000"),
                reading_of("categories", std::vector<std::string>{"低保人员", "残疾人"}), reading_of("signature", true),
                reading_of("a.level", "", true), reading_of("b.level", "二级")});
        record("c.pdf",
               {reading_of("name", "钱样本"), reading_of("signature", false), reading_of("unknown", "x", true)}, 1);
    }
    std::string written(const Options& options) {
        std::ostringstream out;
        rows_ = write_rows(the_register, forms, options, out);
        return out.str();
    }
    long long rows_ = -1;
};

std::string without_ids(std::string text) {
    for (auto at = text.find("\r\n"); at != std::string::npos && at + 2 < text.size(); at = text.find("\r\n", at + 2))
        text.erase(at + 2, 16);
    return text;
}

TEST_F(RowsTest, Csv) {
    record_two();
    EXPECT_EQ(without_ids(written({})), "\xef\xbb\xbf登记编号,来源文件,页,姓名,证件号,人员类别,签字,等级 "
                                        "(a.level),等级 (b.level),待核字段数,待核字段\r\n"
                                        "-1,\"'-a,b.pdf\",1,\"'=赵\"\"试验\"\"\",'500000199001010000,低保人员、残疾人,"
                                        "是,,二级,2,姓名、等级 (a.level)\r\n"
                                        "-1,c.pdf,1,钱样本,,,否,,,1,unknown\r\n");
    EXPECT_EQ(rows_, 2);
}

TEST_F(RowsTest, JsonLines) {
    record_two();
    std::istringstream lines(written({Format::json_lines}));
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    const auto row = nlohmann::json::parse(line);
    EXPECT_EQ(row["source"], "-a,b.pdf");
    EXPECT_EQ(row["page"], 1);
    EXPECT_EQ(row["form"], "made-up");
    EXPECT_EQ(row["registration"].get<std::string>().size(), 18u);
    EXPECT_EQ(row["fields"]["name"]["value"], "=赵\"试验\"");
    EXPECT_EQ(row["fields"]["name"]["review"], true);
    EXPECT_EQ(row["fields"]["id_number"]["value"], "500000199001010000");
    EXPECT_EQ(row["fields"]["categories"]["value"], nlohmann::json({"低保人员", "残疾人"}));
    EXPECT_EQ(row["fields"]["signature"]["value"], true);
    EXPECT_EQ(row["needs_review"], nlohmann::json({"name", "a.level"}));
    EXPECT_TRUE(line.starts_with("{\"registration\":"));
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(nlohmann::json::parse(line)["fields"]["unknown"]["value"], "x");
    EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(RowsTest, MaskedNumbersAreNowhereInFull) {
    record_two();
    record("d.pdf", {reading_of("name", "电话13800005678")}, 2);
    for (const Format format : {Format::csv, Format::json_lines}) {
        const std::string text = written({format, true});
        EXPECT_NE(text.find("500000********0000"), std::string::npos);
        EXPECT_NE(text.find("138****5678"), std::string::npos);
        EXPECT_EQ(text.find("19900101"), std::string::npos);
        EXPECT_EQ(text.find("00005678"), std::string::npos);
        EXPECT_NE(text.find("钱样本"), std::string::npos);
    }
}

TEST_F(RowsTest, AnEmptyRegisterHasAHeaderOnly) {
    EXPECT_TRUE(written({}).ends_with("待核字段\r\n"));
    EXPECT_EQ(rows_, 0);
    EXPECT_EQ(written({Format::json_lines}), "");
}

TEST_F(RowsTest, AFileIsWhatTheStreamIs) {
    record_two();
    EXPECT_EQ(write_rows_file(the_register, forms, {}, place.path() / "rows.csv"), 2);
    EXPECT_EQ(read_file(place.path() / "rows.csv"), written({}));
}

TEST_F(RowsTest, WhatCannotBeWrittenIsSaid) {
    record_two();
    const auto kind_of = [](const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.kind();
        }
        return ErrorKind::internal;
    };
    std::ofstream full("/dev/full");
    EXPECT_EQ(kind_of([&] { write_rows(the_register, forms, {}, full); }), ErrorKind::space);
    EXPECT_EQ(kind_of([&] { write_rows_file(the_register, forms, {}, place.path() / "none" / "rows.csv"); }),
              ErrorKind::space);
    EXPECT_FALSE(fs::exists(place.path() / "none"));
    EXPECT_NO_THROW(the_register.counts()) << "the register is usable after a failed export";
}

} // namespace
} // namespace dengji::rows
