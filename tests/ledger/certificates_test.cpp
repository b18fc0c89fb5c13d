#include "pipeline/ledger/certificates.h"

#include "pipeline/ledger/database.h"
#include "tests/ledger/life_fixture.h"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace dengji::ledger::test {
namespace {

using testing::HasSubstr;

struct CertificatesTest : LifeTest {
    /// Issues with a photo in the register.
    Issue issue(const std::string& registration, bool replacement = false) {
        if (certificates.photo_of(registration).empty()) certificates.keep_photo(registration, "a photo", "经办甲");
        return certificates.issue(registration, "经办甲", day("2024-03-06"), replacement);
    }
    std::string words(const Issue& issue) {
        std::string text = issue.refusal ? issue.refusal->why : "";
        if (issue.refusal)
            for (const auto& finding : issue.refusal->findings) text += finding.message;
        return text;
    }
    Certificates certificates{the_register, lives, book()};
};

TEST_F(CertificatesTest, NumbersFollowEachOtherInTheRangeOfTheYear) {
    certificates.enter_range("5001160023000001", "5001160023000009", "经办甲");
    certificates.enter_range("5001160024000007", "5001160024000008", "经办甲");
    EXPECT_EQ(issue(registered()).number, "5001160024000007");
    EXPECT_EQ(issue(registered()).number, "5001160024000008");
    EXPECT_THAT(words(issue(registered())), HasSubstr("编号段"));
    const auto ranges = certificates.ranges();
    ASSERT_EQ(ranges.size(), 2u);
    EXPECT_EQ(ranges[0].left, 9);
    EXPECT_EQ(ranges[1].left, 0);
    EXPECT_EQ(ranges[1].next, "");
}

TEST_F(CertificatesTest, WhatIsNoRangeIsRefused) {
    certificates.enter_range("5001160024000010", "5001160024000020", "经办甲");
    for (const auto& [first, last] :
         std::vector<std::pair<std::string, std::string>>{{"5001160024000020", "5001160024000030"}, // overlaps
                                                          {"5001160024000030", "5001160024000021"}, // backwards
                                                          {"5001160024000030", "5001160025000040"}, // two years
                                                          {"5001060024000030", "5001060024000040"}, // another county
                                                          {"50011600240000", "50011600240001"}}) {
        try {
            certificates.enter_range(first, last, "经办甲");
            ADD_FAILURE() << first;
        } catch (const Error& error) {
            EXPECT_EQ(error.kind(), ErrorKind::usage);
        }
    }
    EXPECT_EQ(certificates.ranges().size(), 1u);
}

TEST_F(CertificatesTest, NumbersGivenByHandAndVoidOnesAreLeftOut) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    certificates.void_number("5001160024000001", "打印损坏", "经办甲");
    const auto by_hand = registered();
    expect(by_hand, "certificate-issue", "2024-03-06", {{"number", "5001160024000002"}});
    EXPECT_EQ(issue(registered()).number, "5001160024000003");
    const auto another = registered();
    expect_refused(another, "certificate-issue", "2024-03-06", "K18", {{"number", "5001160024000001"}});
    EXPECT_THROW(certificates.void_number("5001160024000003", "损坏", "经办甲"), Error);
    EXPECT_THROW(certificates.void_number("5001160024000001", "损坏", "经办甲"), Error);
}

TEST_F(CertificatesTest, AReplacementKeepsTheNumber) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    const auto id = registered();
    EXPECT_THAT(words(issue(id, true)), HasSubstr("不能补发"));
    const auto first = issue(id);
    EXPECT_TRUE(first.now);
    const auto again = issue(id);
    EXPECT_FALSE(again.now);
    EXPECT_EQ(again.number, first.number);
    const auto replaced = issue(id, true);
    EXPECT_TRUE(replaced.now) << words(replaced);
    EXPECT_EQ(replaced.number, first.number);
    EXPECT_EQ(certificates.held_by(id)->booklet, 2);
    EXPECT_EQ(certificates.ranges()[0].left, 8);
}

TEST_F(CertificatesTest, WithoutAPhotoTheCertificateIsHeldAndNoNumberIsUsed) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    const auto id = registered();
    EXPECT_THAT(words(certificates.issue(id, "经办甲", day("2024-03-06"), false)), HasSubstr("照片"));
    EXPECT_EQ(state_of(id), State::registered);
    EXPECT_EQ(certificates.ranges()[0].left, 9);
}

