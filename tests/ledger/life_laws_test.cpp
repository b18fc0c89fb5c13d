#include "pipeline/ledger/database.h"
#include "tests/ledger/life_fixture.h"
#include "tests/ledger/synthetic.h"

namespace dengji::ledger::test {
namespace {

struct LifeLaws : LifeTest {};

TEST_F(LifeLaws, ADoubtfulSheetIsNotDecided) {
    auto sheet = synthetic::sheet(3);
    for (auto& reading : sheet.readings) reading.review = reading.key == "name";
    write_file(place.path() / "scan.pdf", "%PDF- made up");
    const File scan = the_register.add_file(batch.id, 1, place.path() / "scan.pdf", "scan.pdf");
    the_register.record_page(batch.id, scan, sheet);
    EXPECT_EQ(lives.take_in(), 1);
    EXPECT_EQ(lives.take_in(), 0);
    const auto found = lives.find({}, 10);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].state, State::received);
    EXPECT_EQ(found[0].channel, rules::Channel::counter);
    const auto id = found[0].registration;
    const auto on = format(found[0].received_on);
    const auto at = [&](const std::string& step, std::map<std::string, std::string> particulars) {
        Act act{id, step, found[0].received_on, "经办甲", "当面", "原件", std::move(particulars), {}};
        return lives.take(act);
    };
    EXPECT_FALSE(at("check", {}).refusal);
    for (const auto& [step, particulars] : std::map<std::string, std::map<std::string, std::string>>{
             {"register", {}}, {"refuse", {{"rule", "B05"}, {"reason", "在业"}}}, {"return", {{"missing", "手机"}}}}) {
        const auto taken = at(step, particulars);
        ASSERT_TRUE(taken.refusal) << step;
        EXPECT_THAT(taken.refusal->why, testing::HasSubstr("没有核对（姓名）")) << step;
    }
    EXPECT_FALSE(at("correct", {{"key", "name"}, {"value", "赵试验"}}).refusal);
    EXPECT_THAT(at("register", {}).refusal->why, testing::Not(testing::HasSubstr("没有核对")));
}

