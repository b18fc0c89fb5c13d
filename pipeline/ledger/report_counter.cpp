#include "pipeline/ledger/report_counter.h"

#include "pipeline/ledger/life.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

using templates::ReportWords;
using templates::Trait;

long long closed_before(const ReportQuestion& question) {
    long long last = std::numeric_limits<long long>::max();
    for (const auto& period : question.closed)
        if (period.until < question.periods.front().from) last = std::min(last, period.last_event);
    return last;
}

} // namespace

/// What is known of the registration that is being counted.
struct ReportCounter::Known {
    const ReportRow& row;
    SaidValues said;
    std::vector<Before> changes;
    /// Most registrations never change, and those that do are the same at most boundaries: what the values say is
    /// worked out again only when another number of changes lies ahead.
    std::optional<std::size_t> ahead;
    Traits traits;
    Beginnings beginnings;
    std::vector<std::optional<Traits>> at; ///< by boundary
};

ReportCounter::ReportCounter(const ReportQuestion& question, const rules::RuleBook& book,
                             const templates::Offices& offices)
    : question_(question), book_(book), offices_(offices), since_(format(question.periods.front().from)),
      closed_(closed_before(question)), said_traits_(question) {}

void ReportCounter::count(std::span<const ReportRow> rows, const std::function<void(const Counted&)>& use) {
    if (steps_.size() < rows.size()) steps_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) unpack_steps(rows[i].steps, steps_[i]);
    read_certificates(rows);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (matters(rows[i], i)) count_row(rows[i], i, use);
}

int ReportCounter::period_of_event(Date effective, long long id) const {
    const Date on = counted_on(effective, id, question_.closed);
    if (on < question_.periods.front().from) return -1;
    int index = 0;
    for (const auto& period : question_.periods) {
        if (on <= period.until) return index;
        ++index;
    }
    return index;
}

void ReportCounter::read_certificates(std::span<const ReportRow> rows) {
    certificates_.clear();
    if (rows.front().person == 0) return;
    struct Paper {
        const PackedStep* step;
        std::size_t registration;
    };
    const auto& ends = question_.report.void_certificate;
    std::vector<Paper> papers;
    bool any = false;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const auto& step : steps_[i]) {
            const bool counts =
                step.step == ReportStep::certificate_issue || step.step == ReportStep::restore ||
                (step.step == ReportStep::cancel && std::find(ends.begin(), ends.end(), step.outcome) != ends.end());
            if (counts) papers.push_back({&step, i});
            any = any || step.step == ReportStep::certificate_issue;
        }
    if (!any) return;
    std::sort(papers.begin(), papers.end(),
              [](const Paper& one, const Paper& other) { return one.step->id < other.step->id; });
    for (const auto& [step, registration] : papers) {
        const int period = period_of_event(step->on, step->id);
        if (step->step == ReportStep::certificate_issue)
            certificates_.issue(registration, period);
        else if (step->step == ReportStep::cancel)
            certificates_.end(registration, period);
        else
            certificates_.restore(registration, period);
    }
}

/// Whether the registration was not settled before the first period: open or pending, changed since, with events that
/// count later than they took effect, or with a certificate.
bool ReportCounter::matters(const ReportRow& row, std::size_t index) const {
    const auto state = state_named(row.state);
    if (!state || is_pending(*state) || is_open(*state) || row.changed_on >= since_) return true;
    if (certificates_.belongs_to(index)) return true;
    const Date since = question_.periods.front().from;
    return std::any_of(steps_[index].begin(), steps_[index].end(),
                       [&](const PackedStep& step) { return step.id > closed_ && step.on < since; });
}

void ReportCounter::read_events(const std::vector<PackedStep>& steps) {
    const Date since = question_.periods.front().from, until = question_.periods.back().until;
    const int periods = static_cast<int>(question_.periods.size());
    events_.clear();
    for (const auto& step : steps) {
        if (is_change(step.step) || step.step == ReportStep::certificate_issue || step.on > until) continue;
        const bool contact = step.step == ReportStep::contact || step.step == ReportStep::first_contact;
        if (contact && step.on < since && step.id <= closed_) continue;
        const int period = period_of_event(step.on, step.id);
        if (period >= periods) continue;
        const bool late = period >= 0 && step.on < question_.periods[static_cast<std::size_t>(period)].from;
        events_.push_back({step.id, step.step, step.outcome, step.on, period, late});
    }
}

