#pragma once
#include "pipeline/ledger/life_steps.h"
#include "pipeline/ledger/situation.h"

namespace dengji::ledger {

// What makes a step illegal, besides what the rules of registration say: the order of states, of days, and what a step
// rests on. Each function returns the reason in plain Chinese, or nothing.

/// Throws Error(usage) for particulars that the step does not have, lacks, or that are not of their kind.
void expect_particulars(const Step& step, const Act& act);

/// The state, the days, the way and the paper.
std::optional<std::string> order_broken(const Step& step, const Act& act, const LifeRow& row, Date entered_on);

/// What is special to the step.
std::optional<std::string> law_broken(Situation& situation, const Act& act);

/// A rule that a refusal may rest on, and what it says of the person.
struct RefusalGround {
    std::string rule, says;
};
const std::vector<RefusalGround>& refusal_grounds();

/// Whether law_broken() has anything to ask of this step.
bool has_law(const std::string& step);

} // namespace dengji::ledger
