#include "pipeline/intake/child_process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dengji::intake {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_complaints = 4096;

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    void set(int number) {
        close();
        number_ = number;
    }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

struct Pipe {
    Descriptor read_end;
    Descriptor write_end;
    bool open() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
        read_end.set(ends[0]);
        write_end.set(ends[1]);
        return true;
    }
};

/// The running child; killed and awaited at the latest when this goes out of scope.
class Child {
public:
    Child() = default;
    ~Child() { kill(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    bool start(const std::vector<std::string>& command, const Pipe& output, const Pipe& complaints) {
        std::vector<char*> arguments;
        for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);

        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, output.write_end.get(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, complaints.write_end.get(), STDERR_FILENO);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        // A group of its own: Ctrl-C at the terminal reaches the program, which then ends the child in its own time.
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        const int failed = ::posix_spawnp(&pid_, arguments[0], &actions, &attributes, arguments.data(), environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        if (failed != 0) pid_ = -1;
        return failed == 0;
    }

    void limit_memory(std::uint64_t bytes) const {
        const rlimit limit{bytes, bytes};
        ::prlimit(pid_, RLIMIT_AS, &limit, nullptr);
    }

    bool ended() {
        if (pid_ < 0) return true;
        const pid_t answer = ::waitpid(pid_, &status_, WNOHANG);
        if (answer == 0 || (answer < 0 && errno == EINTR)) return false;
        pid_ = -1;
        return true;
    }

    void kill() {
        if (pid_ < 0) return;
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }

    int status() const { return status_; }

private:
    pid_t pid_ = -1;
    int status_ = 0;
};

int milliseconds_until(Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1000));
}

} // namespace

ChildResult run_child(const std::vector<std::string>& command, const ChildLimits& limits,
                      const std::function<bool(std::span<const std::uint8_t>)>& take) {
    ChildResult result;
    Pipe output;
    Pipe complaints;
    Child child;
    if (!output.open() || !complaints.open() || !child.start(command, output, complaints)) {
        result.end = ChildResult::End::not_started;
        return result;
    }
    child.limit_memory(limits.memory_bytes);
    output.write_end.close();
    complaints.write_end.close();

    const auto deadline = Clock::now() + std::chrono::seconds(limits.seconds);
    std::vector<std::uint8_t> piece(1u << 16);
    std::array<pollfd, 2> waiting{{{output.read_end.get(), POLLIN, 0}, {complaints.read_end.get(), POLLIN, 0}}};
    while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
        if (Clock::now() >= deadline) {
            result.end = ChildResult::End::timed_out;
            return result; // the child is killed on the way out
        }
        if (::poll(waiting.data(), waiting.size(), milliseconds_until(deadline)) < 0 && errno != EINTR) break;
        for (std::size_t i = 0; i < waiting.size(); ++i) {
            if (waiting[i].fd < 0 || waiting[i].revents == 0) continue;
            const auto count = ::read(waiting[i].fd, piece.data(), piece.size());
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) {
                waiting[i].fd = -1;
            } else if (i == 0) {
                if (!take({piece.data(), static_cast<std::size_t>(count)})) {
                    result.end = ChildResult::End::cut_off;
                    return result;
                }
            } else if (result.complaints.size() < most_complaints) {
                result.complaints.append(reinterpret_cast<const char*>(piece.data()), static_cast<std::size_t>(count));
            }
        }
    }
    while (!child.ended()) {
        if (Clock::now() >= deadline) {
            result.end = ChildResult::End::timed_out;
            return result;
        }
        ::poll(nullptr, 0, 1);
    }
    if (WIFEXITED(child.status())) {
        result.exit_code = WEXITSTATUS(child.status());
        constexpr int not_found = 127;
        if (result.exit_code == not_found) result.end = ChildResult::End::not_started;
    } else {
        result.end = ChildResult::End::crashed;
    }
    return result;
}

} // namespace dengji::intake
