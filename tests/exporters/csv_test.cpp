#include "exporters/rows/csv.h"

#include <gtest/gtest.h>
#include <random>

namespace dengji::rows {
namespace {

/// A reader of RFC 4180 of its own.
std::vector<std::string> cells_of(const std::string& record) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < record.size(); ++i) {
        const char c = record[i];
        if (quoted) {
            if (c != '"') {
                cells.back() += c;
            } else if (i + 1 < record.size() && record[i + 1] == '"') {
                cells.back() += record[++i];
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            cells.emplace_back();
        } else if (c == '\r' && i + 2 == record.size()) {
            break;
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

TEST(Csv, FormulasAreNeutralised) {
    for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"})
        EXPECT_EQ(neutralised(text), "'" + text);
}

TEST(Csv, DigitsThatASpreadsheetWouldChangeAreText) {
    EXPECT_EQ(neutralised("500000199001010000"), "'500000199001010000");
    EXPECT_EQ(neutralised("023"), "'023");
    EXPECT_EQ(neutralised("123456789012"), "'123456789012");
}

TEST(Csv, EverythingElseStaysAsItIs) {
    for (const std::string text :
         {"", "0", "7", "13800000000", "50000019900101000X", "赵试验", "2020-04", "2020-04-15", "a=b", "'x"})
        EXPECT_EQ(neutralised(text), text);
}

TEST(Csv, AReaderFindsTheSameCells) {
    static const std::vector<std::string> pieces = {",", "\"", "\r", "\n", "\r\n", "字", " ", "a", "\"\"", "'"};
    std::mt19937 random(4);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::string> cells(1 + random() % 5);
        for (auto& cell : cells)
            for (auto length = random() % 6; length > 0; --length) cell += pieces[random() % pieces.size()];
        const std::string record = csv_record(cells);
        EXPECT_TRUE(record.ends_with("\r\n"));
        EXPECT_EQ(cells_of(record), cells);
    }
}

} // namespace
} // namespace dengji::rows
