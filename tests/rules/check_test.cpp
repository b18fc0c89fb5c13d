// What holds for all rules together.
#include "tests/rules/scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace dengji::rules::test {
namespace {

TEST(Check, RefusesNobodyForWhatAMachineReadAndNobodySaw) {
    auto scene = orderly();
    scene.set("name", "");
    scene.application.fields["name"].by_machine = true;
    EXPECT_TRUE(says(scene.findings(), "A01", Action::reject));
    scene.application.fields["name"].doubtful = true;
    EXPECT_FALSE(says(scene.findings(), "A01", Action::reject));
    EXPECT_TRUE(says(scene.findings(), "A01", Action::hold));
}

TEST(Check, HoldsNoMoreWhatAPersonAnsweredButStillRejects) {
    auto scene = orderly();
    scene.tick("categories", {});
    scene.set("name", "");
    scene.application.confirmed = {"A10", "A01"};
    EXPECT_FALSE(says(scene.findings(), "A10", Action::hold));
    EXPECT_TRUE(says(scene.findings(), "A01", Action::reject));
}

TEST(Check, AsksNoFormOfTheSocialInsuranceOffice) {
    auto scene = orderly();
    scene.application.channel = Channel::social_insurance;
    scene.application.fields["signature"].value = false;
    scene.set("id_number", "");
    EXPECT_TRUE(says(scene.findings(), "A18", Action::remind));
    EXPECT_TRUE(says(scene.findings(), "A07", Action::reject));
}

TEST(Check, OfAnEmptyApplicationListsWhatIsMissing) {
    const Application nothing;
    const RegisterFacts facts;
    const auto findings = check(Case(nothing, facts, book(), day("2020-04-15")));
    for (const char* rule :
         {"A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A11", "A12", "A13", "A14", "A16", "A18"})
        EXPECT_TRUE(says(findings, rule, Action::reject)) << rule;
    EXPECT_TRUE(says(findings, "A10", Action::hold));
}

TEST(Check, DemandsThePapersThatAnOfficeRequires) {
    auto strict = book();
    for (auto& category : strict.settings.papers.categories)
        if (category.category == "低保家庭人员") category.need = templates::Need::required;
    auto scene = orderly();
    scene.also("低保家庭人员");
    const auto findings = check(Case(scene.application, scene.facts, strict, scene.on));
    EXPECT_TRUE(says(findings, "C13", Action::hold));
    EXPECT_FALSE(says(findings, "C13", Action::warn));
}

TEST(Check, SaysWhichRulesCouldNotBeAsked) {
    EXPECT_THAT(rules_not_asked({}), ::testing::IsSupersetOf({"B05", "B09", "C14", "G01", "K16", "K18"}));
    EXPECT_THAT(rules_not_asked({}), ::testing::Not(::testing::Contains("A01")));
    EXPECT_THAT(rules_not_asked({}), ::testing::Not(::testing::Contains("D02")));
}

/// A valid person at random: whatever the law allows, with all that belongs to it.
class People {
public:
    explicit People(unsigned seed) : random_(seed) {}

    Scene next() {
        Scene scene = orderly();
        scene.facts = {};
        scene.on = days_later_than("2020-04-01", number(0, 1500));
        scene.application.received_on = scene.on;
        const bool male = number(0, 1) == 1;
        const int age_in_days = number(16 * 366, 75 * 365);
        const Date born = Date(std::chrono::sys_days(scene.on) - std::chrono::days(age_in_days));
        scene.set("id_number",
                  number_of(pick({"500116", "510225", "512721", "500381", "510502", "519007"}), born, male));
        scene.set("sex", male ? "男" : "女");
        scene.set("id_type", pick({"居民身份证", "身份证", "社会保障卡"}));
        scene.set("ethnicity", pick({"汉", "汉族", "土家族", "苗"}));
        scene.set("health", pick({"健康", "良好", "一般"}));
        scene.set("signed_on", format(scene.on));
        scene.set("unemployed_since", format(scene.on.year() / scene.on.month()));
        scene.tick("hukou_type", {pick({"家庭", "集体", "城镇居民家庭", "农村居民家庭"})});
        scene.tick("claims_benefit", {pick({"是", "否"})});
        option(scene, "education");
        option(scene, "unemployment_reason");
        scene.set("unemployment_reason.other",
                  scene.application.has_chosen("unemployment_reason", "其他") ? "外出返乡" : "");
        categories(scene, born, male);
        scene.application.channel =
            pick_channel({Channel::counter, Channel::app12333, Channel::national, Channel::counter});
        scene.set("landline", pick({"", "023-47557390", "47557390", "02347557390"}));
        scene.application.draws_pension = false;
        return scene;
    }

private:
    int number(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
    std::string pick(std::vector<std::string> from) {
        return from[static_cast<std::size_t>(number(0, static_cast<int>(from.size()) - 1))];
    }
    Channel pick_channel(std::vector<Channel> from) {
        return from[static_cast<std::size_t>(number(0, static_cast<int>(from.size()) - 1))];
    }
    Date days_later_than(const char* from, int days) {
        return Date(std::chrono::sys_days(day(from)) + std::chrono::days(days));
    }
    void option(Scene& scene, const char* key) { scene.tick(key, {pick(book().form.field(key)->options)}); }

    void categories(Scene& scene, Date born, bool male) {
        scene.tick("categories", {});
        std::set<std::string> papers;
        for (const auto& category : book().settings.papers.categories) {
            if (number(0, 4) != 0) continue;
            const int age = static_cast<int>(scene.on.year()) - static_cast<int>(born.year()) - 1;
            const bool is_4050 = male ? age >= 50 && age < 58 : age >= 40 && age < 53;
            if (category.category == "4050人员" && !is_4050) continue;
            if (category.category == "高校毕业生") scene.tick("education", {"大学本科或同等学历"});
            scene.also(category.category);
            papers.insert(category.paper);
            if (category.category != "残疾人员") continue;
            scene.set("health", "肢体残疾三级");
            scene.set("category_id_number", scene.application.text("id_number") + "43");
        }
        scene.application.attachments = papers;
    }

    std::mt19937 random_;
};

TEST(Check, LetsValidPeopleThrough) {
    People people(20200415);
    int without_category = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto scene = people.next();
        for (const auto& finding : scene.findings()) {
            const bool stops = finding.action == Action::reject || finding.action == Action::hold;
            const bool confirmation = finding.rule == "A10" && scene.application.chosen("categories").empty();
            without_category += confirmation;
            if (stops && !confirmation) {
                ADD_FAILURE() << "person " << i << ": " << finding.rule << " " << finding.message;
                return;
            }
        }
    }
    EXPECT_GT(without_category, 0);
}

TEST(Check, GivesTheSameAnswerTwice) {
    People people(7);
    for (int i = 0; i < 50; ++i) {
        const auto scene = people.next();
        EXPECT_EQ(scene.findings(), scene.findings());
    }
}

} // namespace
} // namespace dengji::rules::test
