#include "pipeline/ledger/persons.h"

#include "tests/ledger/life_fixture.h"

namespace dengji::ledger::test {
namespace {

struct Persons : LifeTest {};

TEST_F(Persons, OldAndNewNumbersAreOne) {
    EXPECT_EQ(comparable_number("510225680315991"), comparable_number("51022519680315991 9"));
    auto person = people.next();
    person.born = day("1980-05-06");
    person.male = true;
    person.number = number_of("500116", person.born, true, 120);
    const auto one = receive(person);
    auto again = application_of(person, day("2024-05-06"), rules::Channel::counter);
    auto old = person.number.substr(0, 6) + person.number.substr(8, 9);
    again.fields["id_number"].value = old;
    again.fields["name"].value = std::string("赵 试 验");
    const auto other = receive(again);
    const auto others = lives.show(other).others;
    ASSERT_EQ(others.size(), 1u);
    EXPECT_EQ(others[0].registration, one);
    EXPECT_EQ(lives.find({"", old, "", {}}, 10).size(), 2u);
}

TEST_F(Persons, NameBirthDateAndAddressMakeOnePerson) {
    const auto person = people.next();
    const auto one = receive(person);
    auto again = application_of(person, day("2024-05-06"), rules::Channel::counter);
    auto misread = person.number;
    misread[16] = misread[16] == '9' ? '8' : static_cast<char>(misread[16] + 1); // the check character does not fit
    again.fields["id_number"].value = misread;
    EXPECT_EQ(lives.show(receive(again)).others.size(), 1u);
    again.fields["id_number"].value = std::string();
    again.born_on = person.born;
    EXPECT_EQ(lives.show(receive(again)).others.size(), 2u);
}

TEST_F(Persons, LookAlikesAreShownAndNeverMerged) {
    auto one = people.next();
    one.number = number_of("500116", one.born, one.male, 200);
    auto other = one;
    other.number = number_of("500113", one.born, one.male, 300);
    const auto first = registered(one);
    const auto second = receive(other);
    const auto overview = lives.show(second);
    EXPECT_THAT(overview.others, testing::IsEmpty());
    ASSERT_EQ(overview.look_alikes.size(), 1u);
    EXPECT_EQ(overview.look_alikes[0].registration, first);
    expect(second, "check", "2024-03-05", {{"signs_of_employment", "no"}});
    expect_refused(second, "register", "2024-03-05", "K16");
    Act act{second, "register", day("2024-03-05"), "经办甲", "", "", {}, {{"K16", "核对身份证，是两个人"}}};
    EXPECT_FALSE(lives.take(act, day("2024-03-05")).refusal);
}

TEST_F(Persons, NobodyIsRegisteredTwiceAtOnce) {
    const auto person = people.next();
    const auto first = registered(person);
    const auto second = receive(person, "2024-04-01");
    expect(second, "check", "2024-04-01", {{"signs_of_employment", "no"}});
    Act act{second, "register", day("2024-04-01"), "经办甲", "", "", {}, {{"B09", "可以"}, {"K16", "可以"}}};
    const auto taken = lives.take(act, day("2024-04-01"));
    ASSERT_TRUE(taken.refusal);
    EXPECT_THAT(taken.refusal->why, testing::HasSubstr(first));
    expect(second, "refuse", "2024-04-01", {{"rule", "B09"}, {"reason", "已有有效登记"}});
}

TEST_F(Persons, OnceCancelledAPersonRegistersAgainAndTheTwoAreLinked) {
    const auto person = people.next();
    const auto first = registered(person);
    expect(first, "cancel", "2024-06-03", {{"reason", "C2a"}});
    const auto second = registered(person, "2024-09-02");
    EXPECT_NE(first, second);
    EXPECT_EQ(lives.show(second).row.follows, first);
    expect_refused(first, "restore", "2024-09-03", "同一人只能有一条有效登记", {{"reason", "误注销"}});
}

TEST_F(Persons, ACorrectedNumberBringsTheSheetToItsPerson) {
    const auto one = people.next(), other = people.next();
    const auto first = receive(one);
    const auto second = receive(other);
    EXPECT_THAT(lives.show(second).others, testing::IsEmpty());
    expect(second, "correct", "2024-03-05", {{"key", "id_number"}, {"value", one.number}});
    EXPECT_EQ(lives.show(second).others.at(0).registration, first);
    expect(second, "correct", "2024-03-05", {{"key", "id_number"}, {"value", other.number}});
    EXPECT_THAT(lives.show(second).others, testing::IsEmpty());
    EXPECT_EQ(lives.find({"", one.number, "", {}}, 10).size(), 1u);
}

TEST_F(Persons, ACorrectionDoesNotMakeASecondOpenRegistration) {
    const auto one = people.next(), other = people.next();
    const auto first = registered(one), second = registered(other);
    expect_refused(second, "correct", "2024-03-05", first, {{"key", "id_number"}, {"value", one.number}});
    expect_refused(second, "change", "2024-03-05", "C9", {{"key", "id_number"}, {"value", one.number}});
    expect(first, "cancel", "2024-03-06", {{"reason", "C9"}});
    expect(second, "correct", "2024-03-06", {{"key", "id_number"}, {"value", one.number}});
    EXPECT_EQ(lives.show(second).others.at(0).registration, first);
}

TEST_F(Persons, TheSameApplicationAgainChangesNothing) {
    const auto application = application_of(people.next(), day("2024-03-04"), rules::Channel::national);
    const auto first = lives.receive(batch.id, file, 50, "digest", application, day("2024-03-04"));
    const auto again = lives.receive(batch.id, file, 51, "digest", application, day("2024-03-05"));
    EXPECT_FALSE(first.already);
    EXPECT_TRUE(again.already);
    EXPECT_EQ(again.registration, first.registration);
    EXPECT_EQ(lives.find({}, 10).size(), 1u);
}

TEST_F(Persons, AreFoundByNameNumberTownAndState) {
    auto one = people.next();
    one.name = "欧阳试";
    one.town = "白沙镇";
    auto other = people.next();
    other.name = "钱100%";
    other.town = "油溪镇";
    registered(one);
    receive(other);
    EXPECT_EQ(lives.find({"阳试", "", "", {}}, 10).size(), 1u);
    EXPECT_EQ(lives.find({"100%", "", "", {}}, 10).size(), 1u);
    EXPECT_EQ(lives.find({"%", "", "", {}}, 10).size(), 1u);
    EXPECT_EQ(lives.find({"", other.number, "", {}}, 10).size(), 1u);
    EXPECT_EQ(lives.find({"", "", "500116108", {}}, 10).size(), 1u);
    EXPECT_EQ(lives.find({"", "", "", State::registered}, 10).size(), 1u);
    EXPECT_EQ(lives.find({}, 1).size(), 1u);
    EXPECT_EQ(lives.find({"不在", "", "", {}}, 10).size(), 0u);
}

} // namespace
} // namespace dengji::ledger::test