TEST_F(LifeLaws, WhatARuleHoldsIsRegisteredOnlyWithAnAnswer) {
    auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
    application.original_seen = false;
    const auto id = receive(application);
    expect(id, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    expect_refused(id, "register", "2024-03-04", "C03");
    Act act{id, "register", day("2024-03-04"), "经办甲", "", "", {}, {{"C03", "原件已核验"}}};
    EXPECT_FALSE(lives.take(act, day("2024-03-04")).refusal);
    const auto events = lives.show(id).events;
    EXPECT_THAT(events.back().details, testing::HasSubstr("原件已核验"));
}

TEST_F(LifeLaws, WhatARuleRejectsIsNotRegisteredWhateverTheAnswer) {
    auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
    application.draws_pension = true;
    const auto id = receive(application);
    expect(id, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    Act act{id, "register", day("2024-03-04"), "经办甲", "", "", {}, {{"B02", "可以"}}};
    const auto taken = lives.take(act, day("2024-03-04"));
    ASSERT_TRUE(taken.refusal);
    EXPECT_EQ(taken.refusal->findings.at(0).rule, "B02");
    expect(id, "refuse", "2024-03-04", {{"rule", "B02"}, {"reason", "已享受待遇"}});
}

TEST_F(LifeLaws, ARefusalRestsOnARuleThatSpeaksOfThePerson) {
    const auto id = receive(people.next());
    expect(id, "check", "2024-03-04");
    expect_refused(id, "refuse", "2024-03-04", "不得以户籍性质、人户分离", {{"rule", "B08"}, {"reason", "户籍在外"}});
    expect_refused(id, "refuse", "2024-03-04", "并不成立", {{"rule", "B01"}, {"reason", "未满16周岁"}});
    expect_refused(id, "refuse", "2024-03-04", "退回补正", {{"rule", "A13"}, {"reason", "没有手机"}});
    EXPECT_EQ(state_of(id), State::checked);
}

TEST_F(LifeLaws, ARefusalForWorkOrInabilityRestsOnTheRegisterOrAPaper) {
    const auto refuse = [&](const std::string& id, const std::string& rule, const std::string& paper) {
        const Act act{id, "refuse", day("2024-03-04"), "经办甲", "", paper, {{"rule", rule}, {"reason", "理由"}}, {}};
        const auto taken = lives.take(act, day("2024-03-04"));
        return taken.refusal ? taken.refusal->why : "refused";
    };
    const auto idle = receive(people.next());
    expect(idle, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    EXPECT_THAT(refuse(idle, "B05", ""), testing::HasSubstr("没有在业迹象的记录"));
    EXPECT_THAT(refuse(idle, "B05", "  "), testing::HasSubstr("--paper"));
    EXPECT_THAT(refuse(idle, "B04", ""), testing::HasSubstr("劳动能力鉴定结论"));
    EXPECT_EQ(state_of(idle), State::checked);
    EXPECT_EQ(refuse(idle, "B05", "社会保险参保证明"), "refused");

    const auto working = receive(people.next());
    expect(working, "check", "2024-03-04", {{"signs_of_employment", "yes"}});
    EXPECT_EQ(refuse(working, "B05", ""), "refused");

    const auto assessed = receive(people.next());
    expect(assessed, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    EXPECT_EQ(refuse(assessed, "B04", "劳动能力鉴定结论"), "refused");

    auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
    application.fields["remarks"].value = std::string("完全丧失劳动能力");
    const auto declared = receive(application);
    expect(declared, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    EXPECT_EQ(refuse(declared, "B04", ""), "refused");
}

TEST_F(LifeLaws, AnswersAndPapersHaveToExist) {
    const auto id = receive(people.next());
    expect_refused(id, "check", "2024-03-04", "graduation（毕业证书）", {{"attachments", "id_card,diploma"}});
    Act act{id, "check", day("2024-03-04"), "经办甲", "", "", {}, {{"Z99", "可以"}}};
    EXPECT_THROW(lives.take(act, day("2024-03-04")), Error);
    act.answers = {{"A10", " "}};
    EXPECT_THROW(lives.take(act, day("2024-03-04")), Error);
}

TEST_F(LifeLaws, CancellingNeedsItsGrounds) {
    const auto id = registered();
    expect_refused(id, "cancel", "2024-05-06", "没有这个注销原因代码", {{"reason", "C8"}});
    expect_refused(id, "cancel", "2024-05-06", "G04", {{"reason", "C2c"}, {"income", "600"}, {"standard", "717"}});
    expect_refused(id, "cancel", "2024-05-06", "G04", {{"reason", "C2c"}});
    expect_refused(id, "cancel", "2024-05-06", "没有无正当理由连续3次", {{"reason", "C3g"}});
    expect_refused(id, "cancel", "2024-05-06", "没有连续6个月", {{"reason", "C3h"}});
    Act without{id, "cancel", day("2024-05-06"), "经办甲", "", "", {{"reason", "C2a"}}, {}};
    const auto taken = lives.take(without, day("2024-05-06"));
    ASSERT_TRUE(taken.refusal);
    EXPECT_EQ(taken.refusal->findings.at(0).rule, "G02");
    expect(id, "cancel", "2024-05-06", {{"reason", "C2c"}, {"income", "2000"}, {"standard", "717"}});
}

TEST_F(LifeLaws, ThreeRefusalsInARowAreGroundsAndAnAcceptanceBreaksThem) {
    const auto id = registered();
    const std::map<std::string, std::string> refused = {
        {"service", "job"}, {"answer", "refused"}, {"good_reason", "no"}};
    expect(id, "offer", "2024-04-01", refused);
    expect(id, "offer", "2024-04-08", refused);
    expect(id, "offer", "2024-04-09", {{"service", "job"}, {"answer", "accepted"}});
    expect(id, "offer", "2024-04-10", refused);
    expect_refused(id, "cancel", "2024-04-20", "没有无正当理由连续3次", {{"reason", "C3g"}});
    expect(id, "offer", "2024-04-11", refused);
    expect(id, "offer", "2024-04-12", refused);
    expect(id, "cancel", "2024-04-20", {{"reason", "C3g"}});
}

TEST_F(LifeLaws, SixMonthsOfVainAttemptsAreGrounds) {
    const auto id = registered("2024-01-02");
    for (const auto* on : {"2024-01-20", "2024-02-20", "2024-03-20", "2024-04-20", "2024-05-20", "2024-06-20"})
        expect(id, "contact", on, {{"reached", "no"}});
    expect_refused(id, "cancel", "2024-06-21", "没有连续6个月", {{"reason", "C3h"}});
    expect(id, "cancel", "2024-07-10", {{"reason", "C3h"}});
}

TEST_F(LifeLaws, ACreditEntryIsApprovedByAnotherPerson) {
    const auto id = registered();
    expect_refused(id, "credit-approve", "2024-04-01", "没有待批准");
    expect(id, "credit-propose", "2024-04-01", {{"reason", "冒领待遇"}});
    expect_refused(id, "credit-approve", "2024-04-02", "提出人以外的人");
    EXPECT_FALSE(take(id, "credit-approve", "2024-04-02", {}, "审核乙").refusal);
}

TEST_F(LifeLaws, CertificateNumbersAreSoundAndUnique) {
    const auto one = registered(), other = registered();
    expect(one, "certificate-apply", "2024-03-05");
    expect_refused(one, "certificate-apply", "2024-03-06", "已经申请过");
    expect_refused(one, "certificate-issue", "2024-03-06", "K18", {{"number", "123"}});
    expect(one, "certificate-issue", "2024-03-06", {{"number", "5001160024000011"}});
    expect_refused(other, "certificate-issue", "2024-03-06", "K18", {{"number", "5001160024000011"}});
    expect_refused(one, "certificate-issue", "2024-04-06", "K19", {{"number", "5001160024000012"}});
    expect(one, "certificate-issue", "2024-04-06", {{"number", "5001160024000011"}, {"replacement", "yes"}});
}

TEST_F(LifeLaws, HardshipNeedsSomebodyResponsible) {
    const auto id = registered();
    expect_refused(id, "hardship", "2024-04-01", "E05", {{"recognised", "yes"}});
    expect(id, "hardship", "2024-04-01", {{"recognised", "yes"}, {"responsible", "经办丙"}, {"plan", "yes"}});
}

TEST_F(LifeLaws, ACategoryIsVerifiedOnlyWhenItIsClaimed) {
    auto person = people.next();
    person.category = "农民工";
    person.disabled = false;
    const auto id = registered(person);
    expect_refused(id, "verify-category", "2024-03-05", "勾选的是：农民工", {{"category", "高校毕业生"}});
    expect(id, "verify-category", "2024-03-05", {{"category", "农民工"}});
}

} // namespace
} // namespace dengji::ledger::test
