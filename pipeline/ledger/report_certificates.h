#pragma once
#include "pipeline/ledger/report_facts.h"

#include <optional>

namespace dengji::ledger {

/// The certificate of one person. It belongs to the registration under which the person got the first one; it stays
/// valid when that is cancelled, unless it is for one of the report's reasons. Registrations are indexes among the
/// person's.
class ReportCertificates {
public:
    /// Begins with the next person.
    void clear();

    /// An issue, a cancellation that ends certificates, or the restoring of one that did. In the order of the events.
    void issue(std::size_t registration, int period);
    void end(std::size_t registration, int period);
    void restore(std::size_t registration, int period);

    bool valid_at(std::size_t boundary) const;
    /// Is it this registration that the person's certificate belongs to?
    bool belongs_to(std::size_t registration) const { return !changes_.empty() && registration_ == registration; }
    /// Adds what the certificate brings to the figures.
    void tally(std::size_t first, std::size_t last, std::vector<Tally>& into, std::uint64_t town) const;
    /// Whether tally() would add anything.
    bool anything(std::size_t first, std::size_t last) const;

private:
    struct Change {
        int period = 0;
        templates::Measure what = templates::Measure::certificates_issued;
    };

    std::size_t registration_ = 0;
    std::optional<std::size_t> ended_by_; ///< registration whose cancellation ended it; nothing while it is valid
    std::vector<Change> changes_;
};

} // namespace dengji::ledger
