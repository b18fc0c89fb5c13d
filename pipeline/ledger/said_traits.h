#pragma once
#include "pipeline/ledger/report_row.h"

#include <unordered_map>

namespace dengji::ledger {

/// The values of a row of table report_rows as they are looked at when some of them have changed.
ReportValues report_values(const SaidValues& said);
/// The text of a value; of a list its first; "" when there is none.
std::string text_of(const SaidValues& said, ReportField field);

/// traits_of() for many rows. What a trait is follows from a few values that many people share: each combination of
/// them is worked out once.
class SaidTraits {
public:
    explicit SaidTraits(const ReportQuestion& question) : question_(question) {}

    /// What traits_of() gives, but for ages and times.
    Traits of(const SaidValues& said);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    using Known = std::unordered_map<std::string, std::uint64_t, Hash, std::equal_to<>>;

    const ReportQuestion& question_;
    std::array<Known, templates::word_trait_count> known_;
    std::string key_;
};

} // namespace dengji::ledger