TEST_F(CertificatesTest, APrecheckWritesNothing) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    const auto id = registered();
    certificates.keep_photo(id, "a photo", "经办甲");
    const auto events = lives.show(id).events.size();
    EXPECT_EQ(certificates.issue(id, "经办甲", day("2024-03-06"), false, [](const Issue&) { return false; }).number,
              "5001160024000001");
    EXPECT_EQ(lives.show(id).events.size(), events);
    EXPECT_EQ(certificates.ranges()[0].left, 9);
}

TEST_F(CertificatesTest, APhotoThatWasChangedOnTheDiskIsNotPrinted) {
    const auto id = registered();
    certificates.keep_photo(id, "a photo", "经办甲");
    EXPECT_EQ(certificates.photo_of(id), "a photo");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data / "photos"))
        if (entry.is_regular_file()) write_file(entry.path(), "another");
    EXPECT_THROW(certificates.photo_of(id), Error);
}

TEST_F(CertificatesTest, TheCodeIsThisRegistersAlone) {
    const auto code = certificates.code_of("5001160024000001");
    EXPECT_EQ(certificates.code_of("5001160024000001"), code);
    EXPECT_EQ(certificates.number_in(code), "5001160024000001");
    auto forged = code;
    forged[19] = forged[19] == '9' ? '8' : '9';
    EXPECT_THROW(certificates.number_in(forged), Error);
    EXPECT_THROW(certificates.number_in("5001160024000001"), Error);
}

TEST_F(CertificatesTest, ListsWhatIsToBeMade) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    const auto asked = registered(), issued = registered(), printed = registered();
    expect(asked, "certificate-apply", "2024-03-05");
    issue(issued);
    const auto number = issue(printed).number;
    certificates.log({{{number, 1, "", "经办甲", false, {"page-1"}, ""}, {}}}, [] {});
    const auto waiting = certificates.waiting(day("2024-03-31"));
    EXPECT_THAT(waiting, testing::IsSupersetOf({asked, issued}));
    EXPECT_THAT(waiting, testing::Not(testing::Contains(printed)));
    EXPECT_THAT(certificates.of_month(*parse_month("2024-03")), testing::IsSupersetOf({asked, issued, printed}));
    EXPECT_THAT(certificates.of_month(*parse_month("2024-04")), testing::IsEmpty());
}

TEST_F(CertificatesTest, ALogIsUndoneWhenTheFileCannotBeWritten) {
    certificates.enter_range("5001160024000001", "5001160024000009", "经办甲");
    const auto number = issue(registered()).number;
    const Print print{number, 1, "", "经办甲", true, {"page-6"}, ""};
    const std::vector<PrintedPlace> places = {{"registrations", 1, 5, false}};
    EXPECT_THROW(certificates.log({{print, places}}, [] { throw Error(ErrorKind::space, "full"); }), Error);
    EXPECT_TRUE(certificates.prints_of(number).empty());
    certificates.log({{print, places}}, [] {});
    EXPECT_EQ(certificates.places_in(number, 1), places);
    // Another event does not get the same row; what ended this one does.
    EXPECT_THROW(certificates.log({{print, {{"registrations", 1, 6, false}}}}, [] {}), Error);
    certificates.log({{print, {{"registrations", 1, 7, true}}}}, [] {});
    EXPECT_EQ(certificates.prints_of(number).size(), 2u);
}

/// Issues for its share of the registrations, until it is done or killed.
[[noreturn]] void issue_all(const std::filesystem::path& data, const std::vector<std::string>& registrations,
                            std::size_t part) {
    try {
        Register the_register(data);
        Lives lives(the_register, book(), offices());
        Certificates certificates(the_register, lives, book());
        for (std::size_t i = part; i < registrations.size(); i += 2)
            certificates.issue(registrations[i], "经办" + std::to_string(part), day("2024-03-06"), false);
    } catch (const std::exception& error) {
        std::cerr << "a clerk stopped: " << error.what() << '\n';
        ::_exit(1);
    }
    ::_exit(0);
}

/// Two clerks at once, killed at moments, until everybody has a number: none twice, none lost without a record.
struct KilledClerks : CertificatesTest {
    /// Among thousands some share name and day of birth: the question whether they are the same is answered.
    std::string registered_whoever_else_is_called_so() {
        const auto id = receive(people.next(), "2024-03-04");
        expect(id, "check", "2024-03-04", {{"signs_of_employment", "no"}});
        Act act{id, "register", day("2024-03-04"), "经办甲", "", "", {}, {}};
        if (lives.take(act, day("2024-03-04")).refusal) {
            act.answers = {{"K16", "不是同一人"}};
            EXPECT_FALSE(lives.take(act, day("2024-03-04")).refusal);
        }
        return id;
    }

