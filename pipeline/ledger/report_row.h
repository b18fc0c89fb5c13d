#pragma once
#include "pipeline/base/dates.h"
#include "pipeline/ledger/report_traits.h"

#include <string_view>

namespace dengji::ledger {

/// Events that reports go by; each is the letter that stands for it in table report_rows.
enum class ReportStep : char {
    received = 'a',
    receipt = 'b',
    resubmit = 'c',
    survey_open = 'd',
    survey_close = 'e',
    enter = 'f', ///< register
    refuse = 'g',
    give_back = 'h', ///< return
    cancel = 'i',
    restore = 'j',
    hardship = 'k',
    verify_category = 'l',
    withdraw = 'm',
    contact = 'n',
    first_contact = 'o',
    certificate_issue = 'p',
    change = 'q',
    correct = 'r',
    undo = 's',
    office = 't',
};

/// Each with the action of its events.
const std::vector<std::pair<ReportStep, std::string_view>>& report_steps();

/// A change of values or of the office, whose details say what was there before.
constexpr bool is_change(ReportStep step) noexcept {
    return step == ReportStep::change || step == ReportStep::correct || step == ReportStep::undo ||
           step == ReportStep::office;
}

/// The letter of a field in table report_rows.
constexpr char letter_of(ReportField field) noexcept {
    return static_cast<char>('a' + static_cast<int>(field));
}

/// A value as it lies in the row.
struct SaidValue {
    char type = 0; ///< first letter of its type; 0: there is none
    std::string_view stored;
    std::string_view packed; ///< both of them and their length: equal values have it equal
};
using SaidValues = std::array<SaidValue, report_field_count>;

/// An event as it lies in the row.
struct PackedStep {
    ReportStep step = ReportStep::received;
    long long id = 0;
    Date on;
    std::string_view outcome, details; ///< details: of changes only
};

// Both read a column of report_rows; what they give refers to it. They throw Error(data) for what its triggers can't
// have written.
SaidValues said_values(std::string_view said);
void unpack_steps(std::string_view steps, std::vector<PackedStep>& into); ///< what was in `into` goes

} // namespace dengji::ledger
