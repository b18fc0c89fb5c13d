#pragma once
#include "exporters/monthly/figures.h"
#include "pipeline/ledger/lives.h"

#include <deque>

namespace dengji::monthly {

struct Request {
    Month month;
    std::string town;        ///< code of the town whose report it is; "": all towns
    bool recompute = false;  ///< of a closed period: by all that is known today, beside what was frozen
    bool for_others = false; ///< a copy that leaves the office: small figures hidden, nobody named
    bool details = true;     ///< the people behind the figures
};

/// One side-by-side comparison of a check.
struct Comparison {
    std::string what; ///< the equation, and the row, column or group that it is about
    std::optional<long long> left, right;
    bool holds = true;
};

struct CheckResult {
    std::string id, text;
    templates::ReportCheck::Level level = templates::ReportCheck::Level::error;
    std::vector<Comparison> comparisons;
    std::string remark; ///< "" when the comparisons say all

    bool holds() const;
};

/// Somebody who counts in one figure at least. There may be half a million of them: what is kept of each is what the
/// sheets show.
struct Person {
    long long life = 0; ///< people stand in the order of these
    std::string registration, name, number;
    std::uint64_t town = 0, sex = 0, hukou = 0, education = 0, unemployment_reason = 0; ///< at the end of the period
    std::uint64_t cancel_reason = 0;
    int age = templates::unknown_number;
    bool late = false;                ///< counts here because it was written down after its own period was closed
    std::vector<std::uint16_t> cells; ///< numbers of the counted cells, ascending
};

/// All that a workbook shows.
struct MonthReport {
    templates::Report definition;
    Request request;
    ledger::ReportPeriod period;
    std::string scope_name;  ///< of the town, or the organisation
    bool unfinished = false; ///< the period is not over yet
    std::optional<ledger::ClosedPeriod> closed;
    Figures figures;
    std::optional<Figures> frozen;            ///< when a closed period was computed anew
    std::vector<ledger::ReportPeriod> months; ///< thirteen: the same month of last year up to this one
    std::vector<Figures> of_months;
    Figures year; ///< from the beginning of the year, counted at once
    std::vector<CheckResult> checks;
    std::deque<Person> people;
    Date made_on;

    const Figures& last() const { return of_months[of_months.size() - 2]; }
    bool failed() const; ///< a check of level error does not hold
};

/// Where the words and definitions come from.
struct Sources {
    ledger::Lives& lives;
    const templates::Offices& offices;
    const templates::Report& definition;
    const templates::ReportWords& words;
};

/// Computes a report. Throws Error(usage) for a period that has not begun on `today`.
MonthReport make_report(const Sources& sources, const Request& request, Date today);

/// Closes a period that is over: freezes the figures of all towns together and of each. Throws Error(usage) when it is
/// not over, or when it or a later one is closed already.
void close_month(const Sources& sources, Month month, const std::string& by, const std::string& at, Date today);

/// The definition that a month is shown by: `present`, or, of a month that was closed with another one, that one.
templates::Report definition_of_month(ledger::Lives& lives, Month month, const templates::Report& present,
                                      const templates::ReportWords& words, const templates::Offices& offices);

/// What a check says of the figures. `persons`: open registrations at the end and the different people among them.
std::vector<CheckResult> run_checks(const MonthReport& report, std::pair<long long, long long> persons,
                                    long long both_ways, std::pair<long long, long long> recognised_and_ticked);

} // namespace dengji::monthly
