#pragma once
#include "pipeline/ledger/report_facts.h"

#include <unordered_map>

namespace dengji::ledger {

/// The certificates of all persons. A certificate belongs to the registration under which the person got the first one;
/// it stays valid when that is cancelled, unless it is for one of the report's reasons.
class ReportCertificates {
public:
    struct Change {
        long long event = 0;
        int period = 0;
        templates::Measure what = templates::Measure::certificates_issued;
    };

    /// An issue, a cancellation that ends certificates, or the restoring of one that did. In the order of the events.
    void issue(long long person, const std::string& registration, long long event, int period);
    void end(long long person, const std::string& registration, long long event, int period);
    void restore(long long person, const std::string& registration, long long event, int period);

    bool valid_at(long long person, std::size_t boundary) const;
    /// What the person's certificate brings to the figures, when this registration is the one that it belongs to.
    std::vector<Tally> tallies(long long person, const std::string& registration, std::size_t first,
                               std::size_t last) const;

private:
    struct Person {
        std::string registration, ended_by; ///< ended_by: registration whose cancellation ended it; "" while valid
        std::vector<Change> changes;
    };
    static bool valid_at(const Person& person, std::size_t boundary);

    std::unordered_map<long long, Person> persons_;
};

} // namespace dengji::ledger
