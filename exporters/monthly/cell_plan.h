#pragma once
#include "pipeline/ledger/report_facts.h"
#include "templates/report.h"

#include <vector>

namespace dengji::monthly {

/// Which cells of a report count somebody: the conditions of all cells at once, a bit a cell.
class CellPlan {
public:
    explicit CellPlan(const templates::Report& report);

    /// Puts a bit for each cell that counts this into `cells`; their numbers are those of numbers().
    void cells_of(const ledger::Tally& tally, const ledger::Traits& traits, std::vector<std::uint64_t>& cells) const;
    /// Numbers of the cells that count a measure: bit i stands for the i-th, in ascending order.
    const std::vector<std::uint16_t>& numbers(templates::Measure measure) const;

private:
    /// The conditions on one trait, at most one of each cell. A row of bits for each word says which cells it may be in
    /// as far as this trait goes.
    struct Filter {
        templates::Trait trait = templates::Trait::sex;
        std::vector<std::uint64_t> rows; ///< of no word and then of each; of numbers from unknown_number up
        std::size_t last = 0;            ///< the last row; greater numbers are like it
    };
    struct Cell {
        std::uint16_t number = 0;
        std::vector<templates::Condition> where; ///< of its row and its column
    };
    struct OfMeasure {
        std::vector<Cell> cells;
        std::vector<std::uint16_t> numbers; ///< of the cells
        std::vector<std::uint64_t> all;     ///< a bit for each of them
        std::vector<Filter> filters;
    };
    static void build(OfMeasure& of);

    OfMeasure measures_[templates::measure_count];
};

} // namespace dengji::monthly
