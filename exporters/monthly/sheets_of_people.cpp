// Who is behind the figures, and what a copy for others hides.
#include "exporters/monthly/sheets.h"

#include <algorithm>
#include <cstdlib>

namespace dengji::monthly {
namespace {

using templates::ReportLine;
using templates::Trait;

constexpr lxw_row_t most_listed = 1'000'000; // rows of a sheet, less its head

std::size_t number_of(const templates::Report& report, const CellName& cell) {
    std::size_t number = 0;
    for (std::size_t table = 0; table < cell.table; ++table)
        number += report.tables[table].rows.size() * report.tables[table].columns.size();
    return number + cell.row * report.tables[cell.table].columns.size() + cell.column;
}

/// The cells that a sum is made of; empty for others.
std::vector<CellName> parts_of(const templates::Report& report, const CellName& cell) {
    const auto& table = report.tables[cell.table];
    const auto &row = table.rows[cell.row], &column = table.columns[cell.column];
    std::vector<CellName> parts;
    if (row.kind == ReportLine::Kind::rate || column.kind == ReportLine::Kind::rate) return parts;
    if (row.kind == ReportLine::Kind::sum)
        for (const auto part : row.parts) parts.push_back({cell.table, part, cell.column});
    else if (column.kind == ReportLine::Kind::sum)
        for (const auto part : column.parts) parts.push_back({cell.table, cell.row, part});
    return parts;
}

/// For each counted cell itself and the sums that it is part of, by number of the cell.
std::vector<std::vector<std::uint16_t>> cells_shown_in(const templates::Report& report) {
    const auto cells = cells_of(report);
    std::vector<std::vector<std::uint16_t>> shown(cells.size());
    const std::function<void(const CellName&, std::uint16_t)> collect = [&](const CellName& cell, std::uint16_t sum) {
        const auto parts = parts_of(report, cell);
        if (parts.empty()) shown[number_of(report, cell)].push_back(sum);
        for (const auto& part : parts) collect(part, sum);
    };
    for (std::size_t number = 0; number < cells.size(); ++number)
        collect(cells[number], static_cast<std::uint16_t>(number));
    return shown;
}

/// Calls `use` with each cell whose people a person is among, once for each.
template <class Use>
void for_each_cell(const std::vector<std::vector<std::uint16_t>>& shown_in, const Person& person,
                   std::vector<const Person*>& last, const Use& use) {
    for (const auto number : person.cells)
        for (const auto cell : shown_in[number])
            if (std::exchange(last[cell], &person) != &person) use(cell);
}

std::string words_in(const Context& context, Trait trait, std::uint64_t bits) {
    std::string text;
    const auto& words = context.words.of(trait);
    for (std::size_t i = 0; i < words.size(); ++i)
        if ((bits >> i & 1) != 0) text += (text.empty() ? "" : "、") + words[i];
    return text;
}

std::string town_in(const Context& context, std::uint64_t bits) {
    const auto* office = context.offices.with_code(words_in(context, Trait::town, bits));
    return office == nullptr ? "区本级/其他" : office->town;
}

void head(const Context& context, lxw_worksheet* sheet, const std::string& note,
          const std::vector<std::pair<const char*, double>>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), columns[i].second, nullptr);
    write_merged(sheet, 0, 0, static_cast<lxw_col_t>(columns.size() - 1), note, context.xlsx.styles().plain);
    for (std::size_t i = 0; i < columns.size(); ++i)
        write_text(sheet, 1, static_cast<lxw_col_t>(i), columns[i].first, context.xlsx.styles().head);
    set_page(sheet, std::pair<lxw_row_t, lxw_row_t>{1, 1});
    worksheet_freeze_panes(sheet, 2, 3);
}

/// Hides more of a sum that has one hidden part: the total would give it away. True when it did.
bool hide_another(const MonthReport& report, const std::vector<CellName>& parts, std::vector<bool>& hidden) {
    const auto& definition = report.definition;
    std::optional<std::size_t> smallest;
    long long least = 0;
    int already = 0;
    for (const auto& part : parts) {
        const auto number = number_of(definition, part);
        const auto value = std::llabs(report.figures[part.table].at(part.row, part.column).value_or(0));
        if (hidden[number]) {
            ++already;
        } else if (value != 0 && (!smallest || value < least)) {
            smallest = number;
            least = value;
        }
    }
    if (already != 1 || !smallest) return false;
    hidden[*smallest] = true;
    return true;
}

} // namespace

