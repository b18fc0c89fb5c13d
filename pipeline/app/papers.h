#pragma once
#include "pipeline/ledger/register.h"

namespace dengji::app {

/// Attaches the papers of a batch to its sheets in the register, one transaction for each sheet. Works on what was
/// recorded, so that it does not matter when and in how many runs the pages were read; may be repeated.
void attach_papers(ledger::Register& the_register, long long batch);

} // namespace dengji::app
