#pragma once
#include "pipeline/base/dates.h"

#include <map>
#include <string>
#include <vector>

namespace dengji::ledger {

/// What a person, or another system, did with a registration, before it is written down.
struct Act {
    std::string registration;                       ///< id
    std::string step;                               ///< of the table in life_steps.h
    Date on;                                        ///< the day it took effect
    std::string by;                                 ///< who
    std::string way;                                ///< how: "电话", "走访", "当面", "信息比对" …
    std::string paper;                              ///< what it rests on
    std::map<std::string, std::string> particulars; ///< as the table of steps asks for
    std::map<std::string, std::string> answers;     ///< rule that holds -> what the person says to its question
};

/// An event in a registration's life, as it was written down.
struct LifeEvent {
    long long id = 0;
    std::string step; ///< of the table of steps, or "received"
    Date on;          ///< the day it took effect
    Date entered_on;  ///< the day it was written down
    std::string by, way, paper;
    std::string outcome; ///< see outcome_of()
    /// JSON object: {"particulars": {…}, "answers": {…}} and what the step adds; "" when it was not loaded.
    std::string details;
};

/// What a step came to in a short word, kept in a column of its own: what facts, deadlines and statistics count by.
///
/// received, receipt: the channel. register: "by-system", "by-person" or "". refuse: the rule. contact: "reached",
/// "unreached". offer: "accepted", "refused-with-reason", "refused-without-reason", "refused". service: the service.
/// first-contact, wishes: some of "work", "no-work", "business", "no-business", "policy", "no-policy", split by commas.
/// hardship: "not-recognised", or "recognised" with ",responsible" and ",plan". cancel, cancel-propose: the reason's
/// code. certificate-apply: "replacement" or "". certificate-issue: the number. verify-category: the category. office:
/// the code. change, correct, confirm, undo: the key. withdraw: the event's id. Others: "".
std::string outcome_of(const Act& act);

/// Whether a list like "work,no-business" holds the word.
bool has_word(const std::string& outcome, const std::string& word);

} // namespace dengji::ledger
