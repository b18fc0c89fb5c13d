#include "templates/rule_settings.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"

#include <dengji_project.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dengji::templates {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::filesystem::path shipped = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/rules";

class RuleSettingsFiles : public ::testing::Test {
protected:
    /// The shipped files, with one text in one of them put in the place of another.
    std::string complaint(const char* file, const std::string& old_text, const std::string& new_text) {
        for (const auto& entry : std::filesystem::directory_iterator(shipped))
            write_copy(entry.path(), folder_.path() / entry.path().filename());
        auto content = read_file(shipped / file);
        const auto at = content.find(old_text);
        EXPECT_NE(at, std::string::npos);
        write_file(folder_.path() / file, content.replace(at, old_text.size(), new_text));
        try {
            load_rule_settings(folder_.path());
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::data);
            EXPECT_THAT(error.message(), AllOf(HasSubstr(file), HasSubstr("line ")));
            return error.message();
        }
        return "accepted";
    }
    TempFolder folder_{"test"};
};

TEST_F(RuleSettingsFiles, ThatComeWithTheProgramSayWhatTheNoticeSays) {
    const auto settings = load_rule_settings(shipped);
    EXPECT_EQ(settings.ages.least.value, 16);
    EXPECT_EQ(settings.deadlines.review_days.value, 5);
    EXPECT_EQ(settings.deadlines.survey_days.value, 7);
    EXPECT_EQ(settings.deadlines.certificate_days.value, 10);
    EXPECT_EQ(settings.deadlines.refusals_in_a_row.value, 3);
    EXPECT_EQ(settings.deadlines.months_without_contact.value, 6);
    EXPECT_EQ(settings.papers.categories.size(), 15u);
    ASSERT_NE(settings.papers.category("高校毕业生"), nullptr);
    EXPECT_EQ(settings.papers.category("高校毕业生")->need, Need::required);
    EXPECT_EQ(settings.papers.category("退休人员"), nullptr);
    ASSERT_NE(settings.cancellation("C3f"), nullptr);
    EXPECT_FALSE(settings.cancellation("C3f")->notice);
    EXPECT_TRUE(settings.cancellation("C1")->notice);
}

TEST_F(RuleSettingsFiles, NameFileLineAndWhatWasExpected) {
    EXPECT_THAT(complaint("ages.yaml", "{value: 16, clause: 渝人社办〔2020〕79号 一}", "16"),
                HasSubstr("value, clause"));
    EXPECT_THAT(complaint("ages.yaml", "value: 16", "value: sixteen"), HasSubstr("whole number"));
    EXPECT_THAT(complaint("ages.yaml", "1965-01", "1965"), HasSubstr("a month"));
    EXPECT_THAT(complaint("deadlines.yaml", "review_days:", "review:"), HasSubstr("review"));
    EXPECT_THAT(complaint("deadlines.yaml", "value: true", "value: maybe"), HasSubstr("true or false"));
    EXPECT_THAT(complaint("papers.yaml", ", need: required", ", need: perhaps"),
                HasSubstr("required, optional or none"));
    EXPECT_THAT(complaint("papers.yaml", "paper: graduation, need", "paper: degree, need"), HasSubstr("degree"));
    EXPECT_THAT(complaint("cancellation.yaml", "code: C2a", "code: C1"), HasSubstr("twice"));
}

} // namespace
} // namespace dengji::templates
