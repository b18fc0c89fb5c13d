#pragma once
#include "pipeline/reading/address_decoder.h"
#include "pipeline/reading/ctc_steps.h"

namespace dengji::reading {

/// Free words: any characters, as common as they are. Best first.
TextCandidates decode_free_text(const CtcSteps& steps);

/// Mail addresses: letters, digits and signs around one @; `steps` made with letters. Best first; empty when no address
/// is in the steps.
TextCandidates decode_email(const CtcSteps& steps);

/// Whether a mail address is with one of the providers that nearly everybody here uses.
bool has_usual_host(std::string_view email);

} // namespace dengji::reading
