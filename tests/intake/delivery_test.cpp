#include "tests/intake/fixtures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace dengji::intake::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Delivery : public testing::Test {
protected:
    fs::path touch(const std::string& name) const { return folder.write(name, "x"); }

    /// Names relative to the test's folder.
    std::vector<std::string> names(const std::vector<fs::path>& paths) const {
        std::vector<std::string> found;
        for (const auto& delivered : list_delivery(paths)) {
            EXPECT_THAT(delivered.problem, IsEmpty()) << delivered.file;
            found.push_back(delivered.file.lexically_relative(folder.path()).string());
        }
        return found;
    }
    std::vector<std::string> names() const { return names({folder.path()}); }

    TempFolder folder;
};

TEST_F(Delivery, NumbersInNamesCountAsNumbers) {
    for (const char* name : {"page10.jpg", "page2.jpg", "page1.jpg", "page02b.jpg", "page2a.jpg"}) touch(name);
    EXPECT_THAT(names(), ElementsAre("page1.jpg", "page2.jpg", "page2a.jpg", "page02b.jpg", "page10.jpg"));
}

TEST_F(Delivery, NumbersLongerThanAnyIntegerAreCompared) {
    touch("123456789012345678901234567890.jpg");
    touch("99999999999999999999999999999.jpg");
    EXPECT_THAT(names(), ElementsAre("99999999999999999999999999999.jpg", "123456789012345678901234567890.jpg"));
}

TEST_F(Delivery, FoldersAreEnteredWhereTheyStand) {
    for (const char* name : {"b/2.jpg", "b/c/1.jpg", "a.jpg", "z.jpg", "b/10.jpg"}) touch(name);
    EXPECT_THAT(names(), ElementsAre("a.jpg", "b/2.jpg", "b/10.jpg", "b/c/1.jpg", "z.jpg"));
}

TEST_F(Delivery, HiddenAndSystemFilesAreLeftOut) {
    for (const char* name : {".DS_Store", "Thumbs.db", "desktop.ini", "~$sheet.docx", ".hidden/1.jpg", "1.jpg"})
        touch(name);
    EXPECT_THAT(names(), ElementsAre("1.jpg"));
}

TEST_F(Delivery, WhatIsGivenKeepsItsOrderAndIsListedOnce) {
    const auto b = touch("b.jpg");
    const auto a = touch("a.jpg");
    const auto same = folder.path() / "." / "b.jpg";
    EXPECT_THAT(names({b, a, same, folder.path()}), ElementsAre("b.jpg", "a.jpg"));
}

TEST_F(Delivery, LinksThatLeadBackEnd) {
    touch("a/1.jpg");
    fs::create_directory_symlink(folder.path(), folder.path() / "a" / "up");
    fs::create_directory_symlink(folder.path() / "a", folder.path() / "b");
    EXPECT_THAT(names(), ElementsAre("a/1.jpg"));
}

TEST_F(Delivery, WhatIsNotThereIsReportedAndTheRestGoesOn) {
    const auto file = touch("1.jpg");
    const auto found = list_delivery({folder.path() / "not there", file});
    ASSERT_EQ(found.size(), 2u);
    EXPECT_THAT(found[0].problem, HasSubstr("no such file"));
    EXPECT_FALSE(found[0].next_step.empty());
    EXPECT_TRUE(found[1].problem.empty());
    fs::create_symlink("nowhere", folder.path() / "broken link");
    EXPECT_THAT(list_delivery({folder.path()})[1].problem, HasSubstr("no such file"));
}

TEST_F(Delivery, WhatMayNotBeReadIsReported) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
    touch("locked/1.jpg");
    const auto file = touch("secret.jpg");
    fs::permissions(folder.path() / "locked", fs::perms::none);
    fs::permissions(file, fs::perms::none);
    const auto found = list_delivery({folder.path()});
    fs::permissions(folder.path() / "locked", fs::perms::owner_all);
    ASSERT_EQ(found.size(), 2u);
    for (const auto& delivered : found) {
        EXPECT_THAT(delivered.problem, HasSubstr("cannot be read"));
        EXPECT_THAT(delivered.next_step, HasSubstr("chmod"));
    }
}

TEST_F(Delivery, NothingGivesNothing) {
    EXPECT_THAT(list_delivery({}), IsEmpty());
    EXPECT_THAT(names(), IsEmpty());
}

} // namespace
} // namespace dengji::intake::test
