#include "pipeline/ledger/life_states.h"

namespace dengji::ledger {

std::string_view name_of(State state) noexcept {
    switch (state) {
    case State::received: return "received";
    case State::checked: return "checked";
    case State::in_survey: return "in-survey";
    case State::registered: return "registered";
    case State::refused: return "refused";
    case State::returned: return "returned";
    case State::followed_up: return "followed-up";
    case State::cancelled: return "cancelled";
    }
    return "";
}

std::string_view label_of(State state) noexcept {
    switch (state) {
    case State::received: return "已收件";
    case State::checked: return "已审核";
    case State::in_survey: return "调查中";
    case State::registered: return "已登记";
    case State::refused: return "不予登记";
    case State::returned: return "退回补正";
    case State::followed_up: return "跟踪服务中";
    case State::cancelled: return "已注销";
    }
    return "";
}

std::optional<State> state_named(std::string_view name) noexcept {
    for (const State state : all_states)
        if (name_of(state) == name) return state;
    return std::nullopt;
}

} // namespace dengji::ledger
