#include "pipeline/ledger/report_life.h"

#include "pipeline/ledger/life_details.h"
#include "pipeline/ledger/life_event.h"
#include "pipeline/rules/deadlines.h"

#include <algorithm>

namespace dengji::ledger {

using templates::Measure;
using templates::Trait;

ReportLife::ReportLife(std::vector<ReportEvent>& events, const ReportQuestion& question, const rules::RuleBook& book,
                       rules::Channel channel)
    : question_(question), book_(book), channel_(channel), yes_(question.words.bit(Trait::in_time, "是")),
      no_(question.words.bit(Trait::in_time, "否")), events_(events) {
    moments_.reserve(question.periods.size() + 1);
    const auto earlier = [](const auto& one, const auto& other) { return one.period < other.period; };
    if (!std::is_sorted(events.begin(), events.end(), earlier)) std::stable_sort(events.begin(), events.end(), earlier);
    for (const auto& event : events_)
        if (event.step == ReportStep::withdraw)
            withdrawn_.emplace(event_named(std::string(event.outcome)), event.period);
    for (const auto& event : events_) {
        while (static_cast<int>(moments_.size()) <= event.period) pass_boundary();
        take(event);
    }
    while (moments_.size() <= question.periods.size()) pass_boundary();
}

void ReportLife::pass_boundary() {
    Moment moment;
    moment.open = open_;
    moment.pending = pending_;
    if (pending_ && !moments_.empty()) {
        const Date end = question_.periods[moments_.size() - 1].until;
        moment.in_time = in_time(!is_late(end));
    }
    moments_.push_back(moment);
}

bool ReportLife::is_late(Date on) const {
    rules::ClockFacts clock;
    clock.submitted_on = submitted_on_;
    clock.survey = survey_;
    return rules::review_deadline(book_.settings.deadlines, book_.calendar, channel_, clock).overdue(on);
}

Tally* ReportLife::note(const ReportEvent& event, Measure measure, int count) {
    if (event.period < 0) return nullptr;
    auto& happening = happened_.emplace_back();
    happening.period = event.period;
    happening.tally.measure = measure;
    happening.tally.count = count;
    return &happening.tally;
}

void ReportLife::decide(const ReportEvent& event, Measure measure) {
    if (pending_)
        if (Tally* tally = note(event, measure)) tally->in_time = in_time(!is_late(event.on));
    pending_ = false;
}

void ReportLife::take(const ReportEvent& event) {
    switch (event.step) {
    case ReportStep::received:
    case ReportStep::receipt:
    case ReportStep::resubmit:
        if (!pending_) {
            note(event, Measure::received);
            survey_.reset();
        }
        pending_ = true;
        // The day that a person gave counts, not that on which the program first saw the paper.
        if (event.step != ReportStep::received || !receipt_known_) submitted_on_ = event.on;
        receipt_known_ = receipt_known_ || event.step == ReportStep::receipt;
        break;
    case ReportStep::survey_open:
        survey_ = rules::Survey{event.on, std::nullopt, "", ""};
        note(event, Measure::surveyed);
        break;
    case ReportStep::survey_close:
        if (!survey_) break;
        survey_->closed_on = event.on;
        if (Tally* tally = note(event, Measure::survey_closed)) {
            const auto deadline = rules::survey_deadline(book_.settings.deadlines, book_.calendar, *survey_);
            tally->in_time = in_time(!deadline.overdue(event.on));
        }
        break;
    case ReportStep::enter:
        decide(event, Measure::granted);
        note(event, Measure::entered);
        open_ = true;
        break;
    case ReportStep::refuse: decide(event, Measure::refused); break;
    case ReportStep::give_back: decide(event, Measure::returned); break;
    case ReportStep::cancel: {
        const auto& correcting = question_.report.correcting;
        const bool correction = std::find(correcting.begin(), correcting.end(), event.outcome) != correcting.end();
        if (Tally* tally = note(event, correction ? Measure::corrections : Measure::cancelled, correction ? -1 : 1))
            tally->cancel_reason = question_.words.bit(Trait::cancel_reason, event.outcome);
        open_ = false;
        break;
    }
    case ReportStep::restore:
        note(event, Measure::corrections);
        open_ = true;
        break;
    default: break; // looked at where it is asked for
    }
}

/// Whether an event counts no more at a boundary, because it was taken back before it.
bool ReportLife::withdrawn(const ReportEvent& event, std::size_t boundary) const {
    const auto found = withdrawn_.find(event.id);
    return found != withdrawn_.end() && found->second < static_cast<int>(boundary);
}

bool ReportLife::hardship_at(std::size_t boundary) const {
    bool recognised = false;
    for (const auto& event : events_)
        if (event.step == ReportStep::hardship && event.period < static_cast<int>(boundary) &&
            !withdrawn(event, boundary))
            recognised = has_word(std::string(event.outcome), "recognised");
    return recognised;
}

std::uint64_t ReportLife::verified_at(std::size_t boundary) const {
    std::uint64_t verified = 0;
    for (const auto& event : events_)
        if (event.step == ReportStep::verify_category && event.period < static_cast<int>(boundary) &&
            !withdrawn(event, boundary))
            verified |= question_.words.bit(Trait::verified_category, event.outcome);
    return verified;
}

bool ReportLife::anything(std::size_t first, std::size_t last) const {
    const auto& start = moments_[first];
    if (start.open || start.pending) return true;
    return std::any_of(happened_.begin(), happened_.end(), [&](const Happening& happening) {
        return happening.period >= static_cast<int>(first) && happening.period <= static_cast<int>(last);
    });
}

bool ReportLife::late(std::size_t first, std::size_t last) const {
    return std::any_of(events_.begin(), events_.end(), [&](const ReportEvent& event) {
        return event.late && event.period >= static_cast<int>(first) && event.period <= static_cast<int>(last);
    });
}

void ReportLife::tally(std::size_t first, std::size_t last, std::vector<Tally>& into) const {
    const std::size_t end_moment = last + 1 - first;
    const auto add = [&](Measure measure, std::size_t moment, std::uint64_t in_time, int count = 1) {
        Tally tally;
        tally.measure = measure;
        tally.count = count;
        tally.moment = moment;
        tally.in_time = in_time;
        into.push_back(tally);
    };
    const auto &start = moments_[first], &end = moments_[last + 1];
    bool was_open = start.open;
    if (start.open) add(Measure::opening, 0, 0);
    if (end.open) add(Measure::closing, end_moment, 0);
    if (start.pending) add(Measure::pending_opening, 0, 0);
    if (end.pending) add(Measure::pending_closing, end_moment, end.in_time);
    for (const auto& [period, tally] : happened_) {
        if (period < static_cast<int>(first) || period > static_cast<int>(last)) continue;
        into.push_back(tally);
        into.back().moment = static_cast<std::size_t>(period) + 1 - first;
        was_open =
            was_open || tally.measure == Measure::entered || (tally.measure == Measure::corrections && tally.count > 0);
    }
    if (!was_open) return;
    // Whoever is open and is not what they were goes from one cell to another, without coming or leaving.
    for (std::size_t from = first, to = first; from <= last; from = to + 1) {
        to = from;
        if (!moments_[from].open) continue;
        while (to < last && moments_[to + 1].open) ++to;
        add(Measure::corrections, to + 1 - first, 0);
        add(Measure::corrections, from - first, 0, -1);
    }
    add(Measure::to_follow, end_moment, 0);
    for (const auto& event : events_)
        if ((event.step == ReportStep::contact || event.step == ReportStep::first_contact) &&
            event.period >= static_cast<int>(first) && event.period <= static_cast<int>(last) &&
            !withdrawn(event, last + 1)) {
            add(Measure::followed, end_moment, 0);
            break;
        }
}

} // namespace dengji::ledger