    void register_people(int count) {
        lives.together([&] {
            for (int i = 0; i < count; ++i) registrations.push_back(registered_whoever_else_is_called_so());
        });
        certificates.keep_photo(registrations.front(), "a photo", "经办甲");
        for (std::size_t i = 1; i < registrations.size(); ++i) // the same picture for all: only the number matters
            database.execute("insert into certificate_photos (registration_id, sha256, at, actor) select :id, sha256, "
                             "at, actor from certificate_photos limit 1",
                             {registrations[i]});
    }

    long long issued() {
        return database.number("count(distinct subject)", "from events where action = 'certificate-issue'").value_or(0);
    }

    /// Who has no number yet: a batch of thousands would else spend its short life on those that have one.
    std::vector<std::string> without_number() {
        std::vector<std::string> waiting;
        for (const auto& id : registrations)
            if (!certificates.held_by(id)) waiting.push_back(id);
        return waiting;
    }

    /// Runs both clerks; kills them after `patience`, if given. Returns how many were killed.
    int work(std::optional<std::chrono::milliseconds> patience) {
        const auto waiting = without_number();
        std::vector<pid_t> children;
        for (std::size_t part = 0; part < 2; ++part) {
            const pid_t child = ::fork();
            if (child == 0) issue_all(data, waiting, part);
            children.push_back(child);
        }
        if (patience) {
            std::this_thread::sleep_for(*patience);
            for (const pid_t child : children) ::kill(child, SIGKILL);
        }
        int killed = 0;
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            killed += WIFSIGNALED(status) ? 1 : 0;
            if (!WIFSIGNALED(status)) {
                EXPECT_EQ(WEXITSTATUS(status), 0);
            }
        }
        return killed;
    }

    /// Everybody has one, nobody the same, and each number that the range gave is recorded.
    void expect_each_number_once() {
        const auto count = static_cast<long long>(registrations.size());
        std::set<std::string> numbers;
        for (const auto& id : registrations) {
            const auto held = certificates.held_by(id);
            ASSERT_TRUE(held) << id;
            EXPECT_TRUE(numbers.insert(held->number).second) << held->number;
        }
        EXPECT_EQ(database.number("count(*)", "from events where action = 'certificate-issue'"), count);
        EXPECT_EQ(database.number("count(*)",
                                  "from given_numbers g join events e on e.id = g.event_id where e.action = "
                                  "'certificate-issue' and e.outcome = g.number and g.state = 'issued'"),
                  count);
        const auto range = certificates.ranges().at(0);
        EXPECT_EQ(std::stoll(range.next) - std::stoll(range.first), count) << "a number was passed over";
        EXPECT_EQ(*numbers.begin(), range.first);
        EXPECT_EQ(std::stoll(*numbers.rbegin()) + 1, std::stoll(range.next));
    }

    std::vector<std::string> registrations;
    Database database{data / "register.sqlite"};
};

TEST_F(KilledClerks, GiveNoNumberTwiceAndLoseNone) {
    certificates.enter_range("5001160024000001", "5001160024000999", "经办甲");
    register_people(150);
    std::mt19937 random(9);
    for (int round = 0; round < 8; ++round) work(std::chrono::milliseconds(10 + random() % 60));
    work(std::nullopt);
    expect_each_number_once();
}

/// Ten thousand numbers. Takes minutes: runs when DENGJI_LONG_TESTS is set.
TEST_F(KilledClerks, GiveTenThousandNumbers) {
    if (std::getenv("DENGJI_LONG_TESTS") == nullptr) GTEST_SKIP() << "set DENGJI_LONG_TESTS=1 to run it";
    certificates.enter_range("5001160024000001", "5001160024020000", "经办甲");
    register_people(10'000);
    std::mt19937 random(9);
    int rounds = 0, killed = 0;
    const auto begun = std::chrono::steady_clock::now();
    for (; issued() < 9'500 && rounds < 400; ++rounds)
        killed += work(std::chrono::milliseconds(100 + random() % 2'000));
    work(std::nullopt);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    expect_each_number_once();
    EXPECT_GT(killed, 10);
    std::cout << registrations.size() << " numbers by two processes in " << took.count() << " s, " << killed
              << " times killed\n";
}

} // namespace
} // namespace dengji::ledger::test
