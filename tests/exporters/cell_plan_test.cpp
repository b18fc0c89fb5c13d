// The plan counts in the cells whose conditions hold, one by one.
#include "exporters/monthly/cell_plan.h"

#include "exporters/monthly/figures.h"
#include "tests/exporters/month_fixture.h"

#include <random>

namespace dengji::monthly::test {
namespace {

using templates::Condition;
using templates::Measure;
using templates::ReportLine;
using templates::Trait;

bool holds(Condition condition, const ReportLine& other, const ledger::Tally& tally, const ledger::Traits& traits) {
    if (const auto found = other.instead.find(condition.trait); found != other.instead.end())
        condition.trait = found->second;
    if (templates::is_number(condition.trait)) {
        const int number = traits.number(condition.trait);
        return condition.least <= number && number <= condition.most;
    }
    auto words = traits.of(condition.trait);
    if (condition.trait == Trait::cancel_reason) words = tally.cancel_reason;
    if (condition.trait == Trait::in_time) words = tally.in_time;
    if (condition.trait == Trait::town && tally.town != 0) words = tally.town;
    return (words & condition.words) != 0;
}

/// Numbers of the cells that count it, each looked at by itself.
std::vector<std::uint16_t> one_by_one(const templates::Report& report, const ledger::Tally& tally,
                                      const ledger::Traits& traits) {
    std::vector<std::uint16_t> found;
    std::uint16_t number = 0;
    for (const auto& cell : cells_of(report)) {
        const auto& table = report.tables[cell.table];
        const auto &row = table.rows[cell.row], &column = table.columns[cell.column];
        const auto& measures = !row.measures.empty()      ? row.measures
                               : !column.measures.empty() ? column.measures
                                                          : table.measures;
        bool counts = is_counted(table, cell.row, cell.column) &&
                      std::find(measures.begin(), measures.end(), tally.measure) != measures.end();
        for (const auto& condition : row.where) counts = counts && holds(condition, column, tally, traits);
        for (const auto& condition : column.where) counts = counts && holds(condition, row, tally, traits);
        if (counts) found.push_back(number);
        ++number;
    }
    return found;
}

std::vector<std::uint16_t> planned(const CellPlan& plan, const ledger::Tally& tally, const ledger::Traits& traits) {
    std::vector<std::uint64_t> bits;
    plan.cells_of(tally, traits, bits);
    std::vector<std::uint16_t> found;
    const auto& numbers = plan.numbers(tally.measure);
    for (std::size_t i = 0; i < bits.size() * 64; ++i)
        if ((bits[i / 64] >> i % 64 & 1) != 0) found.push_back(numbers.at(i));
    return found;
}

void expect_like_one_by_one(const templates::Report& report) {
    const CellPlan plan(report);
    std::mt19937 random(7);
    const auto some = [&](Trait trait) {
        const auto& of = words().of(trait);
        std::uint64_t bits = 0;
        for (auto more = random() % 4; more > 0; --more) bits |= std::uint64_t{1} << random() % of.size();
        return bits;
    };
    std::size_t counted = 0;
    for (int i = 0; i < 3000; ++i) {
        ledger::Traits traits;
        for (std::size_t trait = 0; trait < templates::word_trait_count; ++trait)
            traits.words[trait] = some(static_cast<Trait>(trait));
        traits.age = static_cast<int>(random() % 70) - 1;
        traits.months =
            i % 10 == 0 ? 100'000 + static_cast<int>(random() % 2) * 19'000 : static_cast<int>(random() % 40) - 1;
        ledger::Tally tally;
        tally.measure = static_cast<Measure>(static_cast<std::size_t>(i) % templates::measure_count);
        tally.cancel_reason = some(Trait::cancel_reason);
        tally.in_time = some(Trait::in_time);
        tally.town = i % 3 == 0 ? some(Trait::town) : 0;
        const auto expected = one_by_one(report, tally, traits);
        ASSERT_EQ(planned(plan, tally, traits), expected) << templates::name_of(tally.measure);
        counted += expected.size();
    }
    EXPECT_GT(counted, 3000U);
}

TEST(CellPlan, CountsAsTheConditionsSayOneByOne) {
    expect_like_one_by_one(definition());
}

TEST(CellPlan, TakesTwoConditionsOnOneTraitAndAnyBand) {
    auto report = definition();
    auto& table = report.tables[1]; // the composition: every row has a condition
    for (auto& column : table.columns) {
        Condition age;
        age.trait = Trait::age;
        age.least = 30;
        age.most = 60;
        Condition category;
        category.trait = Trait::category;
        category.words = 0b101;
        Condition months;
        months.trait = Trait::months;
        months.least = 2;
        months.most = 110'000;
        column.where.insert(column.where.end(), {age, category, months});
    }
    for (auto& row : report.tables[2].rows)
        for (auto& column : report.tables[2].columns)
            if (&column == &report.tables[2].columns.front()) row.where.push_back(row.where.front());
    expect_like_one_by_one(report);
}

TEST(CellPlan, RefusesMoreCellsThanItHasNumbersFor) {
    auto report = definition();
    auto& rows = report.tables.front().rows;
    const auto line = rows.front();
    while (cells_of(report).size() <= 65'535) rows.insert(rows.end(), 1000, line);
    EXPECT_THROW(CellPlan{report}, Error);
}

} // namespace
} // namespace dengji::monthly::test
