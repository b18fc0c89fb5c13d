#pragma once

namespace dengji::app {

/// From now on the first SIGINT or SIGTERM only sets a mark, so that the pages in flight can be finished; the second
/// one ends the program at once. SIGPIPE is ignored: writing tells.
void catch_stop_signals();

/// Was the program asked to stop?
bool stop_requested();

/// The exit code after a stop: 128 + SIGINT, as shells expect.
inline constexpr int exit_code_stopped = 130;

} // namespace dengji::app
