// Nothing is deleted: corrections are events that keep what was there before.
#include "pipeline/ledger/database.h"
#include "tests/ledger/life_fixture.h"
#include "tests/ledger/replay.h"

#include <algorithm>

namespace dengji::ledger::test {
namespace {

struct LifeCorrections : LifeTest {
    std::string value(const std::string& id, const std::string& key) {
        for (const auto& value : lives.show(id).values)
            if (value.key == key && std::holds_alternative<std::string>(value.value))
                return std::get<std::string>(value.value);
        return {};
    }
    long long latest(const std::string& id) { return lives.show(id).events.back().id; }
};

TEST_F(LifeCorrections, AChangeKeepsTheOldValue) {
    const auto person = people.next();
    const auto id = registered(person);
    expect(id, "change", "2024-04-01", {{"key", "mobile"}, {"value", "13800000000"}});
    EXPECT_EQ(value(id, "mobile"), "13800000000");
    EXPECT_THAT(lives.show(id).events.back().details, testing::HasSubstr("\"before\":\"" + person.mobile + "\""));
    expect(id, "correct", "2024-04-02", {{"key", "unemployment_reason"}, {"value", "其他"}});
    expect(id, "correct", "2024-04-02", {{"key", "remarks"}, {"value", ""}});
    expect_refused(id, "correct", "2024-04-02", "没有这个选项", {{"key", "education"}, {"value", "博士后"}});
    expect_refused(id, "correct", "2024-04-02", "没有这个项目", {{"key", "colour"}, {"value", "红"}});
    expect_refused(id, "change", "2024-04-02", "2020-04", {{"key", "unemployed_since"}, {"value", "去年"}});
}

TEST_F(LifeCorrections, WhatIsConfirmedWaitsNoMoreAndAnUndoBringsTheMarkBack) {
    auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
    application.fields["mobile"].by_machine = application.fields["mobile"].doubtful = true;
    const auto id = receive(application);
    const auto mark = [&] {
        for (const auto& value : lives.show(id).values)
            if (value.key == "mobile") return value.origin + (value.review ? " waits" : "");
        return std::string();
    };
    EXPECT_EQ(mark(), "reading waits");
    expect(id, "confirm", "2024-03-04", {{"key", "mobile"}});
    EXPECT_EQ(mark(), "clerk");
    EXPECT_EQ(lives.show(id).events.back().outcome, "mobile");
    const auto confirmed = std::to_string(latest(id));
    const auto before = value(id, "mobile");
    expect(id, "correct", "2024-03-04", {{"key", "mobile"}, {"value", "13912340000"}});
    const auto corrected = std::to_string(latest(id));
    expect_refused(id, "undo", "2024-03-04", "又有改动", {{"key", "mobile"}, {"event", confirmed}});
    expect(id, "undo", "2024-03-04", {{"key", "mobile"}, {"event", corrected}});
    EXPECT_EQ(value(id, "mobile"), before);
    EXPECT_EQ(mark(), "clerk");
    expect(id, "undo", "2024-03-04", {{"key", "mobile"}, {"event", confirmed}});
    EXPECT_EQ(mark(), "reading waits");
    expect_refused(id, "undo", "2024-03-04", "不能撤回", {{"key", "mobile"}, {"event", confirmed}});
    expect_refused(id, "confirm", "2024-03-04", "请填写", {{"key", "remarks"}});
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeCorrections, AfterTheDecisionACheckIsNotUndone) {
    const auto id = receive(people.next());
    expect(id, "correct", "2024-03-04", {{"key", "mobile"}, {"value", "13912340000"}});
    const auto event = std::to_string(latest(id));
    expect(id, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    expect(id, "register", "2024-03-04");
    expect_refused(id, "undo", "2024-03-04", "已经作出决定", {{"key", "mobile"}, {"event", event}});
}

TEST_F(LifeCorrections, AnOptionMayHoldTheMarksThatSplitOptions) {
    const auto id = registered();
    const std::string schools = "年满16周岁，从各类学校毕业、肄业", left = "从各类单位辞职";
    expect(id, "correct", "2024-04-02", {{"key", "unemployment_reason"}, {"value", schools + "、" + left}});
    for (const auto& one : lives.show(id).values)
        if (one.key == "unemployment_reason") {
            EXPECT_EQ(one.value, reading::Value(std::vector<std::string>{schools, left}));
        }
    expect_refused(id, "correct", "2024-04-02", "没有这个选项",
                   {{"key", "unemployment_reason"}, {"value", "年满16周岁、" + left}});
}

TEST_F(LifeCorrections, AWithdrawnContactCountsNoMore) {
    const auto id = registered();
    expect(id, "contact", "2024-03-10", {{"reached", "yes"}, {"state", "求职中"}});
    EXPECT_EQ(state_of(id), State::followed_up);
    const auto event = std::to_string(latest(id));
    expect(id, "withdraw", "2024-03-12", {{"event", event}, {"reason", "记错了人"}});
    EXPECT_EQ(state_of(id), State::registered);
    expect_refused(id, "withdraw", "2024-03-12", "已经撤回", {{"event", event}, {"reason", "再来"}});
    const auto overview = lives.show(id);
    EXPECT_TRUE(overview.withdrawn.contains(std::stoll(event)));
    EXPECT_TRUE(std::any_of(overview.events.begin(), overview.events.end(),
                            [](const LifeEvent& one) { return one.step == "contact"; }));
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeCorrections, DecisionsAreNotWithdrawn) {
    const auto id = registered();
    expect_refused(id, "withdraw", "2024-03-12", "不能撤回",
                   {{"event", std::to_string(latest(id))}, {"reason", "不想登记"}});
    expect_refused(id, "withdraw", "2024-03-12", "没有编号为", {{"event", "999999"}, {"reason", "无"}});
}

TEST_F(LifeCorrections, AMistakenCancellationIsRestored) {
    const auto id = registered();
    expect(id, "cancel", "2024-04-01", {{"reason", "C3f"}});
    expect(id, "restore", "2024-04-03", {{"reason", "同名的另一人"}});
    EXPECT_EQ(state_of(id), State::followed_up);
    EXPECT_EQ(lives.people_by_state(day("2024-04-02"))[State::cancelled], 1);
    EXPECT_EQ(lives.people_by_state(day("2024-04-03"))[State::cancelled], 0);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeCorrections, AReturnedApplicationComesBack) {
    auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::counter);
    application.fields.erase("mobile");
    const auto id = receive(application);
    expect(id, "check", "2024-03-04", {{"signs_of_employment", "no"}});
    expect_refused(id, "register", "2024-03-04", "A13");
    expect(id, "return", "2024-03-04", {{"missing", "手机"}});
    expect(id, "resubmit", "2024-03-11");
    expect(id, "correct", "2024-03-11", {{"key", "mobile"}, {"value", "13900000099"}});
    expect(id, "check", "2024-03-11");
    expect(id, "register", "2024-03-11");
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeCorrections, PaperThatIsScannedLaterKeepsTheDayItWasReceived) {
    auto application = application_of(people.next(), day("2024-05-06"), rules::Channel::counter);
    application.received_on = day("2024-05-20");
    const auto id = receive(application);
    expect_refused(id, "check", "2024-05-06", "早于");
    expect(id, "receipt", "2024-05-06");
    EXPECT_EQ(lives.show(id).row.received_on, day("2024-05-06"));
    EXPECT_EQ(lives.people_by_state(day("2024-05-06"))[State::received], 1);
    EXPECT_THAT(lives.due(day("2024-05-06")), testing::SizeIs(1));
    expect(id, "check", "2024-05-06", {{"signs_of_employment", "no"}});
    expect(id, "register", "2024-05-06");
    EXPECT_EQ(lives.people_by_state(day("2024-05-10"))[State::registered], 1);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
}

TEST_F(LifeCorrections, ReplayingTheEventsGivesTheRowsAndATouchedRowIsFound) {
    const auto id = registered();
    expect(id, "contact", "2024-03-10", {{"reached", "no"}});
    expect(id, "cancel", "2024-06-03", {{"reason", "C2a"}});
    expect(id, "cancel-notify", "2024-06-04");
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
    Database(data / "register.sqlite").execute("update lives set state = 'followed-up'");
    EXPECT_THAT(lives.rows_unlike_events(), testing::ElementsAre(id));
}

TEST_F(LifeCorrections, AnOfficeThatAPersonHasSetStays) {
    auto person = people.next();
    person.town = "白沙镇";
    const auto id = registered(person);
    EXPECT_EQ(lives.show(id).row.office, "500116108");
    expect(id, "correct", "2024-03-05", {{"key", "residence_address.detail"}, {"value", "几江街道虚构路9号"}});
    EXPECT_EQ(lives.show(id).row.office, "500116001");
    expect(id, "office", "2024-03-06", {{"town", "双福"}});
    EXPECT_EQ(lives.show(id).row.office, "500116004");
    expect(id, "correct", "2024-03-07", {{"key", "residence_address.detail"}, {"value", "白沙镇虚构路9号"}});
    EXPECT_EQ(lives.show(id).row.office, "500116004");
}

struct Replayed : LifeCorrections {
    /// A register with two people; one came twice, moved, changed names and was sent to another town.
    void fill() {
        auto person = people.next();
        person.town = "白沙镇";
        const auto first = registered(person);
        expect(first, "cancel", "2024-06-03", {{"reason", "C2a"}});
        moved = receive(person, "2024-07-01");
        expect(moved, "correct", "2024-07-01", {{"key", "residence_address.detail"}, {"value", "油溪镇虚构路3号"}});
        expect(moved, "undo", "2024-07-01",
               {{"key", "residence_address.detail"}, {"event", std::to_string(latest(moved))}});
        expect(moved, "confirm", "2024-07-01", {{"key", "name"}});
        expect(moved, "correct", "2024-07-01", {{"key", "landline"}, {"value", "023-00000000"}});
        expect(moved, "undo", "2024-07-01", {{"key", "landline"}, {"event", std::to_string(latest(moved))}});
        expect(moved, "check", "2024-07-01", {{"signs_of_employment", "no"}});
        expect(moved, "register", "2024-07-01");
        expect(moved, "correct", "2024-07-02", {{"key", "residence_address.detail"}, {"value", "几江街道虚构路9号"}});
        expect(moved, "change", "2024-07-03", {{"key", "email"}, {"value", "a@b.example"}});
        expect(moved, "office", "2024-07-04", {{"town", "双福"}});
        expect(moved, "correct", "2024-07-05", {{"key", "name"}, {"value", "测试甲"}});
        registered();
    }
    std::string moved;
};

TEST_F(Replayed, WhatNoEventSaysIsFoundWhereverItStands) {
    fill();
    const std::vector<std::pair<std::string, std::string>> touches = {
        {"update lives set office = '500116108' where registration_id = '" + moved + "'", "lives"},
        {"update lives set follows = null", "lives"},
        {"update lives set settled_on = '2024-06-04' where state = 'cancelled'", "lives"},
        {"update lives set person_id = 1", "lives"},
        {"update persons set name = '某人' where id = 1", "persons"},
        {"update registration_values set value = '测试乙' where key = 'name' and registration_id = '" + moved + "'",
         "registration_values"},
        {"update registration_values set origin = 'clerk' where key = 'email'", "registration_values"},
        {"insert into persons (number, sound, name, born, address) values ('', 0, '无人', '', '')", "persons"}};
    int copies = 0;
    for (const auto& [sql, table] : touches) {
        const auto copy = place.path() / ("touched" + std::to_string(++copies));
        Database(data / "register.sqlite").execute("vacuum into :copy", {copy.string()});
        EXPECT_THAT(unlike_after_replay(copy), testing::IsEmpty());
        Database(copy).execute(sql);
        EXPECT_THAT(unlike_after_replay(copy), testing::Contains(testing::StartsWith(table))) << sql;
    }
}

} // namespace
} // namespace dengji::ledger::test
