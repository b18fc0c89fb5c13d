#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace dengji::app::test {

struct ProgramRun {
    int exit_code = -1; ///< 128 + signal when it was killed
    std::string out, err;
};

struct ProgramOptions {
    std::optional<std::chrono::milliseconds> signal_after = std::nullopt; ///< send `signal` then
    int signal = 9;
    std::string stdout_to = {};      ///< a file in the place of the pipe, e.g. /dev/full
    bool close_stdout_early = false; ///< close the reading end after the first bytes
};

/// Runs the built dengji and waits for it.
ProgramRun run_dengji(const std::vector<std::string>& words, const ProgramOptions& options = {});

/// The lines of a text.
std::vector<std::string> lines_of(const std::string& text);

} // namespace dengji::app::test
