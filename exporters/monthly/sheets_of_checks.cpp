// Cover, checks, changes, charts, and what a new computation changed.
#include "exporters/monthly/sheets.h"

#include <cmath>

namespace dengji::monthly {
namespace {

using templates::ReportChart;

void head(const Context& context, lxw_worksheet* sheet, const std::string& title,
          const std::vector<std::pair<std::string, double>>& columns) {
    const auto& styles = context.xlsx.styles();
    for (std::size_t i = 0; i < columns.size(); ++i)
        worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), columns[i].second, nullptr);
    worksheet_set_row(sheet, 0, 26, nullptr);
    write_merged(sheet, 0, 0, static_cast<lxw_col_t>(columns.size() - 1), title, styles.title);
    for (std::size_t i = 0; i < columns.size(); ++i)
        write_text(sheet, 1, static_cast<lxw_col_t>(i), columns[i].first, styles.head);
    set_page(sheet, std::pair<lxw_row_t, lxw_row_t>{1, 1});
    worksheet_freeze_panes(sheet, 2, 0);
}

void figure(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::optional<double> value, lxw_format* style) {
    if (value)
        worksheet_write_number(sheet, row, column, *value, style);
    else
        worksheet_write_blank(sheet, row, column, style);
}

std::optional<double> real(const std::optional<long long>& value, bool rate = false) {
    if (!value) return std::nullopt;
    return static_cast<double>(*value) / (rate ? 100 : 1);
}

std::string level_of(const CheckResult& check) {
    using Level = templates::ReportCheck::Level;
    return check.level == Level::error ? "错误" : check.level == Level::warn ? "警告" : "说明";
}

} // namespace

std::string period_in_words(const ledger::ReportPeriod& period) {
    const auto day = [](Date date) {
        return std::to_string(static_cast<int>(date.year())) + "年" +
               std::to_string(static_cast<unsigned>(date.month())) + "月" +
               std::to_string(static_cast<unsigned>(date.day())) + "日";
    };
    return day(period.from) + "至" + day(period.until);
}

std::string verdict_of(const CheckResult& check) {
    if (check.holds()) return "通过";
    return check.level == templates::ReportCheck::Level::error ? "不通过" : "提示";
}

void write_cover(const Context& context, lxw_worksheet* sheet) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    worksheet_set_column(sheet, 0, 0, 22, nullptr);
    worksheet_set_column(sheet, 1, 1, 60, nullptr);
    worksheet_set_column(sheet, 2, 2, 16, nullptr);
    set_page(sheet, std::nullopt);
    worksheet_set_row(sheet, 0, 40, nullptr);
    write_merged(sheet, 0, 0, 2, report.definition.title, styles.title);
    lxw_row_t row = 2;
    const auto line = [&](const std::string& name, const std::string& text) {
        write_text(sheet, row, 0, name, styles.name[0]);
        write_merged(sheet, row, 1, 2, text, styles.text);
        ++row;
    };
    line("填报单位", report.scope_name);
    line("报告期", format(report.period.month) + "（" + period_in_words(report.period) + "）");
    line("表式版本", report.definition.version);
    if (report.closed)
        line("关账", report.closed->closed_at.substr(0, 10) + "，" + report.closed->closed_by + "；表式" +
                         report.closed->definition + (report.request.recompute ? "（本册为重算）" : ""));
    else
        line("关账", report.unfinished ? "本期未结束，数字为暂计" : "未关账");
    if (report.request.for_others)
        line("说明", "对外提供：小于" + std::to_string(report.definition.suppress_below) + "的数以*代替，不含个人信息");
    for (const auto& role : report.definition.roles) line(role, "");
    line("报出日期", "");
    line("校验结论", report.failed() ? "有校验不通过，见下" : "全部通过");
    ++row;
    write_text(sheet, row, 0, "校验", styles.head);
    write_text(sheet, row, 1, "内容", styles.head);
    write_text(sheet, row, 2, "结果", styles.head);
    for (const auto& check : report.checks) {
        ++row;
        write_text(sheet, row, 0, check.id, styles.text);
        write_text(sheet, row, 1, check.text, styles.wrapped);
        write_text(sheet, row, 2, verdict_of(check), check.holds() ? styles.good : styles.bad);
    }
    const auto late =
        std::count_if(report.people.begin(), report.people.end(), [](const auto& each) { return each.late; });
    if (late > 0)
        write_merged(sheet, row + 2, 0, 2,
                     "附注：有" + std::to_string(late) +
                         "人的事项发生在已关账的以前各期，补记后计入本期，明细表中注明“补记”。",
                     styles.note);
}

