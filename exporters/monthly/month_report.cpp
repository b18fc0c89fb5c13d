#include "exporters/monthly/month_report.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <algorithm>
#include <unordered_set>

namespace dengji::monthly {
namespace {

using ledger::ReportQuestion;
using templates::Measure;
using templates::Trait;

constexpr int months_shown = 13; // back to the same month of last year

/// Closings that move later entries for this report.
std::vector<ledger::ClosedPeriod> closings_for(const std::vector<ledger::ClosedPeriod>& all, const Request& request) {
    std::vector<ledger::ClosedPeriod> kept;
    for (const auto& period : all)
        if (!request.recompute || period.month < request.month) kept.push_back(period);
    return kept;
}

ReportQuestion question_for(const Sources& sources, Month month, std::vector<ledger::ClosedPeriod> closed) {
    ReportQuestion question{ledger::periods_until(month, months_shown, sources.definition.period),
                            {},
                            std::move(closed),
                            sources.definition,
                            sources.words};
    for (std::size_t i = 0; i < question.periods.size(); ++i) question.spans.emplace_back(i, i);
    const auto months_of_year = static_cast<std::size_t>(static_cast<unsigned>(month.month()));
    question.spans.emplace_back(question.periods.size() - months_of_year, question.periods.size() - 1);
    return question;
}

bool has(const ledger::SpanFacts& facts, Measure measure) {
    return std::any_of(facts.tallies.begin(), facts.tallies.end(),
                       [&](const ledger::Tally& tally) { return tally.measure == measure; });
}

/// What checks ask about people, counted on the way.
class PeopleCounts {
public:
    PeopleCounts(const Sources& sources, std::uint64_t towns) : words_(sources.words), towns_(towns) {}

    void add(const ledger::Counted& counted, const ledger::SpanFacts& facts) {
        if (has(facts, Measure::cancelled)) left_.insert(counted.person);
        if (has(facts, Measure::entered)) came_.insert(counted.person);
        if (!has(facts, Measure::closing)) return;
        if (towns_ != 0 && (facts.after.of(Trait::town) & towns_) == 0) return;
        ++open_;
        persons_.insert(counted.person);
        if ((facts.after.of(Trait::hardship) & words_.bit(Trait::hardship, "是")) != 0) ++recognised_;
        if ((facts.after.of(Trait::category) & words_.bit(Trait::category, "4050人员")) != 0) ++ticked_;
    }

