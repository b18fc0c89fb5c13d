#pragma once
#include "pipeline/ledger/report_period.h"
#include "pipeline/rules/rule_book.h"

#include <functional>

namespace dengji::ledger {

/// What is known of a person at one moment, in the words that reports count by.
struct Traits {
    std::array<std::uint64_t, templates::word_trait_count> words{}; ///< bits of templates::ReportWords
    int age = templates::unknown_number, months = templates::unknown_number;

    std::uint64_t of(templates::Trait trait) const { return words[templates::index_of(trait)]; }
    int number(templates::Trait trait) const { return trait == templates::Trait::age ? age : months; }
    bool operator==(const Traits&) const = default;
};

/// Something to be counted.
struct Tally {
    templates::Measure measure = templates::Measure::closing;
    int count = 1;          ///< may be negative for corrections
    std::size_t moment = 0; ///< whose traits it has: index of SpanFacts::moments
    /// Words that take the place of the person's: of cancel_reason, in_time and town; 0: none.
    std::uint64_t cancel_reason = 0, in_time = 0, town = 0;
};

/// What a registration brings to the figures of a span of periods.
struct SpanFacts {
    /// At the beginning of the span and at the end of each of its periods. Those in between are only there where a
    /// tally has them. What happens counts with the traits at the end of its period, so that the figures of a span are
    /// the sums of its periods' even where people move between towns in the meantime.
    std::vector<Traits> moments;
    std::vector<Tally> tallies;
    bool late = false; ///< an event of it took effect in a period that had been closed

    const Traits& after() const { return moments.back(); }
};

/// A registration as a report counts it.
struct Counted {
    std::string registration, name, number; ///< the number in full: mask it before it is shown
    long long life = 0, person = 0;         ///< life: registrations came in in the order of these
    std::vector<SpanFacts> spans;           ///< as in the question
};

struct ReportQuestion {
    std::vector<ReportPeriod> periods;                      ///< one after the other
    std::vector<std::pair<std::size_t, std::size_t>> spans; ///< first and last period of each
    std::vector<ClosedPeriod> closed;                       ///< that move later entries, in the order of time
    const templates::Report& report;
    const templates::ReportWords& words;
};

} // namespace dengji::ledger
