#pragma once
#include <string>
#include <vector>

namespace dengji {

/// Why something is doubtful or was set aside: a stable code for programs, Chinese for the clerk (review, register),
/// English for the command line. No personal data in any of them.
struct Reason {
    std::string code; ///< kebab-case, stable, e.g. "table-incomplete"
    std::string zh;
    std::string en;

    bool operator==(const Reason&) const = default;
};

using Reasons = std::vector<Reason>;

} // namespace dengji
