// What is due on which day, by the examples of the notice. 2024-03-04 was a Monday.
#include "tests/ledger/life_fixture.h"

namespace dengji::ledger::test {
namespace {

struct Due : LifeTest {
    /// "D01 overdue 2024-03-04" for each item of one registration.
    std::vector<std::string> due(const std::string& id, const std::string& on) {
        std::vector<std::string> found;
        for (const auto& item : lives.due(day(on))) {
            if (item.registration != id) continue;
            found.push_back(item.rule + " " + std::string(name_of(item.urgency)) +
                            (item.day ? " " + format(*item.day) : "") + (item.reason.empty() ? "" : " " + item.reason));
            EXPECT_FALSE(item.clause.empty()) << item.rule;
            EXPECT_FALSE(item.message.empty()) << item.rule;
            EXPECT_FALSE(item.name.empty()) << item.rule;
        }
        return found;
    }
    /// Registered, told, contacted and served: nothing is left for the month.
    std::string settled(const std::string& on = "2024-03-04") {
        auto person = people.next();
        person.claims_benefit = false;
        const auto id = registered(person, on);
        expect(id, "feedback", on);
        expect(id, "lists", on);
        expect(id, "first-contact", on,
               {{"state", "求职中"}, {"wants_work", "no"}, {"wants_business", "no"}, {"policy_eligible", "no"}});
        expect(id, "hardship", on, {{"recognised", "no"}});
        return id;
    }
};

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST_F(Due, TheCounterDecidesAtOnce) {
    const auto id = receive(people.next(), "2024-03-04");
    EXPECT_THAT(due(id, "2024-03-03"), IsEmpty());
    EXPECT_THAT(due(id, "2024-03-04"), ElementsAre("D01 due 2024-03-04"));
    EXPECT_THAT(due(id, "2024-03-05"), ElementsAre("D01 overdue 2024-03-04"));
}

TEST_F(Due, OnlineChannelsHaveFiveWorkingDays) {
    for (const auto& [channel, rule] : {std::pair(rules::Channel::national, std::string("D02")),
                                        std::pair(rules::Channel::app12333, std::string("D04"))}) {
        const auto id = receive(application_of(people.next(), day("2024-03-04"), channel));
        EXPECT_THAT(due(id, "2024-03-05"), IsEmpty());
        EXPECT_THAT(due(id, "2024-03-07"), ElementsAre(rule + " due 2024-03-11"));
        EXPECT_THAT(due(id, "2024-03-12"), ElementsAre(rule + " overdue 2024-03-11"));
    }
}

TEST_F(Due, ASurveyStopsTheOtherClockAndHasItsOwn) {
    const auto id = receive(people.next(), "2024-03-04");
    expect(id, "survey-open", "2024-03-04", {{"reason", "核实"}});
    EXPECT_THAT(due(id, "2024-03-05"), IsEmpty());
    EXPECT_THAT(due(id, "2024-03-11"), ElementsAre("D06 due 2024-03-13"));
    EXPECT_THAT(due(id, "2024-03-14"), ElementsAre("D06 overdue 2024-03-13"));
    expect(id, "survey-close", "2024-03-14", {{"result", "属实"}});
    EXPECT_THAT(due(id, "2024-03-15"), ElementsAre("D01 overdue 2024-03-14"));
    EXPECT_THAT(due(id, "2024-03-11"), ElementsAre("D06 due 2024-03-13")); // as it stood on that day
}

TEST_F(Due, DecisionsAreToldAndBenefitHandedOver) {
    auto person = people.next();
    person.claims_benefit = true;
    const auto id = registered(person, "2024-03-04");
    EXPECT_THAT(due(id, "2024-03-04"), Contains("D05 due"));
    EXPECT_THAT(due(id, "2024-03-04"), Contains("E07 due 2024-03-04"));
    EXPECT_THAT(due(id, "2024-03-05"), Contains("E07 overdue 2024-03-04"));
    expect(id, "feedback", "2024-03-05");
    expect(id, "benefit", "2024-03-05");
    EXPECT_THAT(due(id, "2024-03-05"), Not(Contains("D05 due")));
    EXPECT_THAT(due(id, "2024-03-05"), Not(Contains("E07 overdue 2024-03-04")));
}

TEST_F(Due, AReturnedApplicationIsDoneWithOnceItIsTold) {
    const auto id = receive(people.next(), "2024-03-04");
    expect(id, "return", "2024-03-04", {{"missing", "照片"}});
    EXPECT_THAT(due(id, "2024-03-08"), ElementsAre("D05 due"));
    expect(id, "feedback", "2024-03-08");
    EXPECT_THAT(due(id, "2024-03-08"), IsEmpty());
    EXPECT_THAT(due(id, "2024-03-07"), ElementsAre("D05 due"));
}

TEST_F(Due, ServicesFollowTheFirstContact) {
    const auto id = registered("2024-03-04");
    EXPECT_THAT(due(id, "2024-03-10"), Contains("E01 due 2024-04-03"));
    EXPECT_THAT(due(id, "2024-04-04"), Contains("E01 overdue 2024-04-03"));
    EXPECT_THAT(due(id, "2024-03-10"), Contains("E02 due"));
    expect(id, "first-contact", "2024-03-11",
           {{"state", "求职中"}, {"wants_work", "yes"}, {"wants_business", "yes"}, {"policy_eligible", "yes"}});
    for (const auto* item : {"E03 due", "E04 due", "E05 ask", "E06 due"})
        EXPECT_THAT(due(id, "2024-03-11"), Contains(item));
    for (const auto* service : {"job", "business", "policy"})
        expect(id, "service", "2024-03-12", {{"service", service}});
    expect(id, "hardship", "2024-03-12", {{"recognised", "yes"}, {"responsible", "经办丁"}});
    for (const auto* item : {"E03 due", "E04 due", "E05 ask", "E06 due"})
        EXPECT_THAT(due(id, "2024-03-12"), Not(Contains(item)));
    EXPECT_THAT(due(id, "2024-03-12"), Contains("E05 due")); // the plan
    expect(id, "service", "2024-03-13", {{"service", "plan"}});
    EXPECT_THAT(due(id, "2024-03-13"), Not(Contains("E05 due")));
}

TEST_F(Due, EveryMonthHasItsContact) {
    const auto id = settled("2024-03-04");
    EXPECT_THAT(due(id, "2024-03-31"), IsEmpty());
    EXPECT_THAT(due(id, "2024-04-19"), IsEmpty());
    EXPECT_THAT(due(id, "2024-04-20"), ElementsAre("F01 due 2024-04-30"));
    EXPECT_THAT(due(id, "2024-05-01"), ElementsAre("F01 overdue 2024-04-30"));
    expect(id, "contact", "2024-04-25", {{"reached", "no"}});
    EXPECT_THAT(due(id, "2024-05-01"), IsEmpty());
    EXPECT_THAT(due(id, "2024-04-20"), ElementsAre("F01 due 2024-04-30"));
}

TEST_F(Due, CancellationsAreProposedAndAPersonDecides) {
    const auto refuser = settled("2024-03-04");
    for (const auto* on : {"2024-03-11", "2024-03-12", "2024-03-13"})
        expect(refuser, "offer", on, {{"service", "job"}, {"answer", "refused"}, {"good_reason", "no"}});
    EXPECT_THAT(due(refuser, "2024-03-12"), IsEmpty());
    EXPECT_THAT(due(refuser, "2024-03-13"), ElementsAre("F03 propose C3g"));
    expect(refuser, "cancel-propose", "2024-03-14", {{"reason", "C3g"}});
    EXPECT_THAT(due(refuser, "2024-03-14"), ElementsAre("F03 propose C3g"));
    EXPECT_EQ(state_of(refuser), State::followed_up);

    const auto lost = settled("2024-01-02");
    for (const auto* on : {"2024-02-20", "2024-03-20", "2024-04-20", "2024-05-20", "2024-06-20", "2024-07-20"})
        expect(lost, "contact", on, {{"reached", "no"}});
    EXPECT_THAT(due(lost, "2024-07-19"), IsEmpty());
    EXPECT_THAT(due(lost, "2024-07-20"), ElementsAre("F04 propose C3h"));

    const auto unclear = settled("2024-03-04");
    expect(unclear, "offer", "2024-03-11", {{"service", "job"}, {"answer", "refused"}});
    EXPECT_THAT(due(unclear, "2024-03-11"), ElementsAre("F03 ask"));
}

TEST_F(Due, ACancelledPersonIsToldUnlessTheNoticeSaysNot) {
    const auto told = settled(), untold = settled();
    expect(told, "cancel", "2024-03-18", {{"reason", "C2a"}});
    expect(untold, "cancel", "2024-03-18", {{"reason", "C3f"}});
    EXPECT_THAT(due(told, "2024-03-20"), ElementsAre("G10 due 2024-03-23"));
    EXPECT_THAT(due(told, "2024-03-24"), ElementsAre("G10 overdue 2024-03-23"));
    EXPECT_THAT(due(untold, "2024-03-24"), IsEmpty());
    expect(told, "cancel-notify", "2024-03-24");
    EXPECT_THAT(due(told, "2024-03-24"), IsEmpty());
}

TEST_F(Due, CertificatesHaveTenWorkingDays) {
    const auto id = settled();
    expect(id, "certificate-apply", "2024-03-04");
    EXPECT_THAT(due(id, "2024-03-18"), ElementsAre("K20 due 2024-03-18"));
    EXPECT_THAT(due(id, "2024-03-19"), ElementsAre("K20 overdue 2024-03-18"));
    expect(id, "certificate-issue", "2024-03-19", {{"number", "5001160024000021"}});
    EXPECT_THAT(due(id, "2024-03-19"), IsEmpty());
}

TEST_F(Due, ACreditEntryWaitsForAnotherPerson) {
    const auto id = settled();
    expect(id, "credit-propose", "2024-03-11", {{"reason", "冒领"}});
    EXPECT_THAT(due(id, "2024-03-11"), ElementsAre("F05 propose"));
    EXPECT_FALSE(take(id, "credit-reject", "2024-03-12", {{"reason", "不属实"}}, "审核乙").refusal);
    EXPECT_THAT(due(id, "2024-03-12"), IsEmpty());
}

TEST_F(Due, IsListedByOffice) {
    auto one = people.next(), other = people.next();
    one.town = "白沙镇";
    other.town = "油溪镇";
    const auto id = receive(one);
    receive(other);
    const auto items = lives.due(day("2024-03-04"), "500116108");
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0].registration, id);
    EXPECT_EQ(lives.due(day("2024-03-04")).size(), 2u);
}

