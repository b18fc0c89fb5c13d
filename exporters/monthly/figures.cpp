#include "exporters/monthly/figures.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::monthly {
namespace {

using templates::Condition;
using templates::Measure;
using templates::ReportLine;
using templates::ReportTable;
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

bool fulfils(const Condition& condition, const ledger::Tally& tally, const ledger::Traits& traits) {
    if (!templates::is_number(condition.trait))
        return (words_of(tally, traits, condition.trait) & condition.words) != 0;
    const int number = traits.number(condition.trait);
    return number >= condition.least && number <= condition.most;
}

/// Hundredths of a percent, halves up.
std::optional<long long> rate_of(std::optional<long long> part, std::optional<long long> whole) {
    if (!part || !whole || *whole == 0) return std::nullopt;
    return (*part * 20000 + *whole) / (*whole * 2);
}

/// The figures of one table from its counts: each sum and rate after what it is made of.
class Finishing {
public:
    Finishing(const ReportTable& table, const long long* counts) : table_(table), counts_(counts) {
        figures_.columns = table.columns.size();
        figures_.cells.resize(table.rows.size() * table.columns.size());
        done_.resize(figures_.cells.size());
    }

    TableFigures finish() {
        for (std::size_t row = 0; row < table_.rows.size(); ++row)
            for (std::size_t column = 0; column < table_.columns.size(); ++column) cell(row, column);
        return std::move(figures_);
    }

private:
    std::optional<long long> cell(std::size_t row, std::size_t column) {
        const auto place = row * figures_.columns + column;
        if (done_[place]) return figures_.cells[place];
        done_[place] = true;
        return figures_.cells[place] = work_out(row, column);
    }

    std::optional<long long> work_out(std::size_t row, std::size_t column) {
        using Kind = ReportLine::Kind;
        const auto &across = table_.rows[row], &down = table_.columns[column];
        if (down.kind == Kind::rate) return rate_of(cell(row, down.parts[0]), cell(row, down.parts[1]));
        if (across.kind == Kind::rate) return rate_of(cell(across.parts[0], column), cell(across.parts[1], column));
        if (across.kind == Kind::sum) return sum(across.parts, [&](std::size_t part) { return cell(part, column); });
        if (down.kind == Kind::sum) return sum(down.parts, [&](std::size_t part) { return cell(row, part); });
        return counts_[row * figures_.columns + column];
    }

    template <class Get>
    static long long sum(const std::vector<std::size_t>& parts, const Get& get) {
        long long total = 0;
        for (const auto part : parts) total += get(part).value_or(0);
        return total;
    }

    const ReportTable& table_;
    const long long* counts_;
    TableFigures figures_;
    std::vector<bool> done_;
};

} // namespace

std::string code_of(const templates::Report& report, const CellName& cell) {
    const auto& table = report.tables[cell.table];
    return table.code + "." + table.rows[cell.row].code + "." + table.columns[cell.column].code;
}

bool is_rate(const ReportTable& table, std::size_t row, std::size_t column) {
    return table.rows[row].kind == ReportLine::Kind::rate || table.columns[column].kind == ReportLine::Kind::rate;
}

bool is_counted(const ReportTable& table, std::size_t row, std::size_t column) {
    return table.rows[row].kind == ReportLine::Kind::count && table.columns[column].kind == ReportLine::Kind::count;
}

std::vector<CellName> cells_of(const templates::Report& report) {
    std::vector<CellName> cells;
    for (std::size_t table = 0; table < report.tables.size(); ++table)
        for (std::size_t row = 0; row < report.tables[table].rows.size(); ++row)
            for (std::size_t column = 0; column < report.tables[table].columns.size(); ++column)
                cells.push_back({table, row, column});
    return cells;
}

std::string as_json(const templates::Report& report, const Figures& figures) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (const auto& cell : cells_of(report))
        if (const auto& value = figures[cell.table].at(cell.row, cell.column)) json[code_of(report, cell)] = *value;
    return json.dump();
}

Figures figures_of(const templates::Report& report, const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        throw Error(ErrorKind::data,
                    "the register holds figures of a closed period that are not the JSON they should be",
                    "Restore it from a backup.");
    Figures figures;
    for (const auto& table : report.tables) {
        TableFigures empty;
        empty.columns = table.columns.size();
        empty.cells.resize(table.rows.size() * table.columns.size());
        figures.push_back(std::move(empty));
    }
    for (const auto& cell : cells_of(report)) {
        const auto found = json.find(code_of(report, cell));
        if (found != json.end() && found->is_number_integer())
            figures[cell.table].at(cell.row, cell.column) = found->get<long long>();
    }
    return figures;
}

Counting::Counting(const templates::Report& report, std::uint64_t towns) : report_(report), towns_(towns) {
    std::uint32_t number = 0;
    for (const auto& table : report.tables)
        for (const auto& row : table.rows)
            for (const auto& column : table.columns) {
                const auto own = number++;
                if (row.kind != ReportLine::Kind::count || column.kind != ReportLine::Kind::count) continue;
                const auto& measures = !row.measures.empty()      ? row.measures
                                       : !column.measures.empty() ? column.measures
                                                                  : table.measures;
                const auto of_row = conditions_of(row, column);
                for (const auto measure : measures) {
                    auto& rows = by_measure_[static_cast<std::size_t>(measure)];
                    const bool goes_on = !rows.empty() && rows.back().row == &row && column.instead.empty();
                    if (!goes_on) rows.push_back({column.instead.empty() ? &row : nullptr, of_row, {}});
                    rows.back().cells.push_back({own, conditions_of(column, row)});
                }
            }
    counts_.resize(number);
}

void Counting::add(const ledger::SpanFacts& facts, std::vector<std::uint32_t>* cells) {
    std::vector<std::pair<std::uint32_t, int>> counted;
    for (const auto& tally : facts.tallies) {
        const auto& traits = tally.as_before ? facts.before : facts.after;
        if (towns_ != 0 && (words_of(tally, traits, Trait::town) & towns_) == 0) continue;
        const auto fits = [&](const std::vector<Condition>& where) {
            return std::all_of(where.begin(), where.end(),
                               [&](const Condition& condition) { return fulfils(condition, tally, traits); });
        };
        for (const auto& row : by_measure_[static_cast<std::size_t>(tally.measure)]) {
            if (!fits(row.where)) continue;
            for (const auto& cell : row.cells) {
                if (!fits(cell.where)) continue;
                counts_[cell.number] += tally.count;
                if (cells != nullptr) counted.emplace_back(cell.number, tally.count);
            }
        }
    }
    if (cells == nullptr) return;
    std::sort(counted.begin(), counted.end());
    for (std::size_t i = 0; i < counted.size();) {
        // Who leaves a cell and comes into it counts for nothing there.
        const auto number = counted[i].first;
        int net = 0;
        for (; i < counted.size() && counted[i].first == number; ++i) net += counted[i].second;
        if (net != 0) cells->push_back(number);
    }
}

Figures Counting::figures() const {
    Figures figures;
    const long long* counts = counts_.data();
    for (const auto& table : report_.tables) {
        figures.push_back(Finishing(table, counts).finish());
        counts += table.rows.size() * table.columns.size();
    }
    return figures;
}

} // namespace dengji::monthly