    std::pair<long long, long long> persons() const { return {open_, static_cast<long long>(persons_.size())}; }
    std::pair<long long, long long> recognised_and_ticked() const { return {recognised_, ticked_}; }
    long long both_ways() const {
        return std::count_if(came_.begin(), came_.end(), [&](long long person) { return left_.contains(person); });
    }

private:
    const templates::ReportWords& words_;
    std::uint64_t towns_;
    long long open_ = 0, recognised_ = 0, ticked_ = 0;
    std::unordered_set<long long> persons_, left_, came_;
};

Person person_of(const ledger::Counted& counted, const ledger::SpanFacts& facts, std::vector<std::uint32_t> cells) {
    Person person{counted.registration, counted.name, counted.number, facts.after, 0, facts.late, std::move(cells)};
    for (const auto& tally : facts.tallies) person.cancel_reason |= tally.cancel_reason;
    return person;
}

/// Figures of closed months are those that were handed in.
void take_frozen(const Sources& sources, const std::vector<ledger::ClosedPeriod>& closed, MonthReport& report) {
    for (std::size_t i = 0; i < report.months.size(); ++i) {
        const bool is_closed = std::any_of(closed.begin(), closed.end(),
                                           [&](const auto& period) { return period.month == report.months[i].month; });
        if (!is_closed) continue;
        const auto text = sources.lives.closed_figures(report.months[i].month, report.request.town);
        if (!text) continue;
        auto figures = figures_of(report.definition, *text);
        const bool own = i + 1 == report.months.size();
        if (own && report.request.recompute)
            report.frozen = std::move(figures);
        else
            report.of_months[i] = std::move(figures);
    }
}

CheckResult frozen_check(const MonthReport& report, const Figures& computed) {
    CheckResult result{"F01", "关账时冻结的数 = 按关账时的记录重算的数", templates::ReportCheck::Level::error, {}, ""};
    for (const auto& cell : cells_of(report.definition)) {
        const auto& left = report.figures[cell.table].at(cell.row, cell.column);
        const auto& right = computed[cell.table].at(cell.row, cell.column);
        if (left != right) result.comparisons.push_back({code_of(report.definition, cell), left, right, false});
    }
    if (report.closed->definition != report.definition.version)
        result.remark = "关账时的报表定义是" + report.closed->definition + "，现在是" + report.definition.version;
    return result;
}

} // namespace

bool CheckResult::holds() const {
    return std::all_of(comparisons.begin(), comparisons.end(), [](const auto& each) { return each.holds; });
}

bool MonthReport::failed() const {
    return std::any_of(checks.begin(), checks.end(), [](const CheckResult& check) {
        return check.level == templates::ReportCheck::Level::error && !check.holds();
    });
}

MonthReport make_report(const Sources& sources, const Request& request, Date today) {
    MonthReport report;
    report.definition = sources.definition;
    report.request = request;
    report.period = ledger::period_of(request.month, sources.definition.period);
    report.made_on = today;
    if (report.period.from > today)
        throw Error(ErrorKind::usage, "the period " + format(request.month) + " has not begun yet",
                    "Name a month that has.");
    report.unfinished = report.period.until >= today;
    const auto* office = sources.offices.with_code(request.town);
    report.scope_name = office == nullptr ? sources.definition.organisation : office->name;
    const std::uint64_t towns = request.town.empty() ? 0 : sources.words.bit(Trait::town, request.town);

    const auto all_closed = sources.lives.closed_periods();
    for (const auto& period : all_closed)
        if (period.month == request.month) report.closed = period;
    const auto question = question_for(sources, request.month, closings_for(all_closed, request));
    report.months = question.periods;
    std::vector<Counting> counting(question.spans.size(), Counting(sources.definition, towns));
    PeopleCounts people(sources, towns);
    const std::size_t own = question.periods.size() - 1;
    sources.lives.count_for_report(question, [&](const ledger::Counted& counted) {
        std::vector<std::uint32_t> cells;
        for (std::size_t i = 0; i < counting.size(); ++i)
            counting[i].add(counted.spans[i], i == own && request.details ? &cells : nullptr);
        people.add(counted, counted.spans[own]);
        if (!cells.empty()) report.people.push_back(person_of(counted, counted.spans[own], std::move(cells)));
    });
    for (std::size_t i = 0; i <= own; ++i) report.of_months.push_back(counting[i].figures());
    report.year = counting.back().figures();
    const auto computed = report.of_months.back();
    take_frozen(sources, all_closed, report);
    report.figures = report.of_months.back();
    report.checks = run_checks(report, people.persons(), people.both_ways(), people.recognised_and_ticked());
    if (report.closed && !request.recompute) report.checks.push_back(frozen_check(report, computed));
    return report;
}

void close_month(const Sources& sources, Month month, const std::string& by, const std::string& at, Date today) {
    const auto period = ledger::period_of(month, sources.definition.period);
    if (period.until >= today)
        throw Error(ErrorKind::usage, "the period " + format(month) + " is not over yet", "Close it when it is.");
    const long long last_event = sources.lives.last_event();
    Request request;
    request.month = month;
    auto question = question_for(sources, month, closings_for(sources.lives.closed_periods(), request));
    const std::size_t own = question.periods.size() - 1;
    question.spans = {{own, own}};
    std::map<std::string, Counting> counting;
    counting.emplace("", Counting(sources.definition, 0));
    for (const auto& office : sources.offices.all())
        counting.emplace(office.code, Counting(sources.definition, sources.words.bit(Trait::town, office.code)));
    sources.lives.count_for_report(question, [&](const ledger::Counted& counted) {
        for (auto& [scope, of_scope] : counting) of_scope.add(counted.spans[0]);
    });
    std::map<std::string, std::string> figures;
    for (const auto& [scope, of_scope] : counting) figures[scope] = as_json(sources.definition, of_scope.figures());
    sources.lives.close_period({month, period.from, period.until, last_event, sources.definition.version, at, by},
                               figures, sources.definition.files);
}

templates::Report definition_of_month(ledger::Lives& lives, Month month, const templates::Report& present,
                                      const templates::ReportWords& words, const templates::Offices& offices) {
    for (const auto& period : lives.closed_periods()) {
        if (period.month != month || period.definition == present.version) continue;
        const auto files = lives.closed_definition(period.definition);
        if (files.empty()) return present; // closed before definitions were kept; check F01 says so
        const TempFolder folder("definition");
        for (const auto& [name, content] : files) write_file(folder.path() / name, content);
        return templates::load_report(folder.path(), words, offices);
    }
    return present;
}

} // namespace dengji::monthly
