// The checks of a report held against its figures.
#include "exporters/monthly/month_report.h"

#include <algorithm>
#include <cstdlib>

namespace dengji::monthly {
namespace {

using templates::CellReference;
using templates::CheckRule;
using templates::Report;
using templates::ReportCheck;
using templates::ReportLine;
using templates::ReportTable;

/// Where the runs of an equation stand: "each" and "groups" on the left say how many there are.
struct Run {
    std::optional<std::size_t> row, column;
    std::string group, name;
};

class Equations {
public:
    explicit Equations(const MonthReport& report) : report_(report), definition_(report.definition) {}

    void compare(const CheckRule& rule, std::vector<Comparison>& found) const {
        for (const auto& run : runs_of(rule.left)) {
            Comparison comparison;
            comparison.what = rule.text + (run.name.empty() ? "" : "（" + run.name + "）");
            comparison.left = value(rule.left, run);
            long long right = 0;
            for (const auto& part : rule.right) right += part.sign * value(part.cell, run);
            comparison.right = right;
            const long long left = *comparison.left;
            comparison.holds = rule.relation == CheckRule::Relation::equal     ? left == right
                               : rule.relation == CheckRule::Relation::at_most ? left <= right
                                                                               : left >= right;
            found.push_back(std::move(comparison));
        }
    }

private:
    const ReportTable& table(const CellReference& cell) const { return *definition_.table(cell.table); }

    std::vector<Run> runs_of(const CellReference& cell) const {
        std::vector<Run> runs;
        const auto& of = table(cell);
        if (cell.row == "groups") {
            for (const auto& group : of.groups()) runs.push_back({std::nullopt, std::nullopt, group, group});
        } else if (cell.row == "each") {
            for (std::size_t row = 0; row < of.rows.size(); ++row)
                if (of.rows[row].kind != ReportLine::Kind::rate)
                    runs.push_back({row, std::nullopt, "", of.rows[row].code + " " + of.rows[row].name});
        } else if (cell.column == "each") {
            for (std::size_t column = 0; column < of.columns.size(); ++column)
                if (of.columns[column].kind != ReportLine::Kind::rate)
                    runs.push_back({std::nullopt, column, "", of.columns[column].code + " " + of.columns[column].name});
        } else {
            runs.emplace_back();
        }
        return runs;
    }

    long long value(const CellReference& cell, const Run& run) const {
        using Of = CellReference::Of;
        const auto january = report_.of_months.size() - static_cast<unsigned>(report_.period.month.month());
        switch (cell.of) {
        case Of::period: return value_in(report_.figures, cell, run);
        case Of::last: return value_in(report_.last(), cell, run);
        case Of::year: return value_in(report_.year, cell, run);
        case Of::january: return value_in(report_.of_months[january], cell, run);
        case Of::months: break;
        }
        long long sum = 0;
        for (std::size_t month = january; month < report_.of_months.size(); ++month)
            sum += value_in(report_.of_months[month], cell, run);
        return sum;
    }

    long long value_in(const Figures& figures, const CellReference& cell, const Run& run) const {
        const auto& of = table(cell);
        const auto index = static_cast<std::size_t>(&of - definition_.tables.data());
        const auto column = cell.column == "each" ? run.column.value_or(0) : *of.column(cell.column);
        std::vector<std::size_t> rows;
        if (cell.row == "each")
            rows = {run.row.value_or(0)};
        else if (const auto row = of.row(cell.row))
            rows = {*row};
        else
            rows = of.group(cell.row == "groups" ? run.group : cell.row);
        long long sum = 0;
        for (const auto row : rows)
            if (row < of.rows.size() && column < of.columns.size()) sum += figures[index].at(row, column).value_or(0);
        return sum;
    }

    const MonthReport& report_;
    const Report& definition_;
};

bool counts_corrections(const ReportTable& table, const CellName& cell) {
    const auto corrects = [](const ReportLine& line) {
        return std::find(line.measures.begin(), line.measures.end(), templates::Measure::corrections) !=
               line.measures.end();
    };
    if (corrects(table.rows[cell.row]) || corrects(table.columns[cell.column])) return true;
    const auto& parts = table.rows[cell.row].parts;
    return std::any_of(parts.begin(), parts.end(), [&](std::size_t part) { return corrects(table.rows[part]); });
}

void check_numbers(const MonthReport& report, CheckResult& result) {
    long long looked_at = 0, wrong = 0;
    for (const auto& cell : cells_of(report.definition)) {
        const auto& table = report.definition.tables[cell.table];
        const auto& value = report.figures[cell.table].at(cell.row, cell.column);
        ++looked_at;
        if (!value || counts_corrections(table, cell)) continue;
        const bool rate = is_rate(table, cell.row, cell.column);
        if (*value >= 0 && (!rate || *value <= 10000)) continue;
        ++wrong;
        result.comparisons.push_back({code_of(report.definition, cell), value, 0, false});
    }
    result.comparisons.push_back({"不合要求的数 = 0（共" + std::to_string(looked_at) + "个数）", wrong, 0, wrong == 0});
}

void check_changes(const MonthReport& report, const ReportCheck& check, CheckResult& result) {
    for (const auto& cell : cells_of(report.definition)) {
        if (is_rate(report.definition.tables[cell.table], cell.row, cell.column)) continue;
        const auto now = report.figures[cell.table].at(cell.row, cell.column).value_or(0);
        const auto before = report.last()[cell.table].at(cell.row, cell.column).value_or(0);
        const auto change = std::llabs(now - before);
        if (change <= check.persons || change * 100 <= std::llabs(before) * check.percent) continue;
        result.comparisons.push_back({code_of(report.definition, cell), now, before, false});
    }
    if (result.comparisons.empty()) result.remark = "没有超过限度的变动";
}

} // namespace

std::vector<CheckResult> run_checks(const MonthReport& report, std::pair<long long, long long> persons,
                                    long long both_ways, std::pair<long long, long long> recognised_and_ticked) {
    const Equations equations(report);
    std::vector<CheckResult> results;
    for (const auto& check : report.definition.checks) {
        CheckResult result{check.id, check.text, check.level, {}, ""};
        switch (check.kind) {
        case ReportCheck::Kind::rules:
            for (const auto& rule : check.rules) equations.compare(rule, result.comparisons);
            break;
        case ReportCheck::Kind::numbers: check_numbers(report, result); break;
        case ReportCheck::Kind::changes: check_changes(report, check, result); break;
        case ReportCheck::Kind::persons:
            result.comparisons.push_back(
                {"期末有效登记数 = 其中不同的人数", persons.first, persons.second, persons.first == persons.second});
            break;
        case ReportCheck::Kind::both_ways:
            result.remark = "本期内注销后又登记或登记后又注销的：" + std::to_string(both_ways) + "人";
            break;
        case ReportCheck::Kind::recognised:
            result.remark = "期末认定的就业困难人员" + std::to_string(recognised_and_ticked.first) +
                            "人；申请表勾选4050人员" + std::to_string(recognised_and_ticked.second) +
                            "人。本表按认定人数统计";
            break;
        }
        results.push_back(std::move(result));
    }
    return results;
}

} // namespace dengji::monthly
