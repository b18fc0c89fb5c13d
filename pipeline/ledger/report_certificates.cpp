#include "pipeline/ledger/report_certificates.h"

#include <algorithm>

namespace dengji::ledger {

using templates::Measure;

void ReportCertificates::clear() {
    registration_ = 0;
    ended_by_.reset();
    changes_.clear();
}

void ReportCertificates::issue(std::size_t registration, int period) {
    const bool first = changes_.empty();
    const bool renewed = !first && ended_by_;
    if (first) registration_ = registration;
    ended_by_.reset();
    changes_.push_back({period, first || renewed ? Measure::certificates_issued : Measure::certificates_replaced});
}

void ReportCertificates::end(std::size_t registration, int period) {
    if (changes_.empty() || ended_by_) return;
    ended_by_ = registration;
    changes_.push_back({period, Measure::certificates_void});
}

void ReportCertificates::restore(std::size_t registration, int period) {
    if (ended_by_ != registration) return;
    ended_by_.reset();
    changes_.push_back({period, Measure::certificates_restored});
}

bool ReportCertificates::valid_at(std::size_t boundary) const {
    bool valid = false;
    for (const auto& change : changes_)
        if (change.period < static_cast<int>(boundary)) valid = change.what != Measure::certificates_void;
    return valid;
}

bool ReportCertificates::anything(std::size_t first, std::size_t last) const {
    if (valid_at(first) || valid_at(last + 1)) return true;
    return std::any_of(changes_.begin(), changes_.end(), [&](const Change& change) {
        return change.period >= static_cast<int>(first) && change.period <= static_cast<int>(last);
    });
}

void ReportCertificates::tally(std::size_t first, std::size_t last, std::vector<Tally>& into,
                               std::uint64_t town) const {
    const auto add = [&](Measure measure) {
        Tally tally;
        tally.measure = measure;
        tally.moment = last + 1 - first;
        tally.town = town;
        into.push_back(tally);
    };
    if (valid_at(first)) add(Measure::certificates_opening);
    for (const auto& change : changes_)
        if (change.period >= static_cast<int>(first) && change.period <= static_cast<int>(last)) add(change.what);
    if (valid_at(last + 1)) add(Measure::certificates_closing);
}

} // namespace dengji::ledger