bool is_shown(const MonthReport& report, const ReportLine& row, const templates::ReportWords& words) {
    if (report.request.town.empty()) return true;
    const auto own = words.bit(Trait::town, report.request.town);
    return std::all_of(row.where.begin(), row.where.end(), [&](const templates::Condition& condition) {
        return condition.trait != Trait::town || (condition.words & own) != 0;
    });
}

std::vector<bool> hidden_cells(const MonthReport& report) {
    const auto& definition = report.definition;
    const auto cells = cells_of(definition);
    std::vector<bool> hidden(cells.size());
    if (!report.request.for_others || definition.suppress_below < 2) return hidden;
    std::vector<std::vector<CellName>> sums; // each with parts that its total would give away
    for (std::size_t number = 0; number < cells.size(); ++number) {
        const auto& cell = cells[number];
        const auto& table = definition.tables[cell.table];
        const auto value = std::llabs(report.figures[cell.table].at(cell.row, cell.column).value_or(0));
        hidden[number] = value > 0 && value < definition.suppress_below && !is_rate(table, cell.row, cell.column);
        if (auto parts = parts_of(definition, cell); parts.size() > 1) sums.push_back(std::move(parts));
    }
    for (std::size_t table = 0; table < definition.tables.size(); ++table)
        for (const auto& group : definition.tables[table].groups())
            for (std::size_t column = 0; column < definition.tables[table].columns.size(); ++column) {
                std::vector<CellName> parts;
                for (const auto row : definition.tables[table].group(group)) parts.push_back({table, row, column});
                sums.push_back(std::move(parts));
            }
    for (bool more = true; more;) {
        more = false;
        for (const auto& parts : sums) more = hide_another(report, parts, hidden) || more;
    }
    // A rate of a hidden figure tells it.
    for (std::size_t number = 0; number < cells.size(); ++number) {
        const auto& cell = cells[number];
        const auto& table = definition.tables[cell.table];
        if (table.rows[cell.row].kind == ReportLine::Kind::rate)
            for (const auto part : table.rows[cell.row].parts)
                if (hidden[number_of(definition, {cell.table, part, cell.column})]) hidden[number] = true;
        if (table.columns[cell.column].kind == ReportLine::Kind::rate)
            for (const auto part : table.columns[cell.column].parts)
                if (hidden[number_of(definition, {cell.table, cell.row, part})]) hidden[number] = true;
    }
    return hidden;
}

PeopleLists people_lists(const MonthReport& report) {
    const auto cells = cells_of(report.definition);
    const auto shown_in = cells_shown_in(report.definition);
    PeopleLists lists;
    lists.sizes.resize(cells.size());
    lists.of_cell.resize(cells.size());
    lists.rows.resize(cells.size());
    std::vector<const Person*> last(cells.size());
    for (const auto& person : report.people)
        for_each_cell(shown_in, person, last, [&](std::uint16_t cell) { ++lists.sizes[cell]; });
    // The smallest figures first, as long as the sheet holds them: who looks for one person looks at a small figure.
    std::vector<std::size_t> order;
    for (std::size_t number = 0; number < cells.size(); ++number)
        if (lists.sizes[number] != 0) order.push_back(number);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t one, std::size_t other) { return lists.sizes[one] < lists.sizes[other]; });
    std::vector<bool> chosen(cells.size());
    std::size_t total = 0;
    for (const auto number : order) {
        if (total + lists.sizes[number] > most_listed) {
            lists.complete = false;
            break;
        }
        total += lists.sizes[number];
        chosen[number] = true;
    }
    lxw_row_t next = 2;
    for (std::size_t number = 0; number < cells.size(); ++number) {
        if (!chosen[number]) continue;
        const auto size = static_cast<lxw_row_t>(lists.sizes[number]);
        lists.rows[number] = {next, next + size - 1};
        lists.of_cell[number].reserve(size);
        next += size;
    }
    std::fill(last.begin(), last.end(), nullptr);
    for (std::size_t i = 0; i < report.people.size(); ++i)
        for_each_cell(shown_in, report.people[i], last, [&](std::uint16_t cell) {
            if (chosen[cell]) lists.of_cell[cell].push_back(static_cast<std::uint32_t>(i));
        });
    return lists;
}

