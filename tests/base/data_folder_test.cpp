#include "pipeline/base/data_folder.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <gtest/gtest.h>

namespace dengji {
namespace {

namespace fs = std::filesystem;

class DataFolder : public ::testing::Test {
protected:
    fs::path make(const std::string& name) {
        fs::create_directories(folder_.path() / name / "templates" / "forms");
        return folder_.path() / name;
    }
    TempFolder folder_{"test"};
};

TEST_F(DataFolder, HomeGoesFirst) {
    const auto home = make("home");
    const auto beside = make("beside");
    EXPECT_EQ(find_data_folder(home, beside / "build/dengji", {}), home);
}

TEST_F(DataFolder, AWrongHomeIsAnErrorNotAGuess) {
    const auto beside = make("beside");
    try {
        find_data_folder(folder_.path() / "absent", beside / "build/dengji", {beside});
        FAIL() << "the wrong home was passed over";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::data);
        EXPECT_NE(error.message().find("DENGJI_HOME"), std::string::npos);
    }
}

TEST_F(DataFolder, IsFoundUpwardsFromTheExecutable) {
    const auto root = make("a folder");
    EXPECT_EQ(find_data_folder("", root / "dengji", {}), root);
    EXPECT_EQ(find_data_folder("", root / "build/release/tests/some_tests", {make("other")}), root);
}

TEST_F(DataFolder, ThenInTheFallbacksInOrder) {
    const auto second = make("second");
    const auto third = make("third");
    const fs::path elsewhere = folder_.path() / "bin/dengji";
    EXPECT_EQ(find_data_folder("", elsewhere, {folder_.path() / "first", second, third}), second);
    EXPECT_THROW(find_data_folder("", elsewhere, {folder_.path() / "first"}), Error);
    EXPECT_THROW(find_data_folder("", "", {}), Error);
}

TEST_F(DataFolder, TheProgramsOwnIsFound) {
    EXPECT_TRUE(fs::exists(data_path("templates/forms") / "registration-2020.yaml"));
    EXPECT_THROW(data_path("templates/no-such-thing"), Error);
}

} // namespace
} // namespace dengji
