#pragma once
#include <string>
#include <vector>

namespace dengji::review {

/// How the workbench works; "review" of a settings file. See README, "Settings".
struct Settings {
    std::vector<std::string> second_pass; ///< keys of fields that another person enters a second time
    double sample_share = 0.02;           ///< of the fields that were not marked, shown among the others
    int idle_minutes = 30;                ///< a session that is not used ends
    int lock_minutes = 10;                ///< a sheet that nobody works on any more is free
    int tries = 5;                        ///< wrong passwords before waiting begins
    std::vector<std::string> hosts;       ///< further names that the server may be called by, behind a proxy with TLS
};

} // namespace dengji::review
