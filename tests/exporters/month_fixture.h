#pragma once
#include "exporters/monthly/workbook.h"
#include "tests/ledger/life_fixture.h"
#include "tests/ledger/simulation.h"

namespace dengji::monthly::test {

using namespace ledger::test;

const templates::ReportWords& words();
/// The report that comes with the program.
const templates::Report& definition();
Sources sources(ledger::Lives& lives);

/// -1 for a cell that holds nothing.
long long figure(const MonthReport& report, const std::string& code, const Figures& figures);
long long figure(const MonthReport& report, const std::string& code);

/// What does not add up, a line each.
std::string failures(const MonthReport& report);

const Date long_after = day("2026-06-30");

/// A register that the simulated office filled.
struct SimulatedMonths : testing::Test {
    TempFolder place{"months"};
    ledger::Register the_register{place.path() / "data"};
    ledger::Lives lives{the_register, book(), offices()};

    void simulate(int people);
    void simulate(const OfficePlan& plan, const std::function<void(Date)>& end_of_day = {});
    MonthReport report(Month month, const std::string& town = "");
};

} // namespace dengji::monthly::test
