#include "pipeline/app/settings.h"

#include "pipeline/base/error.h"
#include "tests/intake/fixtures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::app {
namespace {

using ::testing::HasSubstr;

class SettingsFile : public ::testing::Test {
protected:
    Settings load(const std::string& content) { return load_settings(folder_.write("settings.yaml", content)); }
    std::string complaint(const std::string& content) {
        try {
            load(content);
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_FALSE(error.next_step().empty());
            return error.message();
        }
        return "accepted";
    }
    intake::test::TempFolder folder_;
};

TEST_F(SettingsFile, SetsLimitsAndJobs) {
    const auto settings =
        load("jobs: 3\nlimits:\n  megapixels: 40.5\n  pages: 12\n  file_megabytes: 8\n  render_seconds: 9\n");
    EXPECT_EQ(settings.jobs, 3);
    EXPECT_DOUBLE_EQ(settings.limits.megapixels, 40.5);
    EXPECT_EQ(settings.limits.pages, 12);
    EXPECT_EQ(settings.limits.file_bytes, 8'000'000u);
    EXPECT_EQ(settings.limits.render_seconds, 9);
}

TEST_F(SettingsFile, LeavesTheRestAsItIs) {
    const auto settings = load("limits: {pages: 5}\n");
    EXPECT_EQ(settings.jobs, 0);
    EXPECT_DOUBLE_EQ(settings.limits.megapixels, intake::Limits{}.megapixels);
}

TEST_F(SettingsFile, NamesFileLineAndWhatWasExpected) {
    EXPECT_THAT(complaint("jobs: 2\nlimit: {pages: 5}\n"),
                ::testing::AllOf(HasSubstr("settings.yaml"), HasSubstr("line 2"), HasSubstr("limits")));
    EXPECT_THAT(complaint("limits:\n  pages: many\n"),
                ::testing::AllOf(HasSubstr("line 2"), HasSubstr("number from 1")));
    EXPECT_THAT(complaint("limits:\n  pages: 2.5\n"), HasSubstr("whole number"));
    EXPECT_THAT(complaint("jobs: 0\n"), HasSubstr("from 1"));
    EXPECT_THAT(complaint("jobs: nan\n"), HasSubstr("from 1"));
    EXPECT_THAT(complaint("- jobs\n"), HasSubstr("expected"));
    EXPECT_THAT(complaint("jobs: [1\n"), HasSubstr("not valid YAML"));
}

TEST_F(SettingsFile, TheCommandLineBeatsIt) {
    load("jobs: 3\nlimits: {pages: 12, megapixels: 50}\n");
    WorkOptions options;
    options.settings = folder_.path() / "settings.yaml";
    options.jobs = 1;
    options.pages = 7;
    const auto settings = settings_of(options);
    EXPECT_EQ(settings.jobs, 1);
    EXPECT_EQ(settings.limits.pages, 7);
    EXPECT_DOUBLE_EQ(settings.limits.megapixels, 50);
}

TEST_F(SettingsFile, AMissingFileIsNamed) {
    WorkOptions options;
    options.settings = folder_.path() / "no-such.yaml";
    EXPECT_THROW(settings_of(options), Error);
}

TEST_F(SettingsFile, SaysHowSureReadingsMustBe) {
    const auto acceptance = load("accept: {usual: 0.8, id_number: 1, remarks: 0.6}\n").acceptance;
    EXPECT_TRUE(acceptance.accepts("health", 0.8));
    EXPECT_FALSE(acceptance.accepts("health", 0.79));
    EXPECT_FALSE(acceptance.accepts("id_number", 0.999));
    EXPECT_TRUE(acceptance.accepts("remarks", 0.65));
    EXPECT_FALSE(acceptance.accepts("name", 0.9)) << "what is not named stays as it was";
    EXPECT_THAT(complaint("accept: {usual: 1.5}\n"), HasSubstr("0.5 to 1"));
    EXPECT_THAT(complaint("accept: 0.9\n"), HasSubstr("accept"));
}

} // namespace
} // namespace dengji::app
