#pragma once
#include "pipeline/rules/case.h"
#include "pipeline/rules/finding.h"

#include <string>
#include <vector>

namespace dengji::rules {

/// Which part of a case a rule speaks of: it is asked only when that part is given.
enum class Subject {
    application,
    person,
    duplicates,
    clock,
    handling,
    follow_up,
    cancellation,
    certificate,
    office,
};

/// Whether a rule fires, and with what: a detail that takes the place of {} in its message, or other fields than those
/// of the table.
struct Match {
    Match(bool does_fire) : fires(does_fire) {} // NOLINT: conditions return plain bool

    static Match with(std::string detail) {
        Match match(true);
        match.detail = std::move(detail);
        return match;
    }
    static Match at(std::vector<std::string> fields) {
        Match match(!fields.empty());
        match.fields = std::move(fields);
        return match;
    }

    bool fires;
    std::string detail;
    std::vector<std::string> fields;
};

/// One row of the table. A rule that can end in more than one way has a row for each.
struct Rule {
    std::string id;     ///< of the 104: "A01" … "K20"
    std::string clause; ///< of the notice, or what else it rests on
    Subject subject = Subject::application;
    Action action = Action::info;
    std::vector<std::string> fields;
    std::string message;             ///< plain Chinese; {} is filled with the detail of the match
    Match (*condition)(const Case&); ///< pure: the same case, the same answer
};

} // namespace dengji::rules
