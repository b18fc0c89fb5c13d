// The statistics of a simulated office: they add up in every month, and each figure is what plain SQL counts.
#include "tests/exporters/month_fixture.h"
#include "tests/exporters/plain_counts.h"

#include <cstdlib>
#include <dengji_project.h>
#include <iostream>

namespace dengji::monthly::test {
namespace {

using std::chrono::months;
using std::chrono::year;

constexpr Month first = year(2024) / 1;

struct Months : SimulatedMonths {
    void expect_right(Month month) { expect_right(report(month)); }
    void expect_right(const MonthReport& made) {
        const auto month = made.period.month;
        EXPECT_FALSE(made.failed()) << format(month) << "\n" << failures(made);
        const auto counts = plain_counts(place.path() / "data/register.sqlite", made.period);
        std::size_t compared = 0;
        for (const auto& cell : cells_of(made.definition)) {
            const auto code = code_of(made.definition, cell);
            const auto found = counts.find(code);
            ASSERT_NE(found, counts.end()) << code << " is not counted by plain SQL";
            EXPECT_EQ(made.figures[cell.table].at(cell.row, cell.column).value_or(-1), found->second)
                << code << " of " << format(month);
            seen_.emplace(code, 0).first->second += found->second > 0;
            ++compared;
        }
        EXPECT_EQ(compared, counts.size()) << "plain SQL counts what no table has";
    }
    void expect_more_than_nothing(int least) const {
        const auto some = std::count_if(seen_.begin(), seen_.end(), [](const auto& each) { return each.second > 0; });
        std::cout << seen_.size() << " figures a month compared, " << some << " of them more than nothing\n";
        EXPECT_GT(some, least);
        if (some > least) return;
        for (const auto& [code, in_months] : seen_)
            if (in_months == 0) std::cout << code << ' ';
        std::cout << "were always nothing\n";
    }
    std::map<std::string, int> seen_; ///< cell -> in how many months it was more than nothing
};

TEST_F(Months, OfASmallOfficeAddUp) {
    simulate(300);
    for (int i = 0; i < 25; ++i) expect_right(first + months(i));
}

/// People whose fields are corrected between all that tables count by, so that hardly a figure stays nothing.
TEST_F(Months, WithCorrectedFieldsAddUp) {
    OfficePlan plan;
    plan.people = 400;
    plan.corrects_what_counts = true;
    simulate(plan);
    for (int i = 0; i < 25; ++i) expect_right(first + months(i));
    expect_more_than_nothing(900);
}

/// Months that are closed on the fifth, with people who are reported after that.
TEST_F(Months, ThatAreClosedWhileMoreIsWrittenDownAddUp) {
    OfficePlan plan;
    plan.people = 200;
    plan.corrects_what_counts = plan.writes_late = true;
    simulate(plan, [&](Date on) {
        const Month before = Month(on.year(), on.month()) - months(1);
        if (unsigned(on.day()) == 5 && before >= first)
            close_month(sources(lives), before, "经办甲", format(on) + "T04:00:00Z", on);
    });
    int late = 0;
    for (int i = 0; i < 25; ++i) {
        const auto made = report(first + months(i));
        expect_right(made);
        late += static_cast<int>(
            std::count_if(made.people.begin(), made.people.end(), [](const Person& each) { return each.late; }));
    }
    EXPECT_GT(late, 20) << "there is something to be moved";
}

TEST_F(Months, From21stTo20thAddUpToo) {
    simulate(150);
    auto other = definition();
    other.period = templates::Report::Period::from_21st_to_20th;
    for (const auto month : {year(2024) / 1, year(2024) / 3, year(2024) / 12, year(2025) / 6}) {
        Request request;
        request.month = month;
        expect_right(make_report({lives, offices(), other, words()}, request, long_after));
    }
}

TEST_F(Months, OfTheTownsAddUpToTheDistrict) {
    simulate(150);
    const auto month = year(2024) / 11;
    const auto all = report(month);
    for (const auto* cell : {"T1.01.1", "T1.02.1", "T1.30.1", "T1.30.2", "T2.03.1", "T6.01.2"}) {
        long long sum = 0;
        for (const auto& town : words().of(templates::Trait::town)) sum += figure(report(month, town), cell);
        EXPECT_EQ(sum, figure(all, cell)) << cell;
    }
}

/// Registrations go from one town to another in the middle of a year: the year counts where each thing happened, as its
/// months do.
TEST_F(Months, OfTownsBetweenWhichPeopleMoveAddUp) {
    OfficePlan plan;
    plan.people = 200;
    plan.corrects_what_counts = true;
    simulate(plan);
    int moved = 0;
    for (const auto& town : words().of(templates::Trait::town))
        for (const auto month : {year(2024) / 6, year(2024) / 12, year(2025) / 9}) {
            const auto made = report(month, town);
            EXPECT_FALSE(made.failed()) << town << " in " << format(month) << "\n" << failures(made);
            moved += figure(made, "T1.24.1") != 0;
        }
    EXPECT_GT(moved, 1) << "people move";
}

/// As large as the district: every month. Takes minutes.
TEST_F(Months, OfTheDistrict) {
    if (std::getenv("DENGJI_LONG_TESTS") == nullptr) GTEST_SKIP() << "set DENGJI_LONG_TESTS=1 to run it";
    simulate(20'000);
    for (int i = 0; i < 24; ++i) expect_right(first + months(i));
    expect_more_than_nothing(700);
}

TEST_F(Months, AnEmptyRegisterHasAReportOfZeros) {
    const auto made = report(first);
    EXPECT_FALSE(made.failed()) << failures(made);
    EXPECT_EQ(figure(made, "T1.30.1"), 0);
    EXPECT_EQ(figure(made, "T1.42.1"), -1) << "a rate of nobody is nothing";
    write_workbook(
        made, words(), offices(), [](const std::string& number) { return number; }, place.path() / "empty.xlsx");
    EXPECT_TRUE(std::filesystem::exists(place.path() / "empty.xlsx"));
}

TEST_F(Months, AMonthThatHasNotBegunIsRefused) {
    Request request;
    request.month = year(2024) / 4;
    EXPECT_THROW(make_report(sources(lives), request, day("2024-03-31")), Error);
    EXPECT_TRUE(make_report(sources(lives), request, day("2024-04-01")).unfinished);
}

TEST_F(Months, TheSameDataGivesTheSameBytes) {
    simulate(40);
    const auto show = [](const std::string& number) { return number; };
    write_workbook(report(year(2024) / 8), words(), offices(), show, place.path() / "one.xlsx");
    write_workbook(report(year(2024) / 8), words(), offices(), show, place.path() / "other.xlsx", Writers::two);
    EXPECT_EQ(read_file(place.path() / "one.xlsx"), read_file(place.path() / "other.xlsx"));
}

struct LifeMonths : LifeTest {
    MonthReport report(Month month, bool recompute = false) {
        Request request;
        request.month = month;
        request.recompute = recompute;
        return make_report(sources(lives), request, long_after);
    }
    void close(Month month) { close_month(sources(lives), month, "经办甲", "2026-06-30T04:00:00Z", long_after); }
};

TEST_F(LifeMonths, WhatIsWrittenDownAfterClosingCountsInTheNextPeriod) {
    registered("2024-03-04");
    const auto march = year(2024) / 3, april = year(2024) / 4;
    close(march);
    registered("2024-03-20"); // late
    EXPECT_EQ(figure(report(march), "T1.30.1"), 1);
    EXPECT_FALSE(report(march).failed()) << failures(report(march));
    const auto next = report(april);
    EXPECT_EQ(figure(next, "T1.01.1"), 1);
    EXPECT_EQ(figure(next, "T1.02.1"), 1);
    EXPECT_EQ(figure(next, "T1.30.1"), 2);
    EXPECT_FALSE(next.failed()) << failures(next);
    EXPECT_EQ(std::count_if(next.people.begin(), next.people.end(), [](const Person& each) { return each.late; }), 1);
    const auto again = report(march, true);
    ASSERT_TRUE(again.frozen);
    EXPECT_EQ(figure(again, "T1.30.1"), 2);
    EXPECT_EQ(figure(again, "T1.30.1", *again.frozen), 1);
}

TEST_F(LifeMonths, AClosedPeriodStaysClosed) {
    close(year(2024) / 3);
    EXPECT_THROW(close(year(2024) / 3), Error);
    EXPECT_THROW(close(year(2024) / 2), Error);
    EXPECT_THROW(close(year(2026) / 6), Error) << "it is not over";
}

TEST_F(LifeMonths, AClosedMonthKeepsTheLayoutThatItWasClosedWith) {
    registered("2024-03-04");
    const auto march = year(2024) / 3, april = year(2024) / 4;
    const auto folder = place.path() / "reports";
    std::filesystem::copy(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/reports", folder);
    const auto table = folder / "T3-categories.yaml";
    auto text = read_file(table);
    text.replace(text.find("期末人数"), std::string("期末人数").size(), "旧的栏名");
    write_file(table, text);
    const auto old = templates::load_report(folder, words(), offices());
    ASSERT_NE(old.version, definition().version);
    close_month({lives, offices(), old, words()}, march, "经办甲", "2026-06-30T04:00:00Z", long_after);
    std::filesystem::remove_all(folder);

    const auto of = [&](Month month) { return definition_of_month(lives, month, definition(), words(), offices()); };
    EXPECT_EQ(of(march).version, old.version);
    EXPECT_EQ(of(march).table("T3")->columns[0].name, "旧的栏名");
    EXPECT_EQ(of(april).version, definition().version);
    Request request;
    request.month = march;
    const auto kept = of(march);
    const auto made = make_report({lives, offices(), kept, words()}, request, long_after);
    EXPECT_FALSE(made.failed()) << failures(made);
    EXPECT_EQ(made.definition.version, old.version);
    EXPECT_EQ(made.checks.back().id, "F01");
    EXPECT_EQ(made.checks.back().remark, "") << "it is the definition that it was closed with";
}

TEST_F(LifeMonths, APeriodFromThe21stToThe20thIsCountedByItsDays) {
    auto other = definition();
    other.period = templates::Report::Period::from_21st_to_20th;
    for (const auto* on : {"2024-02-20", "2024-02-21", "2024-03-20", "2024-03-21"}) registered(on);
    const auto leaver = registered("2024-02-22");
    expect(leaver, "cancel", "2024-03-20", {{"reason", "C2a"}});
    const auto of = [&](Month month) {
        Request request;
        request.month = month;
        return make_report({lives, offices(), other, words()}, request, long_after);
    };
    const auto march = of(year(2024) / 3);
    EXPECT_EQ(march.period.from, day("2024-02-21"));
    EXPECT_EQ(march.period.until, day("2024-03-20"));
    EXPECT_EQ(figure(march, "T1.01.1"), 1);
    EXPECT_EQ(figure(march, "T1.02.1"), 3);
    EXPECT_EQ(figure(march, "T1.12.1"), 1);
    EXPECT_EQ(figure(march, "T1.30.1"), 3);
    EXPECT_FALSE(march.failed()) << failures(march);
    const auto april = of(year(2024) / 4);
    EXPECT_EQ(figure(april, "T1.01.1"), 3);
    EXPECT_EQ(figure(april, "T1.02.1"), 1);
    EXPECT_EQ(of(year(2024) / 1).period.from, day("2023-12-21"));

    // Closed by these days, too: what is written down later about the 20th counts from the 21st.
    close_month({lives, offices(), other, words()}, year(2024) / 3, "经办甲", "2026-06-30T04:00:00Z", long_after);
    registered("2024-03-20");
    EXPECT_EQ(figure(of(year(2024) / 3), "T1.30.1"), 3);
    EXPECT_EQ(figure(of(year(2024) / 4), "T1.02.1"), 2);
    EXPECT_FALSE(of(year(2024) / 4).failed()) << failures(of(year(2024) / 4));
}

TEST_F(LifeMonths, ACorrectedFieldMovesAPersonBetweenColumns) {
    auto person = people.next();
    person.hukou = "城镇居民家庭";
    const auto id = registered(person, "2024-03-04");
    expect(id, "correct", "2024-04-10", {{"key", "hukou_type"}, {"value", "农村居民家庭"}});
    const auto march = report(year(2024) / 3), april = report(year(2024) / 4);
    EXPECT_EQ(figure(march, "T1.30.3"), 1) << "as it was then";
    EXPECT_EQ(figure(april, "T1.01.3"), 1);
    EXPECT_EQ(figure(april, "T1.24.3"), -1);
    EXPECT_EQ(figure(april, "T1.24.4"), 1);
    EXPECT_EQ(figure(april, "T1.24.1"), 0);
    EXPECT_EQ(figure(april, "T1.30.4"), 1);
    EXPECT_FALSE(april.failed()) << failures(april);
}

TEST_F(LifeMonths, AMistakenRegistrationIsACorrectionNotADeparture) {
    const auto id = registered("2024-03-04");
    expect(id, "cancel", "2024-04-10", {{"reason", "C9"}});
    const auto april = report(year(2024) / 4);
    EXPECT_EQ(figure(april, "T1.10.1"), 0);
    EXPECT_EQ(figure(april, "T1.24.1"), -1);
    EXPECT_EQ(figure(april, "T1.30.1"), 0);
    EXPECT_FALSE(april.failed()) << failures(april);
}

TEST_F(LifeMonths, ACopyForOthersHidesSmallFiguresAndPeople) {
    for (int i = 0; i < 3; ++i) registered("2024-03-04");
    Request request;
    request.month = year(2024) / 3;
    request.for_others = true;
    request.details = false;
    const auto made = make_report(sources(lives), request, long_after);
    EXPECT_TRUE(made.people.empty());
    const auto text = as_json_text(made, words());
    EXPECT_THAT(text, testing::HasSubstr("\"T1.30.1\": \"*\""));
    EXPECT_THAT(text, testing::HasSubstr("\"T1.15.1\": 0"));
}

TEST_F(LifeMonths, ATownWithoutPeopleHasAReportOfZeros) {
    registered("2024-03-04");
    Request request;
    request.month = year(2024) / 3;
    int without = 0;
    for (const auto& office : offices().all()) {
        request.town = office.code;
        const auto made = make_report(sources(lives), request, long_after);
        EXPECT_FALSE(made.failed()) << failures(made);
        if (figure(made, "T1.30.1") == 1) continue; // there the person lives
        EXPECT_EQ(figure(made, "T1.30.1"), 0) << office.town;
        EXPECT_TRUE(made.people.empty()) << office.town;
        if (without++ > 0) continue;
        write_workbook(
            made, words(), offices(), [](const std::string& number) { return number; }, place.path() / "town.xlsx");
        EXPECT_EQ(read_file(place.path() / "town.xlsx").substr(0, 2), "PK");
    }
    EXPECT_GE(without + 1, static_cast<int>(offices().all().size()));
}

TEST_F(LifeMonths, OddNamesStayText) {
    auto person = people.next();
    person.name = "=HYPERLINK(\"x\")";
    registered(person, "2024-03-04");
    const auto made = report(year(2024) / 3);
    ASSERT_EQ(made.people.size(), 1U);
    write_workbook(
        made, words(), offices(), [](const std::string& number) { return number; }, place.path() / "odd.xlsx");
    EXPECT_EQ(cell_text("甲\x01乙\xff", 10), "甲 乙\xef\xbf\xbd");
    EXPECT_EQ(cell_text("一二三四", 2), "一二…");
}

} // namespace
} // namespace dengji::monthly::test
