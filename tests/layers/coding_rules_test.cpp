#include "tests/layers/coding_rules.h"

#include <gtest/gtest.h>

namespace dengji::layers {
namespace {

std::size_t broken(const std::string& path, const std::string& line) {
    return broken_rules({{path, "#pragma once\n" + line + "\n"}}, coding_rules()).size();
}

TEST(CodingRules, FindWhatTheyForbid) {
    for (const auto* line : {"std::cout << 1;", "printf(\"x\");", "std::fprintf(stderr, \"x\");",
                             "throw std::runtime_error(\"x\");", "system(\"ls\");", "popen(command, \"r\");",
                             "int i = atoi(text);", "std::stod(text);", "std::localtime(&now);"}) {
        EXPECT_EQ(broken("pipeline/intake/a.cpp", line), 1u) << line;
    }
}

TEST(CodingRules, LeaveTheRestAlone) {
    for (const auto* line :
         {"std::snprintf(buffer, 9, \"x\");", "// std::cout is for commands", "auto words = \"printf(this)\";",
          "throw Error(kind);", "::localtime_r(&now, &local);", "file_system(path);",
          "auto c = '\"'; auto d = \"printf()\";", "/* std::cout */ int x;", "outputs(x);"}) {
        EXPECT_EQ(broken("pipeline/intake/a.cpp", line), 0u) << line;
    }
}

TEST(CodingRules, LetCommandsPrint) {
    EXPECT_EQ(broken("pipeline/app/a.cpp", "std::cout << 1;"), 0u);
}

TEST(CodingRules, SearchWordsWhereTheyAreMeantTo) {
    EXPECT_EQ(broken("tests/base/a.cpp", std::string("// TO") + "DO: later"), 1u);
    EXPECT_EQ(broken("ocr/a.h", std::string("auto data = \"/ho") + "me/someone/data\";"), 1u);
}

TEST(CodingRules, CountLinesRightlyAfterLongComments) {
    const auto found = broken_rules({{"ocr/a.cpp", "/* one\ntwo */\nR\"(\n)\";\nstd::cout << 1;\n"}}, coding_rules());
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].line, 5);
}

TEST(CodingRules, HeadersAreGuarded) {
    EXPECT_EQ(unguarded_headers({{"ocr/a.h", "#include <vector>\n"}, {"ocr/b.h", "#pragma once\n"}, {"ocr/c.cpp", ""}})
                  .size(),
              1u);
}

TEST(CodingRules, LongFilesAreFound) {
    EXPECT_EQ(long_files({{"ocr/a.cpp", std::string(11, '\n')}}, 10).size(), 1u);
    EXPECT_EQ(long_files({{"ocr/a.cpp", std::string(10, '\n')}}, 10).size(), 0u);
}

} // namespace
} // namespace dengji::layers
