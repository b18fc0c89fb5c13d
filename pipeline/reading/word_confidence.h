#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dengji::reading {

/// What speaks for a decoded text, inside the search and outside it.
struct WordEvidence {
    double margin = 0;          ///< nats ahead of the best different text
    bool greedy_agrees = false; ///< the line reader's own reading is the same text
    double familiar = 0; ///< 0..1, how much of it lists know: an entry; town, and village or road; surname, given name
    bool seen_twice = false;     ///< another field or paper says the same
    bool digits_agree = false;   ///< the digit reader's first choice for every run of digits
    int length = 0;              ///< characters
    double least = 0;            ///< probability of the line reader's least sure character, 0..1
    double mean = 0;             ///< of all its characters
    double dip = 0;              ///< 0..1, the sign of a dropped character
    double gap = 0;              ///< widest distance of characters in usual ones
    double unread_ink = 0;       ///< ink that no character stands on, in line heights; 0 when not measured
    double sheet_legibility = 0; ///< 0..1, mean of `mean` over the sheet's fields
};

/// The chance that a text is right, from its evidence: a logistic map for each kind of field, fitted on generated
/// sheets (training/words).
class WordConfidence {
public:
    /// Reads confidence.csv: kind, term, weight. Throws Error(data) for terms that it does not know and for a file
    /// without the kind "text".
    explicit WordConfidence(const std::filesystem::path& file);

    /// 0..1. `kind`: list, word, name, address, email or text; others count as text.
    double of(const std::string& kind, const WordEvidence& evidence) const;

    /// The terms in the order of term_values(), as the file names them.
    static const std::vector<std::string>& term_names();
    static std::vector<double> term_values(const WordEvidence& evidence);

private:
    std::map<std::string, std::vector<double>> weights_;
};

} // namespace dengji::reading
