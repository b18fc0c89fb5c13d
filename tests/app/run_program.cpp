#include "tests/app/run_program.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::app::test {
namespace {

struct Pipe {
    std::array<int, 2> ends{};
    Pipe() {
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    }
};

[[noreturn]] void become(const std::vector<std::string>& words, int out, int err) {
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    std::vector<char*> argv{const_cast<char*>(DENGJI_PROGRAM)};
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    execv(DENGJI_PROGRAM, argv.data());
    _exit(127);
}

/// Takes what is there; false at the end.
bool take(int from, std::string& into) {
    std::array<char, 4096> bytes{};
    const auto count = read(from, bytes.data(), bytes.size());
    if (count <= 0) return false;
    into.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
}

} // namespace

ProgramRun run_dengji(const std::vector<std::string>& words, const ProgramOptions& options) {
    Pipe out, err;
    const int file = options.stdout_to.empty() ? -1 : open(options.stdout_to.c_str(), O_WRONLY | O_CLOEXEC);
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no fork");
    if (child == 0) become(words, file >= 0 ? file : out.ends[1], err.ends[1]);
    close(out.ends[1]);
    close(err.ends[1]);
    if (file >= 0) close(file);

    ProgramRun run;
    const auto start = std::chrono::steady_clock::now();
    bool signalled = false;
    std::array<pollfd, 2> waiting{{{out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}}};
    if (options.close_stdout_early) {
        close(out.ends[0]);
        waiting[0].fd = -1;
    }
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
        poll(waiting.data(), waiting.size(), 5);
        if (waiting[0].revents && !take(out.ends[0], run.out)) {
            close(out.ends[0]);
            waiting[0].fd = -1;
        }
        if (waiting[1].revents && !take(err.ends[0], run.err)) {
            close(err.ends[0]);
            waiting[1].fd = -1;
        }
        waiting[0].revents = waiting[1].revents = 0;
        if (options.signal_after && !signalled && std::chrono::steady_clock::now() - start >= *options.signal_after) {
            kill(child, options.signal);
            signalled = true;
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

} // namespace dengji::app::test
