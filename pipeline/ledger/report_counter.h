#pragma once
#include "pipeline/ledger/report_certificates.h"
#include "pipeline/ledger/report_life.h"
#include "pipeline/ledger/said_traits.h"

#include <functional>
#include <span>

namespace dengji::ledger {

/// A registration as it comes out of the database for a report.
struct ReportRow {
    long long life = 0, person = 0; ///< person: 0 when it was not looked for yet
    std::string registration, office, channel, state, changed_on, born;
    bool again = false;      ///< follows an earlier one
    std::string said, steps; ///< see report_row.h
};

/// Works out what people bring to the figures of a report. One for each thread.
class ReportCounter {
public:
    ReportCounter(const ReportQuestion& question, const rules::RuleBook& book, const templates::Offices& offices);

    /// `rows`: all registrations of one person, in the order in which they came in; of nobody one at a time. Calls
    /// `use` with each that brings something.
    void count(std::span<const ReportRow> rows, const std::function<void(const Counted&)>& use);

private:
    struct Known;

    int period_of_event(Date effective, long long id) const;
    void read_certificates(std::span<const ReportRow> rows);
    bool matters(const ReportRow& row, std::size_t index) const;
    void read_events(const std::vector<PackedStep>& steps);
    std::vector<Before> changes_in(const std::vector<PackedStep>& steps) const;
    void count_row(const ReportRow& row, std::size_t index, const std::function<void(const Counted&)>& use);
    Traits traits_at(Known& known, const ReportLife& life, std::size_t boundary);
    std::uint64_t town(const std::string& office) const;
    std::uint64_t first_town(const Known& known) const;

    const ReportQuestion& question_;
    const rules::RuleBook& book_;
    const templates::Offices& offices_;
    const std::string since_;
    const long long closed_; ///< the last event of the last period that was closed before the first of the question
    SaidTraits said_traits_;
    // Of the person that is being counted. Kept, so that their memory is.
    std::vector<std::vector<PackedStep>> steps_; ///< by registration
    ReportCertificates certificates_;
    std::vector<ReportEvent> events_;
    Counted counted_;
};

} // namespace dengji::ledger
