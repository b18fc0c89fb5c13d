#pragma once
#include "pipeline/base/reason.h"
#include "pipeline/reading/address_decoder.h"
#include "pipeline/reading/list_decoder.h"
#include "pipeline/reading/name_decoder.h"
#include "pipeline/reading/word_confidence.h"

#include <filesystem>
#include <map>
#include <opencv2/core.hpp>
#include <string>
#include <utility>
#include <vector>

namespace dengji::reading {

/// What else is known about a field that is to be decoded.
struct WordHints {
    double sheet_legibility = -1; ///< mean of WordEvidence::mean over the sheet's fields, 0..1; below 0: not known
    double unread_ink = 0;        ///< see unread_ink.h
    DigitRunReader digits;        ///< reads the digits of addresses again from the picture; may be empty
    std::vector<std::string> elsewhere; ///< what another paper of the same person says here
};

/// Another text is nearly as likely.
extern const Reason close_second;

struct WordReading {
    std::string raw;                       ///< the line reader's own reading, lines joined
    std::string value;                     ///< the best text under what may stand here; UTF-8
    std::string kind;                      ///< of field: list (closed), word (open list), name, address, email, text
    double confidence = 0;                 ///< chance that the value is right, 0..1
    double margin = 0;                     ///< nats ahead of the second
    bool legible = false;                  ///< the field's signs are such as the line reader can read at all
    std::vector<std::string> alternatives; ///< next best, at most 5, best first
    Reasons reasons;                       ///< what a person should look at
    WordEvidence evidence;
};

/// Decodes the step probabilities of a line reader under what may stand in a field. Does not look at pictures. Only
/// read after it is made: one may serve all threads.
class WordReader {
public:
    /// `by_class`: the line reader's characters (ocr::PpOcr::characters()). `words`: the folder templates/words. The
    /// lists must outlive the reader. Throws Error(data).
    WordReader(const std::vector<std::string>& by_class, const Vocabularies& vocabularies,
               const AddressWords& address_words, const std::filesystem::path& words);

    /// `lines`: probabilities of each written line of the field, top to bottom (see CtcSteps); read as one text.
    /// `content` as in the form definition: name, address, email, a vocabulary's name, anything else is free text.
    WordReading read(const std::vector<cv::Mat>& lines, const std::string& content, const WordHints& hints = {}) const;

    /// Two addresses of one person, which are often the same; read as one value where that is likelier.
    std::pair<WordReading, WordReading> read_addresses(const std::vector<cv::Mat>& first, const WordHints& first_hints,
                                                       const std::vector<cv::Mat>& second,
                                                       const WordHints& second_hints) const;

    /// The confidence again, when all fields of the sheet have been read: see WordHints::sheet_legibility.
    double confidence(const WordReading& reading, double sheet_legibility) const;

    const CharacterClasses& classes() const noexcept { return classes_; }

private:
    WordReading begin(const std::vector<cv::Mat>& lines, const std::string& kind, const WordHints& hints,
                      GreedyReading& greedy) const;
    void keep_clear_name(const GreedyReading& greedy, WordReading& reading) const;
    void take(TextCandidates candidates, const WordHints& hints, WordReading& reading) const;
    void read_list(const CtcSteps& steps, const std::string& content, const WordHints& hints,
                   const GreedyReading& greedy, WordReading& reading) const;
    void judge_address(AddressDecoder::Field& field, WordReading& reading) const;
    void finish(const WordHints& hints, WordReading& reading) const;

    CharacterClasses classes_;
    const Vocabularies& vocabularies_;
    std::map<std::string, ListDecoder> lists_;
    NameDecoder names_;
    AddressDecoder addresses_;
    WordConfidence confidence_;
};

} // namespace dengji::reading
