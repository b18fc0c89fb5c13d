#pragma once
#include <stdexcept>
#include <string>

namespace dengji {

/// What kind of thing is broken; decides the exit code.
enum class ErrorKind {
    usage,    ///< the command was called wrongly (exit 2)
    input,    ///< a delivered file or page cannot be used (exit 3 when the rest went on)
    data,     ///< a data or definition file of ours is broken (exit 4)
    space,    ///< out of space, or a place that cannot be written (exit 5)
    database, ///< the register cannot be reached (exit 6)
    internal, ///< a fault of ours (exit 1)
};

/// The project's one exception: for what is broken. What is merely doubtful is a value (reasons, findings).
/// Neither text may hold personal data.
class Error : public std::runtime_error {
public:
    /// `message` says what is wrong, `next_step` what the person who sees it can do.
    Error(ErrorKind kind, std::string message, std::string next_step = {})
        : std::runtime_error(message), kind_(kind), message_(std::move(message)), next_step_(std::move(next_step)) {}

    ErrorKind kind() const noexcept { return kind_; }
    const std::string& message() const noexcept { return message_; }
    const std::string& next_step() const noexcept { return next_step_; }

private:
    ErrorKind kind_;
    std::string message_;
    std::string next_step_;
};

/// The exit code that belongs to a kind.
int exit_code(ErrorKind kind) noexcept;

} // namespace dengji
