#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace dengji::ledger {

/// Where a registration stands. A registration that follows a cancelled one of the same person is a new one, linked to
/// it: registered again.
enum class State {
    received,    ///< the application is here; nothing is decided
    checked,     ///< held against the rules by a person
    in_survey,   ///< its truth is being looked into
    registered,  ///< open, not yet contacted
    refused,     ///< decided: not registered
    returned,    ///< handed back for completion
    followed_up, ///< open, and contacted
    cancelled,
};

constexpr std::array<State, 8> all_states = {State::received, State::checked,  State::in_survey,   State::registered,
                                             State::refused,  State::returned, State::followed_up, State::cancelled};

std::string_view name_of(State state) noexcept;  ///< as stored and on the command line: "followed-up"
std::string_view label_of(State state) noexcept; ///< for clerks: "跟踪服务中"
std::optional<State> state_named(std::string_view name) noexcept;

/// Waits for a decision.
constexpr bool is_pending(State state) noexcept {
    return state == State::received || state == State::checked || state == State::in_survey;
}

/// A registration in force.
constexpr bool is_open(State state) noexcept {
    return state == State::registered || state == State::followed_up;
}

} // namespace dengji::ledger
