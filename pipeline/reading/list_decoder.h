#pragma once
#include "pipeline/reading/address_decoder.h"
#include "pipeline/reading/ctc_greedy.h"
#include "pipeline/reading/ctc_lexicon.h"
#include "pipeline/reading/ctc_steps.h"
#include "pipeline/reading/vocabulary.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::reading {

/// Log weights of a list's entries, in nats below its usual case.
using EntryWeights = std::map<std::string, double>;

/// Reads usual.csv (content, name, nats; name * for the entries that are not named) into weights by content. Throws
/// Error(data).
std::map<std::string, EntryWeights> load_entry_weights(const std::filesystem::path& file);

/// Finds which entry of a list is written, against the rival that something else is.
class ListDecoder {
public:
    ListDecoder(const Vocabulary& vocabulary, const EntryWeights& weights);

    struct Result {
        TextCandidates listed;  ///< entries, best first
        TextCandidate unknown;  ///< the reader's own text, as something that no list holds
        bool is_listed = false; ///< the best entry is likelier than the unknown text
    };
    Result decode(const CtcSteps& steps, const GreedyReading& greedy) const;

private:
    bool is_beginning_of_longer(const std::string& entry, const GreedyReading& greedy) const;

    std::vector<std::string> entries_;
    std::vector<double> weights_;
    WordTree tree_;
    Coverage coverage_;
};

} // namespace dengji::reading
