#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace dengji::intake {

/// How a child process ended.
struct ChildResult {
    enum class End {
        exited,      ///< by itself, with `exit_code`
        crashed,     ///< by a signal of its own making
        timed_out,   ///< it took too long and was killed
        cut_off,     ///< `take` wanted no more and it was killed
        not_started, ///< the program is not there or could not be started
    };
    End end = End::exited;
    int exit_code = 0;
    std::string complaints; ///< the beginning of its standard error
};

struct ChildLimits {
    int seconds = 60;                        ///< of time on the clock
    std::uint64_t memory_bytes = 4ull << 30; ///< of address space
};

/// Runs a program (found on PATH, without a shell) and hands its standard output to `take` piece by piece until `take`
/// returns false. Its standard input is empty. It is never left behind: whatever happens, it has ended when this
/// returns.
ChildResult run_child(const std::vector<std::string>& command, const ChildLimits& limits,
                      const std::function<bool(std::span<const std::uint8_t>)>& take);

} // namespace dengji::intake
