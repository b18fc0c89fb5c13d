#pragma once
#include "pipeline/intake/document.h"
#include "pipeline/reading/acceptance.h"
#include "pipeline/review/settings.h"

#include <filesystem>
#include <optional>

namespace dengji::app {

/// What a settings file may hold; see README, "Settings".
struct Settings {
    intake::Limits limits;
    int jobs = 0; ///< worker threads; 0: one for each core
    reading::Acceptance acceptance;
    review::Settings review;
};

/// Throws Error(data) that names file, line and what was expected.
Settings load_settings(const std::filesystem::path& file);

/// The words of the command line that read, run and bench share. What is given there beats the settings file.
struct WorkOptions {
    std::filesystem::path settings; ///< empty: none
    std::filesystem::path forms;    ///< folder of form definitions; empty: the program's own
    std::filesystem::path debug;    ///< folder for pictures of what was found; empty: none
    std::optional<int> jobs;
    std::optional<double> megapixels;
    std::optional<int> pages;
    bool no_progress = false;
};

Settings settings_of(const WorkOptions& options);

} // namespace dengji::app
