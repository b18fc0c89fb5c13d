#include "exporters/monthly/figures.h"

#include "pipeline/base/error.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

namespace dengji::monthly {
namespace {

using templates::ReportLine;
using templates::ReportTable;
using templates::Trait;

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

Counting::Counting(const templates::Report& report, std::shared_ptr<const CellPlan> plan, std::uint64_t towns)
    : report_(report), plan_(std::move(plan)), towns_(towns), counts_(cells_of(report).size()) {}

void Counting::add(const ledger::SpanFacts& facts, std::vector<std::uint16_t>* cells) {
    std::vector<std::pair<std::uint16_t, int>> counted;
    for (const auto& tally : facts.tallies) {
        const auto& traits = facts.moments[tally.moment];
        if (towns_ != 0 && ((tally.town != 0 ? tally.town : traits.of(Trait::town)) & towns_) == 0) continue;
        plan_->cells_of(tally, traits, bits_);
        const auto& numbers = plan_->numbers(tally.measure);
        for (std::size_t i = 0; i < bits_.size(); ++i)
            for (auto bits = bits_[i]; bits != 0; bits &= bits - 1) {
                const auto number = numbers[i * 64 + static_cast<std::size_t>(std::countr_zero(bits))];
                counts_[number] += tally.count;
                if (cells != nullptr) counted.emplace_back(number, tally.count);
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

void Counting::add(const Counting& other) {
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
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
