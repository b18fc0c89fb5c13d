// One table as superiors expect it: title, unit, period; 甲, 乙 and numbered columns; a line to sign on.
#include "exporters/monthly/sheets.h"
#include "pipeline/base/text.h"

namespace dengji::monthly {
namespace {

using templates::ReportLine;
using templates::ReportTable;

constexpr lxw_row_t head_row = 3; // names, then numbers
constexpr lxw_col_t first_column = 2;
// Widths of the columns with figures; narrower where there are many of them.
constexpr double usual = 11, narrow = 9;
constexpr std::size_t many_columns = 8;

class TableSheet {
public:
    TableSheet(const Context& context, lxw_worksheet* sheet, std::size_t index)
        : context_(context), sheet_(sheet), table_(context.report.definition.tables[index]),
          figures_(context.report.figures[index]),
          last_column_(static_cast<lxw_col_t>(first_column + table_.columns.size() - 1)) {
        for (std::size_t i = 0; i < index; ++i)
            first_cell_ +=
                context.report.definition.tables[i].rows.size() * context.report.definition.tables[i].columns.size();
    }

    void write() {
        place_rows();
        head();
        std::string group;
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            if (!places_[row]) continue;
            const auto& line = table_.rows[row];
            if (line.group != group && !line.group.empty())
                write_merged(sheet_, *places_[row] - 1, 0, last_column_, line.group, context_.xlsx.styles().group);
            group = line.group;
            row_of_figures(row);
        }
        foot();
    }

private:
    void place_rows() {
        lxw_row_t next = head_row + 2;
        std::string group;
        for (const auto& line : table_.rows) {
            if (!is_shown(context_.report, line, context_.words)) {
                places_.emplace_back();
                continue;
            }
            if (line.group != group && !line.group.empty()) ++next;
            group = line.group;
            places_.push_back(next++);
        }
        end_ = next;
    }

    void head() {
        const auto& styles = context_.xlsx.styles();
        const auto& report = context_.report;
        const double width = table_.columns.size() > many_columns ? narrow : usual;
        worksheet_set_column(sheet_, 0, 0, width_of_names(), nullptr);
        worksheet_set_column(sheet_, 1, 1, 6, nullptr);
        worksheet_set_column(sheet_, first_column, last_column_, width, nullptr);
        set_page(sheet_, std::pair<lxw_row_t, lxw_row_t>{head_row, head_row + 1});
        worksheet_set_row(sheet_, 0, 26, nullptr);
        write_merged(sheet_, 0, 0, last_column_, table_.title, styles.title);
        beside(1,
               "填报单位：" + report.scope_name + (report.unfinished ? "    （本期未结束，暂计）" : "") +
                   (report.closed && !report.request.recompute ? "    （已关账）" : ""),
               "表号：" + table_.code);
        beside(2, "报告期：" + format(report.period.month) + "（" + period_in_words(report.period) + "）",
               "计量单位：" + table_.unit);
        int lines = 2;
        for (const auto& each : table_.columns) lines = std::max(lines, lines_in(each.name, width - 1.5));
        worksheet_set_row(sheet_, head_row, 4 + 14 * lines, nullptr);
        write_text(sheet_, head_row, 0, "项目", styles.head);
        write_text(sheet_, head_row, 1, "序号", styles.head);
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            write_text(sheet_, head_row, column(i), table_.columns[i].name, styles.head);
        write_text(sheet_, head_row + 1, 0, "甲", styles.head_number);
        write_text(sheet_, head_row + 1, 1, "乙", styles.head_number);
        for (std::size_t i = 0; i < table_.columns.size(); ++i)
            write_text(sheet_, head_row + 1, column(i), table_.columns[i].code, styles.head_number);
        worksheet_freeze_panes(sheet_, head_row + 2, first_column);
    }

    /// As wide as the longest name needs with what it is moved in; longer ones go on in a second line.
    double width_of_names() const {
        int longest = 10;
        for (const auto& line : table_.rows) longest = std::max(longest, shown_width(line.name) + 4 * level_of(line));
        return std::min(longest + 3, 50);
    }

    static int level_of(const ReportLine& line) {
        return std::min(line.group.empty() ? line.level : std::max(line.level, 1), 3);
    }

    /// What is said above the table: to the left, and at its right end.
    void beside(lxw_row_t row, const std::string& left, const std::string& right) {
        const auto middle = static_cast<lxw_col_t>(last_column_ - (table_.columns.size() > many_columns ? 2 : 1));
        write_merged(sheet_, row, 0, static_cast<lxw_col_t>(middle - 1), left, context_.xlsx.styles().plain);
        write_merged(sheet_, row, middle, last_column_, right, context_.xlsx.styles().plain_right);
    }

    void row_of_figures(std::size_t row) {
        const auto& styles = context_.xlsx.styles();
        const auto& line = table_.rows[row];
        const auto place = *places_[row];
        write_text(sheet_, place, 0, line.name, styles.name[level_of(line)]);
        write_text(sheet_, place, 1, line.code, styles.head_number);
        for (std::size_t i = 0; i < table_.columns.size(); ++i) figure(row, i);
    }

