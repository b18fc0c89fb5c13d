#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji::rules {

/// What a finding asks for.
enum class Action {
    reject, ///< hand back for completion, or refuse; the message says which
    hold,   ///< a person decides first
    warn,   ///< shown, does not stop
    remind, ///< something to do, often by a day
    info,   ///< worth knowing
};

constexpr std::string_view name_of(Action action) noexcept {
    switch (action) {
    case Action::reject: return "reject";
    case Action::hold: return "hold";
    case Action::warn: return "warn";
    case Action::remind: return "remind";
    case Action::info: return "info";
    }
    return "info";
}

/// What a rule says of a case. Holds nothing of what was filled in, so it may be shown and logged.
struct Finding {
    std::string rule;   ///< "C04"
    std::string clause; ///< what the rule rests on
    Action action = Action::info;
    std::vector<std::string> fields; ///< keys of the fields concerned; may be empty
    std::string message;             ///< plain Chinese: what is wrong and what to do

    bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

} // namespace dengji::rules
