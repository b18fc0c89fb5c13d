#pragma once
#include "exporters/monthly/cell_plan.h"
#include "pipeline/ledger/report_facts.h"
#include "templates/report.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dengji::monthly {

/// The figures of one table: whole numbers, rates in hundredths of a percent.
struct TableFigures {
    std::size_t columns = 0;
    std::vector<std::optional<long long>> cells; ///< row by row; nothing: a rate of nobody, or a line that is not there

    const std::optional<long long>& at(std::size_t row, std::size_t column) const {
        return cells[row * columns + column];
    }
    std::optional<long long>& at(std::size_t row, std::size_t column) { return cells[row * columns + column]; }
};

/// The figures of all tables of a report, for one span and one scope.
using Figures = std::vector<TableFigures>;

/// A cell of the report; the number of a cell is its place when all tables are gone through row by row.
struct CellName {
    std::size_t table = 0, row = 0, column = 0;
};

std::string code_of(const templates::Report& report, const CellName& cell); ///< "T1.30.1"
bool is_rate(const templates::ReportTable& table, std::size_t row, std::size_t column);
bool is_counted(const templates::ReportTable& table, std::size_t row, std::size_t column); ///< neither sum nor rate
/// All cells in order.
std::vector<CellName> cells_of(const templates::Report& report);

/// Figures as JSON {"T1.01.1": 12, …}; cells with nothing are left out.
std::string as_json(const templates::Report& report, const Figures& figures);
/// Reads them back; cells that the report does not have are left out. Throws Error(data) for what is no such JSON.
Figures figures_of(const templates::Report& report, const std::string& json);

/// Counts people into the cells of a report.
class Counting {
public:
    /// `towns`: bits of the towns whose people are counted; 0: all. Refers to the report.
    Counting(const templates::Report& report, std::shared_ptr<const CellPlan> plan, std::uint64_t towns);

    /// Adds what a registration brings. Numbers of the cells in which it counts are put into `cells` when it is given,
    /// each once, in ascending order.
    void add(const ledger::SpanFacts& facts, std::vector<std::uint16_t>* cells = nullptr);
    /// Adds what another one of the same report and towns has counted.
    void add(const Counting& other);

    /// Sums and rates included.
    Figures figures() const;

private:
    const templates::Report& report_;
    std::shared_ptr<const CellPlan> plan_;
    std::uint64_t towns_;
    std::vector<long long> counts_; ///< by number of the cell
    std::vector<std::uint64_t> bits_;
};

} // namespace dengji::monthly
