#pragma once
#include "pipeline/ledger/report_facts.h"
#include "pipeline/ledger/report_row.h"
#include "pipeline/rules/application.h"
#include "pipeline/rules/facts.h"

namespace dengji::ledger {

/// An event as far as reports go by it. `period`: index of the one that it counts in; -1 before the first.
struct ReportEvent {
    long long id = 0;
    ReportStep step = ReportStep::received;
    std::string_view outcome; ///< of the row that it was unpacked from
    Date on;
    int period = 0;
    bool late = false;
};

/// The life of one registration, period by period: what it is when each begins and ends, and what happened in between.
/// Boundary b is the moment at which period b begins; boundary n, of n periods, the end of the last.
class ReportLife {
public:
    /// `events` in the order in which they were written down, none of them later than the last period. They are put in
    /// the order of their periods, and are referred to.
    ReportLife(std::vector<ReportEvent>& events, const ReportQuestion& question, const rules::RuleBook& book,
               rules::Channel channel);

    bool open_at(std::size_t boundary) const { return moments_[boundary].open; }
    bool hardship_at(std::size_t boundary) const;
    std::uint64_t verified_at(std::size_t boundary) const;
    bool anything(std::size_t first, std::size_t last) const; ///< is there anything to be counted in these periods?
    bool late(std::size_t first, std::size_t last) const;

    /// Adds what is to be counted in these periods, but for certificates.
    void tally(std::size_t first, std::size_t last, std::vector<Tally>& into) const;

private:
    struct Moment {
        bool open = false, pending = false;
        std::uint64_t in_time = 0; ///< of what is pending
    };
    struct Happening {
        int period = 0;
        Tally tally;
    };
    void take(const ReportEvent& event);
    void decide(const ReportEvent& event, templates::Measure measure);
    /// The tally; nullptr before the first period.
    Tally* note(const ReportEvent& event, templates::Measure measure, int count = 1);
    void pass_boundary();
    std::uint64_t in_time(bool is) const { return is ? yes_ : no_; }
    bool is_late(Date on) const;
    bool withdrawn(const ReportEvent& event, std::size_t boundary) const;

    const ReportQuestion& question_;
    const rules::RuleBook& book_;
    rules::Channel channel_;
    std::uint64_t yes_, no_;
    const std::vector<ReportEvent>& events_;
    std::vector<Moment> moments_;
    std::vector<Happening> happened_;    ///< by period
    std::map<long long, int> withdrawn_; ///< event -> period in which it was taken back
    // Where it stands while the events are gone through.
    bool open_ = false, pending_ = false, receipt_known_ = false;
    Date submitted_on_{};
    std::optional<rules::Survey> survey_;
};

} // namespace dengji::ledger
