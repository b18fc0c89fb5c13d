#pragma once
#include "pipeline/reading/address_grammar.h"
#include "pipeline/reading/word_beam.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace dengji::reading {

/// What a reader of digits sees in a piece of a line.
struct DigitReading {
    std::string text;           ///< 0-9 and -
    double log_probability = 0; ///< nats
};

/// Reads the columns [from, to) of a line of the field, counted as if the line were 48 px high; best first, or nothing
/// where there are no digits.
using DigitRunReader = std::function<std::vector<DigitReading>(int line, int from, int to)>;

/// A text that a field may say. Scores of one field compare with each other only.
struct TextCandidate {
    std::string text;
    double score = 0;    ///< nats
    double picture = 0;  ///< nats, the line reader's part of it
    double language = 0; ///< nats, the grammar's or list's part, unweighted
};

using TextCandidates = std::vector<TextCandidate>; ///< best first

/// Finds what a detailed address says, by the grammar of addresses. Only read after it is made.
class AddressDecoder {
public:
    /// `words` must outlive the decoder.
    AddressDecoder(const AddressWords& words, std::vector<std::string> counties);

    /// One address, while its digits are being read and compared.
    class Field {
    public:
        Field(const CtcSteps& steps, DigitRunReader digits) : steps_(&steps), digits_(std::move(digits)) {}
        const CtcSteps& steps() const { return *steps_; }
        bool has_digit_reader() const { return static_cast<bool>(digits_); }
        /// What the digit reader says of each run of digits in `text`, in order; none for a run that cannot be placed.
        std::vector<std::vector<DigitReading>> readings_of_runs(const std::u32string& text);
        /// Nats that the digit reader gives the runs of `text`; 0 without one.
        double digit_score(const std::u32string& text);

    private:
        const CtcSteps* steps_;
        DigitRunReader digits_;
        std::map<std::u32string, std::vector<std::vector<DigitReading>>> by_skeleton_;
        std::map<std::tuple<int, int, int>, std::vector<DigitReading>> by_place_;
    };

    TextCandidates decode(Field& field) const;

    /// Two addresses that may be one value, as 户籍地址 and 常住地址 often are.
    struct Joint {
        TextCandidate best;
        double odds = 0;   ///< nats by which one value is more likely than two
        double margin = 0; ///< nats ahead of the second best common value
    };
    /// nullopt when either has no candidates.
    std::optional<Joint> join(Field& first, const TextCandidates& of_first, Field& second,
                              const TextCandidates& of_second) const;

    AddressParts parts(const std::string& address) const { return parts_of_address(address, words_, counties_); }

private:
    TextCandidates scored(Field& field, const std::vector<std::u32string>& texts) const;

    const AddressWords& words_;
    std::vector<std::string> counties_;
    WordAutomaton grammar_;
};

} // namespace dengji::reading
