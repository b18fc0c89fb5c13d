#pragma once
#include "exporters/monthly/month_report.h"
#include "exporters/monthly/xlsx.h"

#include <functional>

namespace dengji::monthly {

/// The people behind each cell, as lines of the sheet 名单: first and last row, 0-based.
struct PeopleLists {
    std::vector<std::size_t> sizes;                  ///< by number of the cell: how many people
    std::vector<std::vector<std::uint32_t>> of_cell; ///< indexes of people, of cells that have their list in the sheet
    std::vector<std::optional<std::pair<lxw_row_t, lxw_row_t>>> rows;
    bool complete = true; ///< every cell with people has its list
};
PeopleLists people_lists(const MonthReport& report);

/// Which cells a copy that leaves the office hides: small ones, and others that would give them away through a sum.
/// By number of the cell.
std::vector<bool> hidden_cells(const MonthReport& report);

/// Shows numbers as the caller wants: masked or in full. Called from two threads at once.
using ShowNumber = std::function<std::string(const std::string&)>;

/// A line of a table as it is shown: a town's report shows no other town's.
bool is_shown(const MonthReport& report, const templates::ReportLine& row, const templates::ReportWords& words);

std::string period_in_words(const ledger::ReportPeriod& period); ///< "2024年3月1日至3月31日"
std::string verdict_of(const CheckResult& check);                ///< 通过, 不通过, 提示

struct Context {
    const MonthReport& report;
    const templates::ReportWords& words;
    const templates::Offices& offices;
    Xlsx& xlsx;
    const std::vector<bool>& hidden;
    const PeopleLists* lists; ///< nullptr: no sheet of people
};

void write_cover(const Context& context, lxw_worksheet* sheet);
void write_table(const Context& context, lxw_worksheet* sheet, std::size_t table);
void write_checks(const Context& context, lxw_worksheet* sheet);
void write_changes(const Context& context, lxw_worksheet* sheet);
void write_charts(const Context& context, lxw_worksheet* sheet);
void write_recomputed(const Context& context, lxw_worksheet* sheet);
void write_people(const Context& context, lxw_worksheet* sheet, const ShowNumber& shown);
void write_lists(const Context& context, lxw_worksheet* sheet, const ShowNumber& shown);

constexpr auto people_sheet = "明细", lists_sheet = "名单";

} // namespace dengji::monthly
