#include "pipeline/rules/ages.h"

#include <algorithm>

namespace dengji::rules {

int age_on(Date born, Date on) {
    const int years = static_cast<int>(on.year()) - static_cast<int>(born.year());
    const bool before_birthday = on.month() < born.month() || (on.month() == born.month() && on.day() < born.day());
    return before_birthday ? years - 1 : years;
}

int retirement_delay(const templates::RetirementTrack& track, Month birth) {
    const int born_later = static_cast<int>((birth - track.first_birth).count());
    return born_later < 0 ? 0 : std::min(track.most_delay, born_later / track.step + 1);
}

Month retirement_month(const templates::RetirementTrack& track, Month birth) {
    return birth + std::chrono::months(track.base * 12 + retirement_delay(track, birth));
}

Month earliest_retirement(const templates::RetirementTrack& track, Month birth, int months_earlier) {
    return std::max(birth + std::chrono::months(track.base * 12),
                    retirement_month(track, birth) - std::chrono::months(months_earlier));
}

Month latest_retirement(const templates::RetirementTrack& track, Month birth, int months_later) {
    return retirement_month(track, birth) + std::chrono::months(months_later);
}

} // namespace dengji::rules
