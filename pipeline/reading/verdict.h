#pragma once
#include "pipeline/base/reason.h"

#include <string>

namespace dengji::reading {

/// What the rules of a field's content say about a text.
enum class Support {
    against, ///< cannot be right as it stands
    none,    ///< nothing speaks for it or against it
    for_it,  ///< something besides the recogniser speaks for it: a check digit, a closed list
};

struct Verdict {
    std::string value; ///< cleaned
    Support support = Support::none;
    Reasons reasons; ///< why a person should look; empty unless against
};

} // namespace dengji::reading