void write_checks(const Context& context, lxw_worksheet* sheet) {
    constexpr double width_of_rules = 78; // in digits of 11 points; the rules are set in 9
    const auto& styles = context.xlsx.styles();
    head(context, sheet, "勾稽校验",
         {{"编号", 8}, {"级别", 8}, {"规则", width_of_rules}, {"左边", 12}, {"右边", 12}, {"结果", 10}});
    lxw_row_t row = 2;
    for (const auto& check : context.report.checks) {
        write_text(sheet, row, 0, check.id, styles.group);
        write_text(sheet, row, 1, level_of(check), styles.group);
        write_text(sheet, row, 2, check.text + (check.remark.empty() ? "" : "（" + check.remark + "）"), styles.group);
        write_text(sheet, row, 3, "", styles.group);
        write_text(sheet, row, 4, "", styles.group);
        write_text(sheet, row, 5, verdict_of(check), check.holds() ? styles.good : styles.bad);
        ++row;
        if (context.report.request.for_others) continue;
        for (const auto& each : check.comparisons) {
            worksheet_set_row(sheet, row, 14.0 * lines_in(each.what, width_of_rules * 11 / 9), nullptr);
            write_text(sheet, row, 0, check.id, styles.text);
            write_text(sheet, row, 1, "", styles.text);
            write_text(sheet, row, 2, each.what, styles.wrapped);
            figure(sheet, row, 3, real(each.left), styles.number);
            figure(sheet, row, 4, real(each.right), styles.number);
            write_text(sheet, row, 5, each.holds ? "√" : "×", each.holds ? styles.good : styles.bad);
            ++row;
        }
    }
}

void write_changes(const Context& context, lxw_worksheet* sheet) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    const auto& months = report.months;
    head(context, sheet, "与上期、上年同期比较（各表第1栏）",
         {{"表.行", 10},
          {"项目", 40},
          {"本期 " + format(report.period.month), 14},
          {"上期 " + format(months[months.size() - 2].month), 14},
          {"增减", 10},
          {"增减%", 10},
          {"上年同期 " + format(months.front().month), 16},
          {"增减", 10},
          {"增减%", 10}});
    lxw_row_t row = 2;
    for (std::size_t table = 0; table < report.definition.tables.size(); ++table) {
        const auto& of = report.definition.tables[table];
        for (std::size_t line = 0; line < of.rows.size(); ++line) {
            if (!is_shown(report, of.rows[line], context.words)) continue;
            const bool rate = is_rate(of, line, 0);
            const auto now = real(report.figures[table].at(line, 0), rate);
            write_text(sheet, row, 0, of.code + "." + of.rows[line].code, styles.text);
            write_text(sheet, row, 1,
                       (of.rows[line].group.empty() ? "" : of.rows[line].group + "：") + of.rows[line].name,
                       styles.text);
            figure(sheet, row, 2, now, rate ? styles.rate : styles.number);
            const auto beside = [&](const Figures& figures, lxw_col_t column) {
                const auto before = real(figures[table].at(line, 0), rate);
                figure(sheet, row, column, before, rate ? styles.rate : styles.number);
                const auto difference = now && before ? std::optional(*now - *before) : std::nullopt;
                figure(sheet, row, column + 1, difference, rate ? styles.signed_percent : styles.signed_number);
                const bool percent = difference && *before != 0 && !rate;
                figure(sheet, row, column + 2,
                       percent ? std::optional(std::round(*difference / std::fabs(*before) * 10000) / 100)
                               : std::nullopt,
                       styles.signed_percent);
            };
            beside(report.last(), 3);
            beside(report.of_months.front(), 6);
            ++row;
        }
    }
}