void write_people(const Context& context, lxw_worksheet* sheet, const ShowNumber& shown) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    head(context, sheet,
         "计入本期各数的人员。编码栏列出此人计入的单元格（表.行.栏），可按编码筛选；合计行由所列各行相加。",
         {{"序号", 7},
          {"登记编号", 22},
          {"姓名", 10},
          {"证件号", 22},
          {"经办镇街", 14},
          {"性别", 6},
          {"年龄", 6},
          {"户籍", 8},
          {"文化程度", 18},
          {"失业原因", 30},
          {"注销原因", 10},
          {"补记", 6},
          {"编码", 90}});
    const auto cells = cells_of(report.definition);
    std::vector<std::string> codes;
    for (const auto& cell : cells) codes.push_back(code_of(report.definition, cell));
    lxw_row_t row = 2;
    for (std::size_t i = 0; i < report.people.size() && row < most_listed; ++i, ++row) {
        const auto& person = report.people[i];
        worksheet_write_number(sheet, row, 0, static_cast<double>(i + 1), styles.number);
        write_text(sheet, row, 1, person.registration, styles.text);
        write_text(sheet, row, 2, cell_text(person.name, 100), styles.text);
        write_text(sheet, row, 3, cell_text(shown(person.number), 100), styles.text);
        write_text(sheet, row, 4, town_in(context, person.town), styles.text);
        write_text(sheet, row, 5, words_in(context, Trait::sex, person.sex), styles.text);
        if (person.age >= 0)
            worksheet_write_number(sheet, row, 6, person.age, styles.number);
        else
            write_text(sheet, row, 6, "", styles.text);
        write_text(sheet, row, 7, words_in(context, Trait::hukou, person.hukou), styles.text);
        write_text(sheet, row, 8, words_in(context, Trait::education, person.education), styles.text);
        write_text(sheet, row, 9, words_in(context, Trait::unemployment_reason, person.unemployment_reason),
                   styles.text);
        write_text(sheet, row, 10, words_in(context, Trait::cancel_reason, person.cancel_reason), styles.text);
        write_text(sheet, row, 11, person.late ? "补记" : "", styles.text);
        std::string counted;
        for (const auto number : person.cells) counted += codes[number] + ";";
        write_text(sheet, row, 12, counted, styles.text);
    }
    worksheet_autofilter(sheet, 1, 0, std::max<lxw_row_t>(row - 1, 2), 12);
    worksheet_print_area(sheet, 0, 0, std::max<lxw_row_t>(row - 1, 2), 11); // the codes are for filters, and long
}

void write_lists(const Context& context, lxw_worksheet* sheet, const ShowNumber& shown) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    head(context, sheet,
         context.lists->complete ? "每个数对应的人员，点表中的数即到此处。"
                                 : "每个数对应的人员，点表中的数即到此处；人数过多的数未列，请在明细表中按编码筛选。",
         {{"编码", 12},
          {"项目", 30},
          {"栏", 20},
          {"序号", 7},
          {"登记编号", 22},
          {"姓名", 10},
          {"证件号", 22},
          {"明细行", 8}});
    const auto cells = cells_of(report.definition);
    for (std::size_t number = 0; number < cells.size(); ++number) {
        if (!context.lists->rows[number]) continue;
        const auto& table = report.definition.tables[cells[number].table];
        const auto code = code_of(report.definition, cells[number]);
        auto row = context.lists->rows[number]->first;
        long long order = 0;
        for (const auto index : context.lists->of_cell[number]) {
            const auto& person = report.people[index];
            write_text(sheet, row, 0, code, styles.text);
            write_text(sheet, row, 1, table.rows[cells[number].row].name, styles.text);
            write_text(sheet, row, 2, table.columns[cells[number].column].name, styles.text);
            worksheet_write_number(sheet, row, 3, static_cast<double>(++order), styles.number);
            write_text(sheet, row, 4, person.registration, styles.text);
            write_text(sheet, row, 5, cell_text(person.name, 100), styles.text);
            write_text(sheet, row, 6, cell_text(shown(person.number), 100), styles.text);
            worksheet_write_number(sheet, row, 7, index + 3, styles.number);
            ++row;
        }
    }
}

} // namespace dengji::monthly
