#pragma once
#include "pipeline/ledger/life_states.h"

#include <string>
#include <string_view>
#include <vector>

namespace dengji::ledger {

/// What else has to be said of a step.
struct Particular {
    enum class Kind {
        text,
        yes_no, ///< "yes" or "no"
        day,    ///< YYYY-MM-DD
        amount, ///< yuan, a number that is not negative
        word,   ///< one of `words`
        list,   ///< texts, split by commas
    };
    struct Word {
        std::string_view word;  ///< as it is kept: "training"
        std::string_view label; ///< for clerks: "职业培训"
    };
    std::string_view key;   ///< "reached"
    std::string_view label; ///< for clerks: "是否联系上"
    Kind kind = Kind::text;
    bool required = false;
    std::vector<Word> words;
};

/// Which of the 104 rules a step has to pass: one that they reject, or hold without an answer, is not taken.
enum class Gate {
    none,
    registering, ///< application, person, duplicates, handling
    hardship,    ///< E05
    issuing,     ///< K18, K19, K20, C15
    cancelling,  ///< G01 to G12
};

/// One row of the table of steps: from which states it may be taken, where it leads, and what it needs.
struct Step {
    std::string_view name;  ///< "first-contact"
    std::string_view label; ///< for clerks: "首次联系"
    std::vector<State> from;
    std::optional<State> to; ///< nullopt: the state stays
    bool needs_way = false;  ///< the way in which it was done has to be said
    bool needs_paper = false;
    bool may_be_withdrawn =
        false; ///< a record that changes nothing else: what was entered by mistake may be taken back
    Gate gate = Gate::none;
    std::vector<Particular> particulars = {};
};

const std::vector<Step>& all_steps();
/// nullptr when there is none of that name.
const Step* step_named(std::string_view name);

bool may_be_taken(const Step& step, State state);

/// What can be done with a registration in that state, in the order of the table; what may always be done (correcting,
/// taking back, moving to another office) is left out.
std::vector<const Step*> steps_from(State state);

/// For clerks: "审核（check）、开展调查（survey-open）".
std::string steps_in_words(const std::vector<const Step*>& steps);

} // namespace dengji::ledger
