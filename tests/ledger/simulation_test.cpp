// Two years of an office: no illegal step is accepted, every state is reached, and nobody is lost on any day.
#include "tests/ledger/life_fixture.h"
#include "tests/ledger/replay.h"
#include "tests/ledger/simulation.h"

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <numeric>

namespace dengji::ledger::test {
namespace {

long long sum(const std::map<State, long long>& counts) {
    return std::accumulate(counts.begin(), counts.end(), 0LL,
                           [](long long so_far, const auto& entry) { return so_far + entry.second; });
}

/// Counts by the events alone, a day's events at a time: in which state each registration and each person is.
class RunningCount {
public:
    explicit RunningCount(const std::filesystem::path& register_file) : database_(register_file) {}

    /// Goes on to the last event that was written.
    void go_on() {
        Cursor row = database_.select({"e.id", "l.id", "l.person_id", "e.state", "e.effective_on"},
                                      "from events e join lives l on l.registration_id = e.subject where e.id > :last "
                                      "and e.effective_on is not null order by e.id",
                                      {last_});
        while (row.next()) {
            last_ = row.number(0);
            take(row.number(1), row.number(2), row.is_null(3) ? std::nullopt : state_named(row.text(3)));
        }
    }

    const std::map<State, long long>& people() const { return people_in_; }
    const std::map<State, long long>& registrations() const { return registrations_in_; }

private:
    void take(long long life, long long person, std::optional<State> state) {
        const auto known = lives_.find(life);
        if (known != lives_.end() && known->second.person == person && (!state || known->second.state == state)) return;
        if (known != lives_.end()) {
            step(registrations_in_, known->second.state, -1);
            if (!state) state = known->second.state;
            move(known->second.person, [&](auto& own) { own.erase(life); });
        }
        const State now = state.value();
        step(registrations_in_, now, 1);
        lives_[life] = {person, now};
        move(person, [&](auto& own) { own[life] = now; });
    }

    template <typename Change>
    void move(long long person, Change change) {
        auto& own = of_person_[person];
        if (!own.empty()) step(people_in_, own.rbegin()->second, -1);
        change(own);
        if (!own.empty()) step(people_in_, own.rbegin()->second, 1);
    }

    static void step(std::map<State, long long>& counts, State state, long long by) {
        if ((counts[state] += by) == 0) counts.erase(state);
    }

    struct Standing {
        long long person = 0;
        State state = State::received;
    };
    Database database_;
    long long last_ = 0;
    std::map<long long, Standing> lives_;
    std::map<long long, std::map<long long, State>> of_person_; ///< the latest registration counts
    std::map<State, long long> people_in_, registrations_in_;
};

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The duties of one registration by all its events, details and all, as due() should find them.
std::multiset<std::string> duties_by_events(Lives& lives, const Found& row, Date on) {
    const auto overview = lives.show(row.registration);
    const auto life = fold_life(overview.events, on);
    std::multiset<std::string> duties;
    if (!life) return duties;
    bool claims = false;
    for (const auto& value : overview.values)
        if (value.key == "claims_benefit") claims = std::get<std::vector<std::string>>(value.value).at(0) == "是";
    for (const auto& item : due_of(*life, claims, book(), on))
        duties.insert(item.rule + std::string(name_of(item.urgency)) + item.message);
    return duties;
}

struct Simulation : testing::Test {
    TempFolder place{"simulation"};
    Register the_register{place.path() / "data"};
    Lives lives{the_register, book(), offices()};

    std::filesystem::path register_file = place.path() / "data" / "register.sqlite";

    /// Every day nobody is lost: the states of the registrations, by the events, are those of the rows, and their sum
    /// is how many came; the sum over the states of the people is how many people came. Now and then all events are
    /// gone through anew.
    OfficeAccount run(OfficePlan plan, int days_between_full_counts) {
        Office office(the_register, lives, plan, place.path());
        RunningCount count(register_file);
        return office.run([&](Date day, const OfficeAccount& account) {
            count.go_on();
            EXPECT_EQ(count.registrations(), lives.states()) << format(day);
            EXPECT_EQ(sum(count.registrations()), account.registrations) << format(day);
            EXPECT_EQ(sum(count.people()), account.people) << format(day);
            if (++days_counted % days_between_full_counts != 0) return;
            EXPECT_EQ(count.people(), lives.people_by_state(day)) << format(day);
        });
    }
    int days_counted = 0;

