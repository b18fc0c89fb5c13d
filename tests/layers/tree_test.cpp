#include "tests/layers/coding_rules.h"
#include "tests/layers/include_rules.h"

#include <dengji_project.h>
#include <gtest/gtest.h>

namespace dengji::layers {
namespace {

class Tree : public ::testing::Test {
protected:
    static const std::vector<SourceFile>& files() {
        static const auto tree = source_tree(DENGJI_SOURCE_DIR);
        return tree;
    }
    static void expect_none(const std::vector<Violation>& found) {
        for (const auto& violation : found) ADD_FAILURE() << violation.text();
    }
};

TEST_F(Tree, IsThere) {
    EXPECT_GT(files().size(), 30u);
}
TEST_F(Tree, IncludesOnlyWhatTheLayersAllow) {
    expect_none(forbidden_includes(files(), layer_table()));
}
TEST_F(Tree, IncludesOwnHeadersFirst) {
    expect_none(own_header_not_first(files()));
}
TEST_F(Tree, GuardsItsHeaders) {
    expect_none(unguarded_headers(files()));
}
TEST_F(Tree, KeepsTheCodingRules) {
    expect_none(broken_rules(files(), coding_rules()));
}
TEST_F(Tree, KeepsFilesShort) {
    expect_none(long_files(files(), 400));
}

} // namespace
} // namespace dengji::layers
