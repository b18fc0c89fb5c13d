#pragma once
#include "templates/form.h"
#include "templates/offices.h"
#include "templates/rule_settings.h"

#include <array>
#include <cstdint>
#include <optional>

namespace dengji::templates {

/// What a report counts people by. All but the last two hold words of a list, some of them several at once.
enum class Trait {
    sex,
    hukou,
    education,
    unemployment_reason,
    category,          ///< as ticked; several at once
    verified_category, ///< those of them that a clerk has seen the paper of
    hukou_place,
    health,
    benefit,     ///< claims 失业保险金
    certificate, ///< holds a valid 就业创业证
    hardship,    ///< recognised, not merely ticked
    again,       ///< follows an earlier registration that was cancelled
    channel,
    cancel_reason,
    town,    ///< that handles the person
    in_time, ///< of decisions, surveys and open applications
    age,     ///< full years
    months,  ///< full months since 失业时间
};
constexpr std::size_t trait_count = 18, word_trait_count = 16;
constexpr std::size_t most_words = 64; ///< of one trait: a bit each

constexpr std::size_t index_of(Trait trait) noexcept {
    return static_cast<std::size_t>(trait);
}
constexpr bool is_number(Trait trait) noexcept {
    return index_of(trait) >= word_trait_count;
}

/// What reports count: the stock of registrations and what moves it, follow-up, certificates, applications.
enum class Measure {
    opening,     ///< open when the period begins
    entered,     ///< registered in the period
    cancelled,   ///< in the period; for a reason of the notice
    corrections, ///< net: withdrawn as mistaken, restored, or of other traits than before
    closing,     ///< open when the period ends
    to_follow,   ///< open at any time of the period
    followed,    ///< of them: contacted in the period
    certificates_opening,
    certificates_issued, ///< a person's first
    certificates_replaced,
    certificates_restored,
    certificates_void,
    certificates_closing,
    pending_opening, ///< applications that wait for a decision
    received,
    granted,
    returned,
    refused,
    surveyed,      ///< surveys begun
    survey_closed, ///< surveys ended
    pending_closing,
};
constexpr std::size_t measure_count = 21;

std::string_view name_of(Trait trait) noexcept;     ///< as in a definition: "unemployment_reason"
std::string_view name_of(Measure measure) noexcept; ///< "certificates-issued"
std::optional<Trait> trait_named(std::string_view name) noexcept;
std::optional<Measure> measure_named(std::string_view name) noexcept;

/// The words of each trait, each a bit.
class ReportWords {
public:
    static constexpr auto unknown = "不明";
    static constexpr auto no_category = "无类别";
    static constexpr auto other_town = "other"; ///< what no town handles

    /// Options come from the form, towns from the offices, reasons from the settings. Throws Error(data) when a list is
    /// too long.
    ReportWords(const Form& form, const Offices& offices, const RuleSettings& settings);

    const std::vector<std::string>& of(Trait trait) const { return words_[index_of(trait)]; }
    /// 0 when the trait has no such word.
    std::uint64_t bit(Trait trait, std::string_view word) const noexcept;
    /// The word's bit, or that of 不明.
    std::uint64_t bit_or_unknown(Trait trait, std::string_view word) const noexcept;

private:
    std::array<std::vector<std::string>, trait_count> words_;
};

} // namespace dengji::templates
