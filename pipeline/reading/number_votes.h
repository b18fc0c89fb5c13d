#pragma once
#include "pipeline/reading/number_reader.h"

#include <string>
#include <vector>

namespace dengji::reading {

/// What another reader than the net makes of a number.
struct NumberVote {
    std::string value;  ///< plain; empty: it saw nothing, and says nothing
    double weight = 1;  ///< how many times as often it says a value when that is right as when it is wrong
    bool lawful = true; ///< the value is such as may stand in the field
};

struct NumberElection {
    std::string value;
    double confidence = 0;           ///< 0..1
    std::vector<std::string> others; ///< what else may be right, likeliest first
};

/// Weighs the net's candidates by the votes of the others. A value that the net does not know at all starts with a
/// small share of what the net leaves open.
NumberElection elect_number(const NumberReading& net, const std::vector<NumberVote>& votes);

} // namespace dengji::reading
