// Two years of an office: no illegal step is accepted, every state is reached, and nobody is lost on any day.
#include "tests/ledger/life_fixture.h"
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

    OfficeAccount run(OfficePlan plan, int days_between_counts) {
        Office office(the_register, lives, plan, place.path());
        int days = 0;
        return office.run([&](Date day, const OfficeAccount& account) {
            EXPECT_EQ(sum(lives.states()), account.registrations) << format(day);
            if (++days % days_between_counts != 0) return;
            EXPECT_EQ(sum(lives.people_by_state(day)), account.people) << format(day);
        });
    }

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
    const auto account = run(plan, 30);
    expect_lawful(account, plan);
    EXPECT_THAT(lives.rows_unlike_events(), testing::IsEmpty());
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
}

} // namespace
} // namespace dengji::ledger::test