TEST_F(Due, OfAPersonCoversAllRegistrationsAndNobodyElse) {
    const auto person = people.next();
    const auto first = registered(person, "2024-03-04");
    expect(first, "cancel", "2024-03-18", {{"reason", "C2a"}});
    const auto second = receive(person, "2024-03-19"), somebody = receive(people.next(), "2024-03-19");
    for (const auto& id : {first, second}) {
        std::set<std::string> found;
        for (const auto& item : lives.due_of_person(day("2024-03-19"), id)) found.insert(item.registration + item.rule);
        EXPECT_THAT(found, Contains(first + "G10")) << id;
        EXPECT_THAT(found, Contains(second + "D01")) << id;
        EXPECT_THAT(found, Not(Contains(somebody + "D01")));
    }
    EXPECT_THROW(lives.due_of_person(day("2024-03-19"), "0000000000000000-1"), Error);
}

TEST_F(Due, TheOfficeIsAskedWhatItHasInOrderUntilItIsSaid) {
    const auto of_office = [&](const std::string& on) {
        std::vector<std::string> found;
        for (const auto& item : lives.due_of_office(day(on))) {
            EXPECT_FALSE(item.clause.empty() || item.message.empty()) << item.rule;
            found.push_back(item.rule + " " + std::string(name_of(item.urgency)));
        }
        return found;
    };
    const auto say = [&](const std::string& step, const std::string& on, const std::string& key,
                         const std::string& answer) {
        return lives.take_for_office({"office", step, day(on), "经办甲", "", "公示栏照片", {{key, answer}}, {}},
                                     day("2026-06-30"));
    };
    EXPECT_THAT(of_office("2024-03-04"), testing::UnorderedElementsAre("H01 ask", "F07 ask"));
    say("agencies", "2024-03-05", "published", "no");
    say("form", "2024-03-05", "promise", "yes");
    EXPECT_THAT(of_office("2024-03-04"), testing::UnorderedElementsAre("H01 ask", "F07 ask")); // as it stood
    EXPECT_THAT(of_office("2024-03-05"), ElementsAre("H01 due"));
    say("agencies", "2024-03-06", "published", "yes");
    say("form", "2024-03-07", "promise", "no");
    EXPECT_THAT(of_office("2024-03-06"), IsEmpty());
    EXPECT_THAT(of_office("2024-03-07"), ElementsAre("F07 due"));
    EXPECT_THROW(say("agencies", "2024-03-06", "published", "perhaps"), Error);
    EXPECT_THROW(say("agencies", "2024-03-06", "promise", "yes"), Error);
    EXPECT_THROW(say("doors", "2024-03-06", "published", "yes"), Error);
    EXPECT_THROW(say("form", "2026-07-01", "promise", "yes"), Error);
}

} // namespace
} // namespace dengji::ledger::test