std::vector<Before> ReportCounter::changes_in(const std::vector<PackedStep>& steps) const {
    std::vector<Before> changes;
    for (const auto& step : steps) {
        if (!is_change(step.step)) continue;
        const bool moves = step.step == ReportStep::office;
        if (!moves && !report_field(step.outcome)) continue;
        const auto details = nlohmann::json::parse(step.details, nullptr, false);
        Before before;
        before.event = step.id;
        before.period = period_of_event(step.on, step.id);
        before.key = moves ? "office" : step.outcome;
        if (details.is_object() && details.contains("before") && details["before"].is_string())
            before.value = details["before"].get<std::string>();
        if (moves) before.after = step.outcome;
        changes.push_back(std::move(before));
    }
    return changes;
}

std::uint64_t ReportCounter::town(const std::string& office) const {
    const auto bit = question_.words.bit(Trait::town, office);
    return bit != 0 ? bit : question_.words.bit(Trait::town, ReportWords::other_town);
}

/// A certificate stays with the town in which its registration began, so that each town's stock adds up.
std::uint64_t ReportCounter::first_town(const Known& known) const {
    for (const auto& change : known.changes)
        if (change.key == "office") return town(change.value);
    return town(known.row.office);
}

Traits ReportCounter::traits_at(Known& known, const ReportLife& life, std::size_t boundary) {
    const auto& words = question_.words;
    const auto& row = known.row;
    const Date on = boundary == 0 ? Date(std::chrono::sys_days(question_.periods[0].from) - std::chrono::days(1))
                                  : question_.periods[boundary - 1].until;
    const auto ahead =
        static_cast<std::size_t>(std::count_if(known.changes.begin(), known.changes.end(), [&](const Before& change) {
            return change.period >= static_cast<int>(boundary);
        }));
    if (known.ahead != ahead) {
        known.ahead = ahead;
        auto& handled = known.traits.words[templates::index_of(Trait::town)];
        if (known.changes.empty()) {
            known.traits = said_traits_.of(known.said);
            known.beginnings = beginnings_of(text_of(known.said, ReportField::unemployed_since),
                                             text_of(known.said, ReportField::id_number), row.born);
            handled = town(row.office);
        } else {
            const auto values = values_at(report_values(known.said), known.changes, boundary);
            known.traits = traits_of(values, row.born, on, question_);
            known.beginnings = beginnings_of(values.text(ReportField::unemployed_since),
                                             values.text(ReportField::id_number), row.born);
            handled = town(office_at(row.office, values, known.changes, boundary, offices_));
        }
        known.traits.words[templates::index_of(Trait::again)] = words.bit(Trait::again, row.again ? "是" : "否");
        known.traits.words[templates::index_of(Trait::channel)] = words.bit(Trait::channel, row.channel);
    }
    Traits traits = known.traits;
    set_times(traits, known.beginnings, on);
    const auto yes_no = [&](Trait trait, bool yes) {
        traits.words[templates::index_of(trait)] = words.bit(trait, yes ? "是" : "否");
    };
    yes_no(Trait::certificate, certificates_.valid_at(boundary));
    yes_no(Trait::hardship, life.hardship_at(boundary));
    traits.words[templates::index_of(Trait::verified_category)] = life.verified_at(boundary);
    return traits;
}

void ReportCounter::count_row(const ReportRow& row, std::size_t index, const std::function<void(const Counted&)>& use) {
    read_events(steps_[index]);
    const auto channel = channel_named(row.channel).value_or(rules::Channel::counter);
    const ReportLife life(events_, question_, book_, channel);
    const bool certificate = certificates_.belongs_to(index);
    counted_.spans.resize(question_.spans.size());
    std::optional<Known> known;
    const auto traits = [&](std::size_t boundary) -> const Traits& {
        if (!known) {
            known.emplace(row, said_values(row.said), changes_in(steps_[index]));
            known->at.resize(question_.periods.size() + 1);
        }
        auto& at = known->at[boundary];
        if (!at) at = traits_at(*known, life, boundary);
        return *at;
    };
    for (std::size_t i = 0; i < question_.spans.size(); ++i) {
        const auto [first, last] = question_.spans[i];
        auto& span = counted_.spans[i];
        span.tallies.clear();
        span.late = false;
        const bool has_certificate = certificate && certificates_.anything(first, last);
        if (!has_certificate && !life.anything(first, last)) continue;
        span.late = life.late(first, last);
        span.moments.resize(last + 2 - first);
        span.moments.back() = traits(last + 1);
        life.tally(first, last, span.tallies);
        for (const auto& tally : span.tallies) span.moments[tally.moment] = traits(first + tally.moment);
        if (has_certificate) certificates_.tally(first, last, span.tallies, first_town(*known));
    }
    if (!known) return; // nothing to count
    counted_.life = row.life;
    counted_.person = row.person;
    counted_.registration = row.registration;
    counted_.name = text_of(known->said, ReportField::name);
    counted_.number = text_of(known->said, ReportField::id_number);
    use(counted_);
}

} // namespace dengji::ledger