void write_charts(const Context& context, lxw_worksheet* sheet) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    set_page(sheet, std::nullopt);
    worksheet_set_column(sheet, 0, 0, 34, nullptr);
    write_merged(sheet, 0, 0, 1, "图表", styles.title);
    lxw_row_t row = 2;
    std::uint32_t number = 0;
    for (const auto& chart : report.definition.charts) {
        write_text(sheet, row, 0, chart.title, styles.head);
        write_text(sheet, row, 1, "人", styles.head);
        const lxw_row_t first = ++row;
        const auto put = [&](const std::string& name, long long value) {
            write_text(sheet, row, 0, name, styles.text);
            worksheet_write_number(sheet, row, 1, static_cast<double>(value), styles.number);
            ++row;
        };
        for (const auto& cell : chart.cells) {
            const auto* table = report.definition.table(cell.table);
            const auto index = static_cast<std::size_t>(table - report.definition.tables.data());
            const auto column = *table->column(cell.column);
            const auto single = table->row(cell.row);
            const auto rows = single ? std::vector<std::size_t>{*single} : table->group(cell.row);
            for (const auto line : rows) {
                if (!chart.over_months && !is_shown(report, table->rows[line], context.words)) continue;
                if (!chart.over_months) {
                    put(table->rows[line].name, report.figures[index].at(line, column).value_or(0));
                    continue;
                }
                for (std::size_t month = 1; month < report.months.size(); ++month)
                    put(format(report.months[month].month),
                        report.of_months[month][index].at(line, column).value_or(0));
            }
        }
        const auto kind = chart.kind == ReportChart::Kind::line     ? LXW_CHART_LINE
                          : chart.kind == ReportChart::Kind::column ? LXW_CHART_COLUMN
                                                                    : LXW_CHART_BAR;
        auto* made = workbook_add_chart(context.xlsx.workbook(), static_cast<std::uint8_t>(kind));
        const auto range = [&](const char* column) {
            return std::string("=图表!$") + column + "$" + std::to_string(first + 1) + ":$" + column + "$" +
                   std::to_string(row);
        };
        chart_add_series(made, range("A").c_str(), range("B").c_str());
        chart_title_set_name(made, chart.title.c_str());
        chart_legend_set_position(made, LXW_CHART_LEGEND_NONE);
        if (chart.kind == ReportChart::Kind::bar) {
            chart_axis_set_reverse(made->y_axis);
            chart_axis_set_interval_unit(made->y_axis, 1); // each bar has its name
        }
        chart_axis_set_num_format(chart.kind == ReportChart::Kind::bar ? made->x_axis : made->y_axis, "#,##0");
        lxw_chart_options options{};
        const double lines = std::max<double>(static_cast<double>(row - first), 14);
        options.x_scale = 1.25;
        options.y_scale = chart.kind == ReportChart::Kind::bar ? std::max(1.3, lines / 11) : 1.3;
        // In two columns, beside the figures.
        worksheet_insert_chart_opt(sheet, 1 + number / 2 * 22, static_cast<lxw_col_t>(3 + number % 2 * 10), made,
                                   &options);
        ++number;
        ++row;
    }
}

void write_recomputed(const Context& context, lxw_worksheet* sheet) {
    const auto& styles = context.xlsx.styles();
    const auto& report = context.report;
    head(context, sheet, "重算与关账数的差异",
         {{"单元格", 14}, {"项目", 40}, {"栏", 24}, {"关账数", 14}, {"重算数", 14}, {"差", 10}});
    lxw_row_t row = 2;
    for (const auto& cell : cells_of(report.definition)) {
        const auto& table = report.definition.tables[cell.table];
        const auto &before = (*report.frozen)[cell.table].at(cell.row, cell.column),
                   &now = report.figures[cell.table].at(cell.row, cell.column);
        if (before == now) continue;
        const bool rate = is_rate(table, cell.row, cell.column);
        auto* style = rate ? styles.rate : styles.number;
        write_text(sheet, row, 0, code_of(report.definition, cell), styles.text);
        write_text(sheet, row, 1, table.rows[cell.row].name, styles.text);
        write_text(sheet, row, 2, table.columns[cell.column].name, styles.text);
        figure(sheet, row, 3, real(before, rate), style);
        figure(sheet, row, 4, real(now, rate), style);
        figure(sheet, row, 5, now && before ? std::optional(*real(now, rate) - *real(before, rate)) : std::nullopt,
               rate ? styles.signed_percent : styles.signed_number);
        ++row;
    }
    if (row == 2) write_merged(sheet, row, 0, 5, "没有差异", styles.text);
}

} // namespace dengji::monthly
