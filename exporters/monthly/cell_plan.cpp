#include "exporters/monthly/cell_plan.h"

#include "exporters/monthly/figures.h"
#include "pipeline/base/error.h"

#include <algorithm>
#include <bit>

namespace dengji::monthly {
namespace {

using templates::Condition;
using templates::ReportLine;
using templates::Trait;

std::vector<Condition> conditions_of(const ReportLine& line, const ReportLine& other) {
    auto conditions = line.where;
    for (auto& condition : conditions)
        if (const auto found = other.instead.find(condition.trait); found != other.instead.end()) {
            condition.trait = found->second;
        }
    return conditions;
}

std::uint64_t words_of(const ledger::Tally& tally, const ledger::Traits& traits, Trait trait) {
    if (trait == Trait::cancel_reason) return tally.cancel_reason;
    if (trait == Trait::in_time) return tally.in_time;
    if (trait == Trait::town && tally.town != 0) return tally.town;
    return traits.of(trait);
}

/// Of a row of a filter: 0 stands for no word or an unknown number, the others for word or number index - 1.
bool fulfils(const Condition& condition, std::size_t index) {
    if (!templates::is_number(condition.trait)) return index > 0 && (condition.words >> (index - 1) & 1) != 0;
    const int number = static_cast<int>(index) + templates::unknown_number;
    return number >= condition.least && number <= condition.most;
}

constexpr int most_number = 120'000; // months of ten thousand years: there are no greater ages and times

/// The first number from which on all are alike to a condition.
int settled_from(const Condition& condition) {
    return std::min(std::max(condition.least, condition.most < most_number ? condition.most + 1 : 0), most_number);
}

constexpr std::size_t most_cells = 65'535; // their numbers are kept in two bytes

std::size_t words(std::size_t bits) {
    return (bits + 63) / 64;
}

} // namespace

CellPlan::CellPlan(const templates::Report& report) {
    if (monthly::cells_of(report).size() > most_cells)
        throw Error(ErrorKind::data, "the report has more than " + std::to_string(most_cells) + " cells",
                    "Make two reports of it.");
    std::uint16_t number = 0;
    for (const auto& table : report.tables)
        for (const auto& row : table.rows)
            for (const auto& column : table.columns) {
                const auto own = number++;
                if (row.kind != ReportLine::Kind::count || column.kind != ReportLine::Kind::count) continue;
                const auto& measures = !row.measures.empty()      ? row.measures
                                       : !column.measures.empty() ? column.measures
                                                                  : table.measures;
                auto conditions = conditions_of(row, column);
                const auto of_column = conditions_of(column, row);
                conditions.insert(conditions.end(), of_column.begin(), of_column.end());
                for (const auto measure : measures) {
                    measures_[static_cast<std::size_t>(measure)].cells.push_back({own, conditions});
                }
            }
    for (auto& of : measures_) build(of);
}

void CellPlan::build(OfMeasure& of) {
    const auto width = words(of.cells.size());
    const auto used_by = [&](Trait trait, std::size_t nth, const auto& use) {
        for (std::size_t cell = 0; cell < of.cells.size(); ++cell) {
            std::size_t seen = 0;
            for (const auto& condition : of.cells[cell].where)
                if (condition.trait == trait && seen++ == nth) use(cell, condition);
        }
    };
    for (std::size_t index = 0; index < templates::trait_count; ++index) {
        const auto trait = static_cast<Trait>(index);
        // Row and column may each have a condition on the same trait: the second makes a filter of its own.
        for (std::size_t nth = 0;; ++nth) {
            Filter filter;
            filter.trait = trait;
            filter.last = templates::most_words;
            bool any = false;
            int settled = 0;
            used_by(trait, nth, [&](std::size_t, const Condition& condition) {
                any = true;
                settled = std::max(settled, settled_from(condition));
            });
            if (!any) break;
            if (templates::is_number(trait))
                filter.last = static_cast<std::size_t>(settled - templates::unknown_number);
            filter.rows.assign((filter.last + 1) * width, ~std::uint64_t{0});
            used_by(trait, nth, [&](std::size_t cell, const Condition& condition) {
                for (std::size_t row = 0; row <= filter.last; ++row)
                    if (!fulfils(condition, row))
                        filter.rows[row * width + cell / 64] &= ~(std::uint64_t{1} << cell % 64);
            });
            of.filters.push_back(std::move(filter));
        }
    }
    of.all.assign(width, ~std::uint64_t{0});
    if (of.cells.size() % 64 != 0) of.all.back() = (std::uint64_t{1} << of.cells.size() % 64) - 1;
    for (auto& cell : of.cells) of.numbers.push_back(cell.number);
}

const std::vector<std::uint16_t>& CellPlan::numbers(templates::Measure measure) const {
    return measures_[static_cast<std::size_t>(measure)].numbers;
}

void CellPlan::cells_of(const ledger::Tally& tally, const ledger::Traits& traits,
                        std::vector<std::uint64_t>& cells) const {
    const auto& of = measures_[static_cast<std::size_t>(tally.measure)];
    cells = of.all;
    const auto width = cells.size();
    for (const auto& filter : of.filters) {
        const auto row = [&](std::size_t index) { return filter.rows.data() + index * width; };
        const auto keep = [&](const std::uint64_t* one) {
            for (std::size_t i = 0; i < width; ++i) cells[i] &= one[i];
        };
        if (templates::is_number(filter.trait)) {
            const int number = std::clamp(traits.number(filter.trait), templates::unknown_number, most_number);
            const auto index = static_cast<std::size_t>(number - templates::unknown_number);
            keep(row(std::min(index, filter.last)));
            continue;
        }
        auto bits = words_of(tally, traits, filter.trait);
        if (std::has_single_bit(bits) || bits == 0) {
            keep(row(bits == 0 ? 0 : static_cast<std::size_t>(std::countr_zero(bits)) + 1));
            continue;
        }
        // Of several words one is enough.
        for (std::size_t i = 0; i < width; ++i) {
            std::uint64_t any = 0;
            for (auto rest = bits; rest != 0; rest &= rest - 1)
                any |= row(static_cast<std::size_t>(std::countr_zero(rest)) + 1)[i];
            cells[i] &= any;
        }
    }
}

} // namespace dengji::monthly
