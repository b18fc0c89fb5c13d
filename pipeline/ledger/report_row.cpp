#include "pipeline/ledger/report_row.h"

#include "pipeline/base/error.h"

#include <charconv>

namespace dengji::ledger {
namespace {

[[noreturn]] void refuse_row() {
    throw Error(ErrorKind::data, "the register holds a row for reports that this program can't have written",
                "Restore it from a backup.");
}

/// Goes through a packed text from its beginning.
class Unpacking {
public:
    explicit Unpacking(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    const char* place() const { return rest_.data(); }

    char letter() {
        if (rest_.empty()) refuse_row();
        const char found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }

    long long number_until(char end) {
        long long value = 0;
        const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        const auto length = static_cast<std::size_t>(stop - rest_.data());
        if (error != std::errc{} || length >= rest_.size() || *stop != end) refuse_row();
        rest_.remove_prefix(length + 1);
        return value;
    }

    Date day() {
        const auto found = parse_date(rest_.substr(0, 10));
        if (!found || rest_.size() < 11 || rest_[10] != ',') refuse_row();
        rest_.remove_prefix(11);
        return *found;
    }

    std::string_view measured() {
        const long long length = number_until(':');
        if (length < 0 || static_cast<std::size_t>(length) > rest_.size()) refuse_row();
        const auto text = rest_.substr(0, static_cast<std::size_t>(length));
        rest_.remove_prefix(text.size());
        return text;
    }

private:
    std::string_view rest_;
};

} // namespace

const std::vector<std::pair<ReportStep, std::string_view>>& report_steps() {
    static const std::vector<std::pair<ReportStep, std::string_view>> steps = {
        {ReportStep::received, "received"},
        {ReportStep::receipt, "receipt"},
        {ReportStep::resubmit, "resubmit"},
        {ReportStep::survey_open, "survey-open"},
        {ReportStep::survey_close, "survey-close"},
        {ReportStep::enter, "register"},
        {ReportStep::refuse, "refuse"},
        {ReportStep::give_back, "return"},
        {ReportStep::cancel, "cancel"},
        {ReportStep::restore, "restore"},
        {ReportStep::hardship, "hardship"},
        {ReportStep::verify_category, "verify-category"},
        {ReportStep::withdraw, "withdraw"},
        {ReportStep::contact, "contact"},
        {ReportStep::first_contact, "first-contact"},
        {ReportStep::certificate_issue, "certificate-issue"},
        {ReportStep::change, "change"},
        {ReportStep::correct, "correct"},
        {ReportStep::undo, "undo"},
        {ReportStep::office, "office"},
    };
    return steps;
}

SaidValues said_values(std::string_view said) {
    SaidValues values;
    for (Unpacking unpacking(said); !unpacking.at_end();) {
        const int field = unpacking.letter() - letter_of(ReportField{});
        if (field < 0 || field >= static_cast<int>(report_field_count)) refuse_row();
        auto& value = values[static_cast<std::size_t>(field)];
        const char* begin = unpacking.place();
        value.type = unpacking.letter();
        value.stored = unpacking.measured();
        value.packed = {begin, static_cast<std::size_t>(unpacking.place() - begin)};
    }
    return values;
}

void unpack_steps(std::string_view steps, std::vector<PackedStep>& into) {
    into.clear();
    for (Unpacking unpacking(steps); !unpacking.at_end();) {
        const char letter = unpacking.letter();
        if (letter < static_cast<char>(ReportStep::received) || letter > static_cast<char>(ReportStep::office))
            refuse_row();
        PackedStep step;
        step.step = static_cast<ReportStep>(letter);
        step.id = unpacking.number_until(',');
        step.on = unpacking.day();
        step.outcome = unpacking.measured();
        if (is_change(step.step)) step.details = unpacking.measured();
        into.push_back(step);
    }
}

} // namespace dengji::ledger
