#include "tests/exporters/month_fixture.h"

#include <dengji_project.h>

namespace dengji::monthly::test {

const templates::ReportWords& words() {
    static const templates::ReportWords made(book().form, offices(), book().settings);
    return made;
}

const templates::Report& definition() {
    static const auto loaded =
        templates::load_report(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/reports", words(), offices());
    return loaded;
}

Sources sources(ledger::Lives& lives) {
    return {lives, offices(), definition(), words()};
}

long long figure(const MonthReport& report, const std::string& code, const Figures& figures) {
    for (const auto& cell : cells_of(report.definition))
        if (code_of(report.definition, cell) == code) return figures[cell.table].at(cell.row, cell.column).value_or(-1);
    ADD_FAILURE() << "there is no cell " << code;
    return -1;
}

long long figure(const MonthReport& report, const std::string& code) {
    return figure(report, code, report.figures);
}

std::string failures(const MonthReport& report) {
    std::string text;
    for (const auto& check : report.checks)
        for (const auto& each : check.comparisons)
            if (!each.holds && check.level == templates::ReportCheck::Level::error)
                text += check.id + " " + each.what + ": " + std::to_string(each.left.value_or(0)) + " / " +
                        std::to_string(each.right.value_or(0)) + "\n";
    return text;
}

void SimulatedMonths::simulate(int people) {
    OfficePlan plan;
    plan.people = people;
    simulate(plan);
}

void SimulatedMonths::simulate(const OfficePlan& plan, const std::function<void(Date)>& end_of_day) {
    const auto account = Office(the_register, lives, plan, place.path()).run([&](Date on, const OfficeAccount&) {
        if (end_of_day) end_of_day(on);
    });
    EXPECT_EQ(account.unexpected, 0) << account.first_unexpected;
}

MonthReport SimulatedMonths::report(Month month, const std::string& town) {
    Request request;
    request.month = month;
    request.town = town;
    return make_report(sources(lives), request, long_after);
}

} // namespace dengji::monthly::test
