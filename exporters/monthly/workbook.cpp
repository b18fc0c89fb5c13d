#include "exporters/monthly/workbook.h"

#include "exporters/rows/csv.h"
#include "pipeline/base/files.h"

#include <cmath>
#include <future>
#include <nlohmann/json.hpp>

namespace dengji::monthly {
namespace {

std::string shown_figure(const std::optional<long long>& value, bool rate) {
    if (!value) return {};
    if (!rate) return std::to_string(*value);
    const auto hundredths = std::to_string(*value % 100);
    return std::to_string(*value / 100) + "." + (hundredths.size() < 2 ? "0" : "") + hundredths;
}

std::string name_of(templates::ReportCheck::Level level) {
    using Level = templates::ReportCheck::Level;
    return level == Level::error ? "error" : level == Level::warn ? "warn" : "info";
}

} // namespace

void write_workbook(const MonthReport& report, const templates::ReportWords& words, const templates::Offices& offices,
                    const ShowNumber& shown, const std::filesystem::path& file, Writers writers) {
    const TempFolder scratch("report");
    const auto made = scratch.path() / "report.xlsx";
    const bool for_others = report.request.for_others, people = report.request.details && !for_others;
    const auto hidden = hidden_cells(report);
    PeopleLists lists;
    if (people) lists = people_lists(report);
    Xlsx xlsx(made, scratch.path(), report.definition.title + " " + format(report.period.month));
    const Context context{report, words, offices, xlsx, hidden, people ? &lists : nullptr};
    // The order in which sheets are added is that of the workbook; each is written at once, top to bottom.
    write_cover(context, xlsx.add_sheet("封面"));
    for (std::size_t table = 0; table < report.definition.tables.size(); ++table)
        write_table(context, xlsx.add_sheet(report.definition.tables[table].code), table);
    write_checks(context, xlsx.add_sheet("校验"));
    if (!for_others) {
        write_changes(context, xlsx.add_sheet("比较"));
        write_charts(context, xlsx.add_sheet("图表"));
        if (report.frozen) write_recomputed(context, xlsx.add_sheet("重算差异"));
    }
    if (people) {
        // As long as all others together by far, and each in a file of its own until the workbook is closed.
        const auto policy = writers == Writers::two ? std::launch::async : std::launch::deferred;
        auto *of_people = xlsx.add_sheet(people_sheet), *of_lists = xlsx.add_sheet(lists_sheet);
        auto lists_written = std::async(policy, [&] { write_lists(context, of_lists, shown); });
        write_people(context, of_people, shown);
        lists_written.get();
    }
    xlsx.close();
    AtomicFile target(file);
    read_in_pieces(made, [&](std::string_view bytes) { target.write(bytes); });
    target.commit();
}

std::string as_csv(const MonthReport& report, const templates::ReportWords& words) {
    std::string text = "\xef\xbb\xbf" + rows::csv_record({"表", "行", "栏", "项目", "栏名", "数"});
    const auto hidden = hidden_cells(report);
    std::size_t number = 0;
    for (const auto& cell : cells_of(report.definition)) {
        const bool hides = hidden[number++];
        const auto& table = report.definition.tables[cell.table];
        const auto &row = table.rows[cell.row], &column = table.columns[cell.column];
        if (!is_shown(report, row, words)) continue;
        const auto value = report.figures[cell.table].at(cell.row, cell.column);
        text += rows::csv_record({table.code, rows::neutralised(row.code), rows::neutralised(column.code),
                                  rows::neutralised(row.name), rows::neutralised(column.name),
                                  hides ? "*" : shown_figure(value, is_rate(table, cell.row, cell.column))});
    }
    return text;
}

std::string as_json_text(const MonthReport& report, const templates::ReportWords& words) {
    using nlohmann::ordered_json;
    ordered_json figures = ordered_json::object(), frozen = ordered_json::object(), checks = ordered_json::array();
    const auto hidden = hidden_cells(report);
    const auto as_number = [](const std::optional<long long>& value, bool rate) -> ordered_json {
        if (!value) return nullptr;
        return rate ? ordered_json(static_cast<double>(*value) / 100) : ordered_json(*value);
    };
    std::size_t number = 0;
    for (const auto& cell : cells_of(report.definition)) {
        const bool hides = hidden[number++];
        const auto& table = report.definition.tables[cell.table];
        if (!is_shown(report, table.rows[cell.row], words)) continue;
        const bool rate = is_rate(table, cell.row, cell.column);
        const auto code = code_of(report.definition, cell);
        const auto& value = report.figures[cell.table].at(cell.row, cell.column);
        figures[code] = hides ? ordered_json("*") : as_number(value, rate);
        if (!report.frozen) continue;
        const auto& before = (*report.frozen)[cell.table].at(cell.row, cell.column);
        if (before != value) frozen[code] = as_number(before, rate);
    }
    for (const auto& check : report.checks) {
        ordered_json wrong = ordered_json::array();
        if (!report.request.for_others)
            for (const auto& each : check.comparisons)
                if (!each.holds)
                    wrong.push_back(
                        {{"what", each.what}, {"left", each.left.value_or(0)}, {"right", each.right.value_or(0)}});
        checks.push_back({{"id", check.id},
                          {"level", name_of(check.level)},
                          {"text", check.text},
                          {"holds", check.holds()},
                          {"remark", check.remark},
                          {"wrong", wrong}});
    }
    ordered_json json = {{"month", format(report.period.month)},
                         {"from", format(report.period.from)},
                         {"until", format(report.period.until)},
                         {"office", report.scope_name},
                         {"definition", report.definition.version},
                         {"closed", report.closed.has_value()},
                         {"recomputed", report.request.recompute},
                         {"unfinished", report.unfinished},
                         {"holds", !report.failed()},
                         {"figures", figures},
                         {"checks", checks}};
    if (report.frozen) json["frozen"] = frozen;
    return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace dengji::monthly
