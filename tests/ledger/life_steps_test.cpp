// Which step is legal in which state, written out once more by hand: the table of the program is held against it, and
// so is what the program does.
#include "tests/ledger/life_fixture.h"

#include <set>

namespace dengji::ledger::test {
namespace {

using Names = std::set<std::string>;

const Names always = {"correct", "confirm", "undo", "office", "withdraw", "disclosure"};

const std::map<State, Names> legal = {
    {State::received, {"receipt", "check", "survey-open", "return"}},
    {State::checked, {"check", "survey-open", "return", "register", "refuse", "verify-category"}},
    {State::in_survey, {"survey-close", "verify-category"}},
    {State::registered,
     {"feedback", "first-contact", "lists", "contact", "wishes", "service", "offer", "hardship", "verify-category",
      "benefit", "certificate-apply", "certificate-issue", "change", "cancel-propose", "cancel-drop", "cancel",
      "credit-propose", "credit-approve", "credit-reject"}},
    {State::refused, {"feedback", "credit-propose", "credit-approve", "credit-reject"}},
    {State::returned, {"feedback", "resubmit"}},
    {State::followed_up,
     {"feedback", "first-contact", "lists", "contact", "wishes", "service", "offer", "hardship", "verify-category",
      "benefit", "certificate-apply", "certificate-issue", "change", "cancel-propose", "cancel-drop", "cancel",
      "credit-propose", "credit-approve", "credit-reject"}},
    {State::cancelled, {"feedback", "cancel-notify", "restore", "credit-propose", "credit-approve", "credit-reject"}},
};

/// What each step needs, where it needs anything.
std::map<std::string, std::string> particulars_of(const std::string& step, int number) {
    static const std::map<std::string, std::map<std::string, std::string>> table = {
        {"survey-open", {{"reason", "核实就业状态"}}},
        {"survey-close", {{"result", "确认失业"}}},
        {"refuse", {{"rule", "B05"}, {"reason", "调查发现在业"}}},
        {"return", {{"missing", "毕业证书"}}},
        {"first-contact", {{"state", "求职中"}, {"wants_work", "yes"}, {"wants_business", "no"}}},
        {"contact", {{"reached", "no"}}},
        {"service", {{"service", "job"}}},
        {"offer", {{"service", "training"}, {"answer", "accepted"}}},
        {"hardship", {{"recognised", "no"}}},
        {"change", {{"key", "remarks"}, {"value", "无"}}},
        {"cancel-propose", {{"reason", "C2a"}}},
        {"cancel-drop", {{"reason", "仍在求职"}}},
        {"cancel", {{"reason", "C2a"}}},
        {"restore", {{"reason", "误注销"}}},
        {"credit-propose", {{"reason", "虚假信息"}}},
        {"credit-reject", {{"reason", "不属实"}}},
        {"correct", {{"key", "remarks"}, {"value", "更正"}}},
        {"confirm", {{"key", "name"}}},
        {"undo", {{"key", "name"}, {"event", "1"}}},
        {"office", {{"town", "白沙镇"}}},
        {"withdraw", {{"event", "1"}, {"reason", "误记"}}},
    };
    if (step == "certificate-issue") return {{"number", "50011600" + std::to_string(24000000 + number)}};
    const auto found = table.find(step);
    return found == table.end() ? std::map<std::string, std::string>() : found->second;
}

struct LifeSteps : LifeTest {
    /// A new registration, brought into that state on the legal way.
    std::string in_state(State state) {
        if (state == State::registered) return registered();
        if (state == State::followed_up || state == State::cancelled) {
            const auto id = registered();
            expect(id, "contact", "2024-03-05", {{"reached", "yes"}, {"state", "求职中"}});
            if (state == State::cancelled) expect(id, "cancel", "2024-03-06", {{"reason", "C2a"}});
            return id;
        }
        const auto id = receive(people.next());
        if (state == State::received) return id;
        if (state == State::returned) {
            expect(id, "return", "2024-03-05", {{"missing", "照片"}});
            return id;
        }
        expect(id, "check", "2024-03-05", {{"signs_of_employment", "no"}});
        if (state == State::in_survey) expect(id, "survey-open", "2024-03-05", {{"reason", "核实"}});
        if (state == State::refused) expect(id, "refuse", "2024-03-06", {{"rule", "B05"}, {"reason", "在业"}});
        return id;
    }
};

TEST_F(LifeSteps, TheTableIsTheOneWrittenOutHere) {
    for (const State state : all_states) {
        Names found;
        for (const Step* step : steps_from(state)) found.insert(std::string(step->name));
        EXPECT_EQ(found, legal.at(state)) << name_of(state);
    }
}

TEST_F(LifeSteps, EachStepIsTakenWhereItIsLegalAndRefusedElsewhere) {
    // These want something else besides: who decides on a proposal that is not there?
    const Names needs_more = {"cancel-drop", "credit-approve", "credit-reject", "withdraw", "verify-category", "undo"};
    int number = 0, taken = 0, refused = 0;
    for (const State state : all_states) {
        std::string fresh;
        for (const Step& step : all_steps()) {
            const std::string name(step.name);
            if (fresh.empty() || state_of(fresh) != state) fresh = in_state(state);
            ASSERT_EQ(state_of(fresh), state);
            auto particulars = particulars_of(name, ++number);
            if (name == "verify-category") particulars = {{"category", "残疾人员或其他"}};
            const auto result = take(fresh, name, "2024-03-08", particulars);
            const bool is_legal = legal.at(state).contains(name) || always.contains(name);
            if (is_legal && needs_more.contains(name)) continue;
            if (is_legal) {
                EXPECT_FALSE(result.refusal) << name << " in " << name_of(state);
                ++taken;
            } else {
                ASSERT_TRUE(result.refusal) << name << " in " << name_of(state);
                EXPECT_EQ(state_of(fresh), state);
                ++refused;
            }
            if (is_legal) continue;
            EXPECT_THAT(result.refusal->why, testing::HasSubstr("现在的状态是")) << name;
            Names possible;
            for (const Step* one : result.refusal->possible) possible.insert(std::string(one->name));
            EXPECT_EQ(possible, legal.at(state));
        }
    }
    EXPECT_GT(taken, 60);
    EXPECT_GT(refused, 100);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeSteps, ARefusedStepLeavesNothingBehind) {
    const auto id = receive(people.next());
    const auto before = lives.show(id).events.size();
    expect_refused(id, "cancel", "2024-03-05", "已收件", {{"reason", "C2a"}});
    EXPECT_EQ(lives.show(id).events.size(), before);
}

TEST_F(LifeSteps, WhatAStepNeedsIsAskedFor) {
    const auto id = registered();
    EXPECT_THROW(take(id, "contact", "2024-03-05"), Error);
    EXPECT_THROW(take(id, "contact", "2024-03-05", {{"reached", "perhaps"}}), Error);
    EXPECT_THROW(take(id, "contact", "2024-03-05", {{"reached", "no"}, {"colour", "red"}}), Error);
    EXPECT_THROW(take(id, "contact", "2024-03-05", {{"reached", "no"}}, " "), Error);
    EXPECT_THROW(take(id, "dance", "2024-03-05"), Error);
    EXPECT_THROW(take("ffffffffffffffff-1", "contact", "2024-03-05", {{"reached", "no"}}), Error);
    expect_refused(id, "contact", "2024-03-05", "了解到的情况", {{"reached", "yes"}});
    Act act{id, "contact", day("2024-03-05"), "经办甲", "", "", {{"reached", "no"}}, {}};
    EXPECT_THAT(lives.take(act, day("2024-03-05")).refusal->why, testing::HasSubstr("方式"));
}

TEST_F(LifeSteps, DaysGoForward) {
    const auto id = registered("2024-03-04");
    expect_refused(id, "contact", "2024-03-03", "早于", {{"reached", "no"}});
    Act act{id, "lists", day("2024-03-09"), "经办甲", "", "", {}, {}};
    EXPECT_THAT(lives.take(act, day("2024-03-08")).refusal->why, testing::HasSubstr("还没有到"));
    EXPECT_FALSE(lives.take(act, day("2024-03-09")).refusal);
}

} // namespace
} // namespace dengji::ledger::test
