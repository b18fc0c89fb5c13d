#include "pipeline/ledger/report_certificates.h"

namespace dengji::ledger {

using templates::Measure;

void ReportCertificates::issue(long long person, const std::string& registration, long long event, int period) {
    auto& holder = persons_[person];
    const bool first = holder.changes.empty();
    const bool renewed = !first && !holder.ended_by.empty();
    if (first) holder.registration = registration;
    holder.ended_by.clear();
    holder.changes.push_back(
        {event, period, first || renewed ? Measure::certificates_issued : Measure::certificates_replaced});
}

void ReportCertificates::end(long long person, const std::string& registration, long long event, int period) {
    const auto found = persons_.find(person);
    if (found == persons_.end() || !found->second.ended_by.empty()) return;
    found->second.ended_by = registration;
    found->second.changes.push_back({event, period, Measure::certificates_void});
}

void ReportCertificates::restore(long long person, const std::string& registration, long long event, int period) {
    const auto found = persons_.find(person);
    if (found == persons_.end() || found->second.ended_by != registration) return;
    found->second.ended_by.clear();
    found->second.changes.push_back({event, period, Measure::certificates_restored});
}

bool ReportCertificates::valid_at(const Person& person, std::size_t boundary) {
    bool valid = false;
    for (const auto& change : person.changes)
        if (change.period < static_cast<int>(boundary)) valid = change.what != Measure::certificates_void;
    return valid;
}

bool ReportCertificates::valid_at(long long person, std::size_t boundary) const {
    const auto found = persons_.find(person);
    return found != persons_.end() && valid_at(found->second, boundary);
}

std::vector<Tally> ReportCertificates::tallies(long long person, const std::string& registration, std::size_t first,
                                               std::size_t last) const {
    const auto found = persons_.find(person);
    if (found == persons_.end() || found->second.registration != registration) return {};
    std::vector<Tally> tallies;
    const auto add = [&](Measure measure) {
        Tally tally;
        tally.measure = measure;
        tallies.push_back(tally);
    };
    if (valid_at(found->second, first)) add(Measure::certificates_opening);
    for (const auto& change : found->second.changes)
        if (change.period >= static_cast<int>(first) && change.period <= static_cast<int>(last)) add(change.what);
    if (valid_at(found->second, last + 1)) add(Measure::certificates_closing);
    return tallies;
}

} // namespace dengji::ledger
