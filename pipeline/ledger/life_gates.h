#pragma once
#include "pipeline/ledger/life_steps.h"
#include "pipeline/ledger/situation.h"
#include "pipeline/rules/finding.h"

namespace dengji::ledger {

/// What the rules of registration say of taking a step: the findings that stop it, rejections and holds that the act
/// does not answer. Empty when the step has no gate.
rules::Findings findings_against(Situation& situation, const Step& step, const Act& act);

/// What the rules say of an application as it stands, of its person and its handling: for the clerk who checks it.
rules::Findings findings_of(Situation& situation, const Act& act);

} // namespace dengji::ledger
