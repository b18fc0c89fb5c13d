#include "pipeline/rules/rule_table.h"

#include "tests/rules/rule_examples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <set>

namespace dengji::rules::test {
namespace {

std::vector<Example> all_examples() {
    std::vector<Example> all;
    for (const auto section : {entry_examples, document_examples, agreement_examples, life_examples})
        for (const auto& example : section()) all.push_back(example);
    return all;
}

std::set<std::string> ids_of_the_table() {
    std::set<std::string> ids;
    for (const auto& rule : rule_table()) ids.insert(rule.id);
    return ids;
}

Scene changed(void (*change)(Scene&)) {
    auto scene = orderly();
    if (change != nullptr) change(scene);
    return scene;
}

TEST(RuleTable, TellsWhatTheApplicantCanPutRight) {
    for (const char* rule : {"A01", "A18", "B07", "C01", "C04", "C12", "C13", "C15", "K01", "K10", "K15"})
        EXPECT_TRUE(is_for_applicant(rule)) << rule;
    // Clocks, services, follow-up, cancelling, offices, who may be registered, what other registers say.
    for (const char* rule : {"B01", "B03", "B05", "C03", "C14", "D03", "E01", "F02", "G04", "H01", "K16", "K18", "K20"})
        EXPECT_FALSE(is_for_applicant(rule)) << rule;
}

TEST(RuleTable, HasThe104Rules) {
    std::set<std::string> wanted;
    const std::vector<std::pair<char, int>> sections = {{'A', 20}, {'B', 10}, {'C', 16}, {'D', 8}, {'E', 9},
                                                        {'F', 7},  {'G', 12}, {'H', 2},  {'K', 20}};
    for (const auto& [letter, count] : sections)
        for (int number = 1; number <= count; ++number)
            wanted.insert(letter + std::string(number < 10 ? "0" : "") + std::to_string(number));
    EXPECT_EQ(wanted.size(), 104u);
    EXPECT_EQ(ids_of_the_table(), wanted);
}

TEST(RuleTable, NamesFieldsOfTheFormAndSpeaksPlainly) {
    for (const auto& rule : rule_table()) {
        for (const auto& key : rule.fields) EXPECT_NE(book().form.field(key), nullptr) << rule.id << " " << key;
        EXPECT_FALSE(rule.clause.empty()) << rule.id;
        EXPECT_GE(rule.message.size(), 30u) << rule.id;
        EXPECT_TRUE(rule.message.ends_with("。") || rule.message.ends_with("？")) << rule.id;
    }
}

TEST(RuleTable, IsSilentOnWhatIsInOrder) {
    for (const auto& finding : orderly().findings()) ADD_FAILURE() << finding.rule << " " << finding.message;
}

TEST(RuleTable, EachRuleFiresAndStaysSilent) {
    std::set<std::string> fired, silent;
    for (const auto& example : all_examples()) {
        const auto name = std::string(example.rule) + " " + std::string(name_of(example.action));
        if (says(changed(example.fires).findings(), example.rule, example.action))
            fired.insert(example.rule);
        else
            ADD_FAILURE() << name << " does not fire";
        if (!says(changed(example.silent).findings(), example.rule, example.action))
            silent.insert(example.rule);
        else
            ADD_FAILURE() << name << " is not silent";
    }
    EXPECT_EQ(fired, ids_of_the_table());
    EXPECT_EQ(silent, ids_of_the_table());
    std::cout << fired.size() << " rules fired, " << silent.size() << " stayed silent\n";
}

/// Not only each rule: each way that a rule can end.
TEST(RuleTable, EachRowFiresForSomeExample) {
    const auto examples = all_examples();
    for (const auto& rule : rule_table()) {
        const bool some = std::any_of(examples.begin(), examples.end(), [&](const Example& example) {
            if (rule.id != example.rule || rule.action != example.action) return false;
            const auto scene = changed(example.fires);
            const Case the_case(scene.application, scene.facts, book(), scene.on);
            return is_given(rule.subject, scene.facts) && rule.condition(the_case).fires;
        });
        // That needs other settings than those that come with the program; see Check.
        const bool by_other_settings = rule.id == "C13" && rule.action == Action::hold;
        EXPECT_TRUE(some || by_other_settings) << rule.id << ": " << rule.message;
    }
}

TEST(RuleTable, LeavesNoGapInAMessage) {
    for (const auto& example : all_examples())
        for (const auto& finding : changed(example.fires).findings())
            EXPECT_THAT(finding.message, ::testing::Not(::testing::HasSubstr("{}"))) << finding.rule;
}

} // namespace
} // namespace dengji::rules::test
