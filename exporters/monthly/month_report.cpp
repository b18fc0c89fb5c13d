#include "exporters/monthly/month_report.h"

#include "pipeline/base/error.h"
#include "pipeline/base/files.h"

#include <algorithm>
#include <thread>

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

/// What checks ask about people, counted on the way: the registrations of a person come one after another.
class PeopleCounts {
public:
    PeopleCounts(const Sources& sources, std::uint64_t towns) : words_(sources.words), towns_(towns) {}

    void add(const ledger::Counted& counted, const ledger::SpanFacts& facts) {
        if (counted.person != person_ || person_ == 0) next_person(counted.person);
        if (facts.tallies.empty() || (towns_ != 0 && (facts.after().of(Trait::town) & towns_) == 0)) return;
        left_ = left_ || has(facts, Measure::cancelled);
        came_ = came_ || has(facts, Measure::entered);
        if (!has(facts, Measure::closing)) return;
        ++open_;
        stays_ = true;
        if ((facts.after().of(Trait::hardship) & words_.bit(Trait::hardship, "是")) != 0) ++recognised_;
        if ((facts.after().of(Trait::category) & words_.bit(Trait::category, "4050人员")) != 0) ++ticked_;
    }
    /// Adds what another one of other people has counted; both have come to their end.
    void add(PeopleCounts other) {
        next_person(0);
        other.next_person(0);
        open_ += other.open_;
        persons_ += other.persons_;
        both_ways_ += other.both_ways_;
        recognised_ += other.recognised_;
        ticked_ += other.ticked_;
    }

    std::pair<long long, long long> persons() const { return {open_, persons_}; }
    std::pair<long long, long long> recognised_and_ticked() const { return {recognised_, ticked_}; }
    long long both_ways() const { return both_ways_; }

private:
    void next_person(long long person) {
        if (stays_) ++persons_;
        if (left_ && came_) ++both_ways_;
        stays_ = left_ = came_ = false;
        person_ = person;
    }

    const templates::ReportWords& words_;
    std::uint64_t towns_;
    long long open_ = 0, persons_ = 0, both_ways_ = 0, recognised_ = 0, ticked_ = 0;
    long long person_ = 0;
    bool stays_ = false, left_ = false, came_ = false; ///< of the person that they come from at present
};

/// What one thread has counted.
struct Share {
    std::vector<Counting> spans;
    PeopleCounts counts;
    std::deque<Person> people;
};

/// As many threads count as there are cores, while one more reads.
std::size_t counting_threads() {
    constexpr unsigned most = 8; // the one that reads keeps no more of them busy
    return std::clamp(std::thread::hardware_concurrency(), 1u, most);
}

Person person_of(const ledger::Counted& counted, const ledger::SpanFacts& facts,
                 const std::vector<std::uint16_t>& cells) {
    Person person;
    person.life = counted.life;
    person.registration = counted.registration;
    person.name = counted.name;
    person.number = counted.number;
    person.town = facts.after().of(Trait::town);
    person.sex = facts.after().of(Trait::sex);
    person.hukou = facts.after().of(Trait::hukou);
    person.education = facts.after().of(Trait::education);
    person.unemployment_reason = facts.after().of(Trait::unemployment_reason);
    person.age = facts.after().age;
    person.late = facts.late;
    person.cells = cells;
    for (const auto& tally : facts.tallies) person.cancel_reason |= tally.cancel_reason;
    return person;
}

/// Counts all spans of a question into the report: its figures as computed, its people, and what checks ask about them.
PeopleCounts count(const Sources& sources, const ReportQuestion& question, std::uint64_t towns, MonthReport& report) {
    const std::size_t own = question.periods.size() - 1;
    const auto plan = std::make_shared<const CellPlan>(report.definition);
    const Counting nothing(report.definition, plan, towns);
    std::vector<Share> shares(counting_threads(),
                              Share{std::vector(question.spans.size(), nothing), PeopleCounts(sources, towns), {}});
    std::vector<std::function<void(const ledger::Counted&)>> uses;
    for (auto& share : shares)
        uses.emplace_back([&, cells = std::vector<std::uint16_t>()](const ledger::Counted& counted) mutable {
            cells.clear();
            for (std::size_t i = 0; i < share.spans.size(); ++i)
                share.spans[i].add(counted.spans[i], i == own && report.request.details ? &cells : nullptr);
            share.counts.add(counted, counted.spans[own]);
            if (!cells.empty()) share.people.push_back(person_of(counted, counted.spans[own], cells));
        });
    sources.lives.count_for_report(question, uses);
    auto& all = shares.front();
    for (std::size_t other = 1; other < shares.size(); ++other) {
        auto& share = shares[other];
        for (std::size_t i = 0; i < all.spans.size(); ++i) all.spans[i].add(share.spans[i]);
        all.counts.add(share.counts);
        std::move(share.people.begin(), share.people.end(), std::back_inserter(all.people));
        share.people.clear();
    }
    all.counts.add(PeopleCounts(sources, towns)); // the last person
    std::sort(all.people.begin(), all.people.end(),
              [](const Person& one, const Person& next) { return one.life < next.life; });
    report.people = std::move(all.people);
    for (std::size_t i = 0; i <= own; ++i) report.of_months.push_back(all.spans[i].figures());
    report.year = all.spans.back().figures();
    return all.counts;
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
    const auto people = count(sources, question, towns, report);
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
    const auto plan = std::make_shared<const CellPlan>(sources.definition);
    std::map<std::string, Counting> nothing;
    nothing.emplace("", Counting(sources.definition, plan, 0));
    for (const auto& office : sources.offices.all())
        nothing.emplace(office.code, Counting(sources.definition, plan, sources.words.bit(Trait::town, office.code)));
    std::vector shares(counting_threads(), nothing);
    std::vector<std::function<void(const ledger::Counted&)>> uses;
    for (auto& share : shares)
        uses.emplace_back([&share](const ledger::Counted& counted) {
            for (auto& [scope, of_scope] : share) of_scope.add(counted.spans[0]);
        });
    sources.lives.count_for_report(question, uses);
    std::map<std::string, std::string> figures;
    for (auto& [scope, of_scope] : nothing) {
        for (const auto& share : shares) of_scope.add(share.at(scope));
        figures[scope] = as_json(sources.definition, of_scope.figures());
    }
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
