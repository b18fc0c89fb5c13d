#include "tests/layers/include_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::layers {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string including(const std::string& target) {
    return "#pragma once\n#include <vector>\n#include \"" + target + "\"\n";
}

std::vector<Violation> found_in(const std::string& path, const std::string& target) {
    return forbidden_includes({{path, including(target)}}, layer_table());
}

struct Case {
    const char* from;
    const char* to;
    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.from << " includes " << one.to; }
};

class Allowed : public ::testing::TestWithParam<Case> {};
class Forbidden : public ::testing::TestWithParam<Case> {};

TEST_P(Allowed, Passes) {
    EXPECT_THAT(found_in(GetParam().from, GetParam().to), IsEmpty());
}

TEST_P(Forbidden, IsFoundWithFileAndLine) {
    const auto found = found_in(GetParam().from, GetParam().to);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].path, GetParam().from);
    EXPECT_EQ(found[0].line, 3);
    EXPECT_THAT(found[0].problem, HasSubstr(GetParam().to));
}

INSTANTIATE_TEST_SUITE_P(
    Layers, Allowed,
    ::testing::Values(
        Case{"pipeline/base/a.cpp", "pipeline/base/a.h"}, Case{"pipeline/intake/a.cpp", "pipeline/base/error.h"},
        Case{"pipeline/layout/a.h", "pipeline/intake/page.h"}, Case{"pipeline/layout/a.h", "templates/form.h"},
        Case{"pipeline/reading/a.h", "ocr/recogniser.h"}, Case{"pipeline/reading/a.h", "pipeline/intake/page.h"},
        Case{"pipeline/ledger/a.h", "pipeline/reading/result.h"}, Case{"pipeline/ledger/a.h", "pipeline/rules/rule.h"},
        Case{"exporters/rows/a.h", "exporters/csv/b.h"}, Case{"exporters/rows/a.h", "pipeline/ledger/register.h"},
        Case{"pipeline/app/a.h", "pipeline/review/server.h"}, Case{"tests/base/a.cpp", "pipeline/app/read.h"}));

INSTANTIATE_TEST_SUITE_P(
    Layers, Forbidden,
    ::testing::Values(
        Case{"pipeline/base/a.h", "templates/form.h"}, Case{"templates/a.h", "pipeline/layout/sheet.h"},
        Case{"ocr/a.h", "templates/form.h"}, Case{"ocr/a.h", "pipeline/layout/sheet.h"},
        Case{"pipeline/intake/a.h", "pipeline/layout/sheet.h"}, Case{"pipeline/intake/a.h", "templates/form.h"},
        Case{"pipeline/layout/a.h", "pipeline/reading/result.h"}, Case{"pipeline/layout/a.h", "ocr/recogniser.h"},
        Case{"pipeline/reading/a.h", "pipeline/ledger/register.h"},
        Case{"pipeline/reading/a.h", "pipeline/rules/rule.h"},
        Case{"pipeline/reading/a.h", "pipeline/intake/document.h"},
        Case{"pipeline/rules/a.h", "pipeline/reading/result.h"},
        Case{"pipeline/rules/a.h", "pipeline/ledger/register.h"},
        Case{"pipeline/ledger/a.h", "pipeline/reading/read_page.h"},
        Case{"pipeline/ledger/a.h", "exporters/rows/csv.h"}, Case{"pipeline/ledger/a.h", "pipeline/layout/sheet.h"},
        Case{"exporters/rows/a.h", "pipeline/reading/result.h"}, Case{"pipeline/review/a.h", "pipeline/app/run.h"},
        Case{"pipeline/app/a.h", "tests/base/helper.h"}, Case{"pipeline/base/a.h", "error.h"},
        Case{"pipeline/base/a.h", "../base/error.h"}));

TEST(Includes, OfUnknownFoldersAreFound) {
    EXPECT_EQ(forbidden_includes({{"pipeline/attic/a.h", "#pragma once\n"}}, layer_table()).size(), 1u);
}

TEST(Includes, AreSeenHoweverTheyAreWritten) {
    for (const auto* line : {"#include \"ocr/a.h\"", "  #  include   \"ocr/a.h\"  // why", "#include\"ocr/a.h\""}) {
        EXPECT_EQ(forbidden_includes({{"pipeline/base/a.cpp", line}}, layer_table()).size(), 1u) << line;
    }
    EXPECT_THAT(forbidden_includes({{"pipeline/base/a.cpp", "// #include \"ocr/a.h\"\n"}}, layer_table()), IsEmpty());
}

TEST(Includes, OwnHeaderComesFirst) {
    const SourceFile header{"ocr/a.h", "#pragma once\n"};
    EXPECT_THAT(own_header_not_first({header, {"ocr/a.cpp", "// words\n#include \"ocr/a.h\"\n#include <vector>\n"}}),
                IsEmpty());
    EXPECT_EQ(own_header_not_first({header, {"ocr/a.cpp", "#include <vector>\n#include \"ocr/a.h\"\n"}}).size(), 1u);
    EXPECT_THAT(own_header_not_first({header, {"ocr/b.cpp", "#include <vector>\n"}}), IsEmpty());
}

} // namespace
} // namespace dengji::layers
