#pragma once
#include "pipeline/reading/address_decoder.h"
#include "pipeline/reading/ctc_steps.h"
#include "pipeline/reading/word_automaton.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace dengji::reading {

/// Finds what a name says: a surname, likely or less so, and one or two given characters; or a name with a middle dot.
/// The lists are a prior: a name that is in none of them is possible. Only read after it is made.
class NameDecoder {
public:
    /// Reads surname.csv and given_name.csv, most frequent first. Throws Error(data).
    explicit NameDecoder(const std::filesystem::path& folder);

    /// How the steps of a name have to be made.
    static StepOptions step_options();

    /// `elsewhere`: names that other papers of the person show (an identity-card copy); they compete too.
    TextCandidates decode(const CtcSteps& steps, const std::vector<std::string>& elsewhere = {}) const;

    /// 1: surname and given characters all listed; 0.5: the surname is; 0: not.
    double familiarity(const std::string& name) const;

private:
    std::set<std::u32string> surnames_;
    std::set<char32_t> given_;
    WordAutomaton grammar_;
};

} // namespace dengji::reading
