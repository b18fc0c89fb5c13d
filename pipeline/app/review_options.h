#pragma once
#include <filesystem>
#include <string>

namespace dengji::app {

struct ReviewOptions {
    std::filesystem::path data = "dengji-data";
    std::filesystem::path settings; ///< empty: none
    int port = 8116;                ///< 0: any that is free
    std::string add_user, display, role = "clerk";
    std::filesystem::path export_truth; ///< folder; empty: none
    std::string by;                     ///< who exports
};

int run_review(const ReviewOptions& options);

} // namespace dengji::app
