#include "exporters/monthly/workbook.h"
#include "pipeline/app/allocation.h"
#include "pipeline/app/open_lives.h"
#include "pipeline/app/output.h"
#include "pipeline/base/data_folder.h"
#include "pipeline/base/error.h"
#include "pipeline/base/files.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/clock.h"

#include <iostream>
#include <nlohmann/json.hpp>

namespace dengji::app {
namespace {

using monthly::CheckResult;
using monthly::MonthReport;

constexpr int exit_failed_check = 3;

Month month_given(const std::string& text) {
    const auto month = parse_month(text);
    if (!month) throw Error(ErrorKind::usage, "--month is not a month of the calendar", "Give it like 2024-03.");
    return *month;
}

void refuse_contradictions(const ReportOptions& options) {
    if (options.file.empty() && !options.close)
        throw Error(ErrorKind::usage, "there is no file to write the report to", "Name one with -o.");
    if (options.close && trimmed(options.numbers.by).empty())
        throw Error(ErrorKind::usage, "--close needs the name of who closes the month",
                    "Give it with --by; it is written into the register.");
    if (options.for_others && options.numbers.full)
        throw Error(ErrorKind::usage, "a copy for others names nobody: --full-numbers makes no sense with it",
                    "Leave one of them out.");
}

void write_report(const MonthReport& report, const ReportOptions& options, const monthly::Sources& sources,
                  const OpenLives& open, Numbers& numbers) {
    if (options.format != "xlsx") {
        write_file(options.file, options.format == "csv" ? monthly::as_csv(report, sources.words)
                                                         : monthly::as_json_text(report, sources.words));
        return;
    }
    std::vector<std::string> shown;
    for (const auto& person : report.people) shown.push_back(person.registration);
    numbers.disclose(shown);
    monthly::write_workbook(
        report, sources.words, open.offices, [&](const std::string& number) { return numbers.shown(number); },
        options.file, monthly::Writers::two);
}

void complain(const MonthReport& report, bool names_figures) {
    using Level = templates::ReportCheck::Level;
    for (const CheckResult& check : report.checks) {
        if (check.holds() || check.level != Level::error) continue;
        std::cerr << "dengji: check " << check.id << " does not hold: " << check.text << '\n';
        int told = 0;
        for (const auto& each : check.comparisons) {
            if (each.holds || !names_figures || told++ == 3) continue;
            if (told > 3) break;
            std::cerr << "    " << each.what << ": " << each.left.value_or(0) << " / " << each.right.value_or(0)
                      << '\n';
        }
    }
}

void account(const MonthReport& report, const ReportOptions& options) {
    nlohmann::ordered_json failed = nlohmann::ordered_json::array();
    for (const CheckResult& check : report.checks)
        if (!check.holds() && check.level == templates::ReportCheck::Level::error) failed.push_back(check.id);
    Output().line(nlohmann::ordered_json{
        {"month", format(report.period.month)},
        {"from", format(report.period.from)},
        {"until", format(report.period.until)},
        {"office", report.scope_name},
        {"file", options.file.string()},
        {"closed", report.closed.has_value()},
        {"unfinished", report.unfinished},
        {"people", report.people.size()},
        {"failed_checks",
         failed}}.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

} // namespace

int run_report(const ReportOptions& options) {
    let_threads_allocate_apart();
    const Month month = month_given(options.month);
    refuse_contradictions(options);
    OpenLives open(options.life.data, ledger::Register::Opening::existing);
    Numbers numbers(options.numbers, open);
    monthly::Request request;
    request.month = month;
    if (!options.town.empty()) request.town = office_named(open.offices, options.town).code;
    request.recompute = options.recompute;
    request.for_others = options.for_others;
    request.details = !options.no_details && !options.for_others && options.format == "xlsx";
    const templates::ReportWords words(open.book.form, open.offices, open.book.settings);
    const bool own = options.definition.empty();
    auto definition =
        templates::load_report(own ? data_path("templates/reports") : options.definition, words, open.offices);
    if (own) definition = monthly::definition_of_month(open.lives, month, definition, words, open.offices);
    const monthly::Sources sources{open.lives, open.offices, definition, words};
    if (options.close) monthly::close_month(sources, month, options.numbers.by, ledger::utc_now(), today());
    if (options.file.empty()) {
        std::cerr << options.month << " is closed.\n";
        return 0;
    }
    const auto report = monthly::make_report(sources, request, today());
    if (options.recompute && !report.closed)
        throw Error(ErrorKind::usage, options.month + " is not closed: there is nothing to compare it with",
                    "Leave --recompute out.");
    write_report(report, options, sources, open, numbers);
    if (options.life.json) account(report, options);
    complain(report, !options.for_others);
    std::cerr << "The report of " << options.month << " was written to '" << options.file.string() << "'"
              << (report.unfinished ? "; the period is not over yet" : "")
              << (report.failed() ? "; it does not add up, see its cover.\n" : ".\n");
    return report.failed() ? exit_failed_check : 0;
}

} // namespace dengji::app