    void expect_lawful(const OfficeAccount& account, const OfficePlan& plan) {
        EXPECT_EQ(account.people, plan.people);
        EXPECT_EQ(account.unexpected, 0) << account.first_unexpected;
        EXPECT_GT(account.illegal_tried, plan.people / 20);
        EXPECT_EQ(account.illegal_accepted, 0);
        EXPECT_GT(account.again, 0);
        const auto states = lives.states();
        for (const State state : all_states) {
            const bool passes = is_pending(state); // perhaps nobody is in it on the last day
            EXPECT_TRUE(passes || states.contains(state)) << name_of(state);
        }
        for (const auto* step : {"survey-open", "check", "restore", "withdraw", "certificate-issue", "credit-propose",
                                 "cancel-notify", "refuse", "return", "resubmit"})
            EXPECT_TRUE(account.by_step.contains(step)) << step;
    }
};

TEST_F(Simulation, TwoYearsOfASmallOffice) {
    OfficePlan plan;
    plan.people = 1000;
    plan.corrects = true;
    const auto account = run(plan, 30);
    expect_lawful(account, plan);
    EXPECT_EQ(days_counted, 731);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
    EXPECT_THAT(unlike_after_replay(register_file), testing::IsEmpty());
}

TEST_F(Simulation, DutiesAreThoseOfTheEvents) {
    OfficePlan plan;
    plan.seed = 7;
    plan.people = 120;
    plan.until = day("2024-12-31");
    run(plan, 1);
    const auto rows = lives.find({}, 1000);
    long long compared = 0;
    for (const auto* on : {"2024-02-29", "2024-06-21", "2024-09-30", "2024-12-31"}) {
        std::map<std::string, std::multiset<std::string>> listed;
        for (const auto& item : lives.due(day(on)))
            listed[item.registration].insert(item.rule + std::string(name_of(item.urgency)) + item.message);
        for (const auto& row : rows) {
            EXPECT_EQ(listed[row.registration], duties_by_events(lives, row, day(on))) << row.registration << " " << on;
            compared += static_cast<long long>(listed[row.registration].size());
        }
    }
    EXPECT_GT(compared, 50);
}

TEST_F(Simulation, TheSameSeedGivesTheSameRegister) {
    OfficePlan plan;
    plan.people = 30;
    const auto once = run(plan, 1000);
    TempFolder elsewhere{"simulation"};
    Register other(elsewhere.path() / "data");
    Lives other_lives(other, book(), offices());
    const auto again = Office(other, other_lives, plan, elsewhere.path()).run();
    EXPECT_EQ(once.by_step, again.by_step);
    EXPECT_EQ(lives.states(), other_lives.states());
}

/// As large as the district. Takes minutes: runs when DENGJI_LONG_TESTS is set.
TEST_F(Simulation, TwoYearsOfTheDistrict) {
    if (std::getenv("DENGJI_LONG_TESTS") == nullptr) GTEST_SKIP() << "set DENGJI_LONG_TESTS=1 to run it";
    OfficePlan plan;
    plan.people = 20'000;
    plan.corrects = true;
    OfficeAccount account;
    const double ran = seconds_of([&] { account = run(plan, 61); });
    expect_lawful(account, plan);
    std::cout << account.registrations << " registrations of " << account.people << " people, " << account.steps
              << " steps in " << ran << " s; " << account.again << " registered again; " << account.illegal_tried
              << " illegal steps tried, " << account.illegal_accepted << " accepted\n";
    for (const auto* on : {"2024-03-01", "2024-09-25", "2025-03-31", "2025-07-01", "2025-12-28", "2026-01-15"}) {
        std::size_t items = 0;
        const double took = seconds_of([&] { items = lives.due(day(on)).size(); });
        std::cout << "due on " << on << ": " << items << " items in " << took << " s\n";
    }
    for (const auto& [state, count] : lives.states()) std::cout << name_of(state) << " " << count << "\n";
    std::cout << std::filesystem::file_size(place.path() / "data" / "register.sqlite") / 1'000'000 << " MB\n";
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
    const double replayed = seconds_of([&] { EXPECT_THAT(unlike_after_replay(register_file), testing::IsEmpty()); });
    std::cout << days_counted << " days counted; all events taken once more in " << replayed << " s\n";
}

} // namespace
} // namespace dengji::ledger::test
