#pragma once
#include "pipeline/rules/case.h"
#include "pipeline/rules/finding.h"
#include "pipeline/rules/rule.h"

#include <functional>

namespace dengji::rules {

/// What the rules say of a case, in the order of the table.
///
/// - Only rules whose subject is given are asked.
/// - Nobody is refused for what a machine has read and nobody has looked at: a rejection that rests on a doubtful field
///   becomes a hold.
/// - A question that a person has answered (Application::confirmed) does not hold again; a rejection stays.
/// - Social insurance offices register without a form (四（七）): what only the form would have becomes a reminder.
Findings check(const Case& the_case);
/// Likewise, of those rules alone for which `asked` is true.
Findings check(const Case& the_case, const std::function<bool(const Rule&)>& asked);

/// Whether that part of the case is given.
bool is_given(Subject subject, const RegisterFacts& facts);

/// Ids of the rules that could not be asked, because no row of theirs has a subject that is given; in order.
std::vector<std::string> rules_not_asked(const RegisterFacts& facts);

} // namespace dengji::rules