    void figure(std::size_t row, std::size_t i) {
        const auto& styles = context_.xlsx.styles();
        const auto place = *places_[row];
        const bool rate = is_rate(table_, row, i),
                   total = table_.rows[row].level == 0 && table_.rows[row].group.empty();
        auto* style = rate ? (total ? styles.total_rate : styles.rate) : (total ? styles.total : styles.number);
        const auto& value = figures_.at(row, i);
        const auto number = first_cell_ + row * table_.columns.size() + i;
        if (context_.hidden[number]) {
            write_text(sheet_, place, column(i), "*", style);
            return;
        }
        link(number, place, column(i), style);
        const double shown = static_cast<double>(value.value_or(0)) / (rate ? 100 : 1);
        // Of a copy with hidden figures the sums are plain numbers: their parts may be hidden.
        const auto formula = context_.report.request.for_others ? std::string() : formula_of(row, i);
        if (formula.empty()) {
            if (value)
                worksheet_write_number(sheet_, place, column(i), shown, style);
            else
                worksheet_write_blank(sheet_, place, column(i), style);
        } else if (value) {
            worksheet_write_formula_num(sheet_, place, column(i), formula.c_str(), style, shown);
        } else {
            worksheet_write_formula_str(sheet_, place, column(i), formula.c_str(), style, "");
        }
    }

    /// The people behind the figure. The cell is written over it afterwards, the link stays.
    void link(std::size_t number, lxw_row_t place, lxw_col_t at, lxw_format* style) {
        if (context_.lists == nullptr || context_.lists->sizes[number] == 0) return;
        const auto& rows = context_.lists->rows[number];
        const std::string target = rows ? std::string("internal:'") + lists_sheet + "'!A" +
                                              std::to_string(rows->first + 1) + ":H" + std::to_string(rows->second + 1)
                                        : std::string("internal:'") + people_sheet + "'!A1";
        worksheet_write_url(sheet_, place, at, target.c_str(), style);
    }

    std::string formula_of(std::size_t row, std::size_t i) const {
        using Kind = ReportLine::Kind;
        const auto &across = table_.rows[row], &down = table_.columns[i];
        const auto at = [&](std::size_t r, std::size_t c) { return cell_address(*places_[r], column(c)); };
        const auto rate = [](const std::string& part, const std::string& whole) {
            return "=IF(" + whole + "=0,\"\",ROUND(" + part + "/" + whole + "*100,2))";
        };
        const auto shown = [&](std::size_t r) { return places_[r].has_value(); };
        if (down.kind == Kind::rate) return rate(at(row, down.parts[0]), at(row, down.parts[1]));
        if (across.kind == Kind::rate)
            return shown(across.parts[0]) && shown(across.parts[1])
                       ? rate(at(across.parts[0], i), at(across.parts[1], i))
                       : std::string();
        std::vector<std::string> addresses;
        if (across.kind == Kind::sum) {
            for (const auto part : across.parts)
                if (shown(part)) addresses.push_back(at(part, i));
            const auto first = across.parts.front(), last = across.parts.back();
            const bool run = addresses.size() > 3 && shown(first) && shown(last) &&
                             *places_[last] - *places_[first] + 1 == addresses.size();
            if (run) return "=SUM(" + at(first, i) + ":" + at(last, i) + ")";
        } else if (down.kind == Kind::sum) {
            for (const auto part : down.parts) addresses.push_back(at(row, part));
        }
        if (addresses.empty()) return {};
        std::string formula(1, '=');
        return formula.append(joined(addresses, "+"));
    }

    void foot() {
        const auto& styles = context_.xlsx.styles();
        lxw_row_t row = end_;
        if (!table_.note.empty()) {
            const double columns = static_cast<double>(table_.columns.size());
            const double width = width_of_names() + 6 + columns * (columns > many_columns ? narrow : usual);
            worksheet_set_row(sheet_, row, 2 + 12 * std::max(2, lines_in("附注：" + table_.note, width)), nullptr);
            write_merged(sheet_, row, 0, last_column_, "附注：" + table_.note, styles.note);
            ++row;
        }
        std::string roles;
        for (const auto& role : context_.report.definition.roles) roles += role + "：            ";
        write_merged(sheet_, row + 1, 0, last_column_, roles + "报出日期：      年    月    日", styles.plain);
        worksheet_print_area(sheet_, 0, 0, row + 1, last_column_);
        constexpr lxw_row_t rows_of_a_page = 45;
        if (row < rows_of_a_page) worksheet_fit_to_pages(sheet_, 1, 1); // no page for the line to sign on alone
    }

    static lxw_col_t column(std::size_t i) { return static_cast<lxw_col_t>(first_column + i); }

    const Context& context_;
    lxw_worksheet* sheet_;
    std::size_t first_cell_ = 0;
    const ReportTable& table_;
    const TableFigures& figures_;
    lxw_col_t last_column_;
    std::vector<std::optional<lxw_row_t>> places_;
    lxw_row_t end_ = 0;
};

} // namespace

void write_table(const Context& context, lxw_worksheet* sheet, std::size_t table) {
    TableSheet(context, sheet, table).write();
}

} // namespace dengji::monthly
