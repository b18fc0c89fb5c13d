// Which certificates are to be made: Certificates::waiting and of_month.
#include "pipeline/ledger/certificates.h"
#include "pipeline/ledger/life_store.h"
#include "pipeline/ledger/register_parts.h"

namespace dengji::ledger {
namespace {

struct Certified {
    Life life;
    bool printed = false;
};

/// Registrations that any certificate was spoken of, with what follows from their events. Nobody is left out: whether
/// somebody wants one is said at receipt or when the application is checked, and stands in the details of those events.
std::vector<std::pair<std::string, Certified>> spoken_of(Database& database, Date until) {
    std::vector<std::string> registrations;
    {
        Cursor row = database.select(
            {"l.registration_id"},
            "from lives l where l.person_id is not null and l.registered_on is not null and exists (select 1 from "
            "events e where e.subject = l.registration_id and e.effective_on is not null and (e.action in "
            "('certificate-apply', 'certificate-issue') or (e.action in ('received', 'check') and e.details like "
            "'%\"wants_certificate\":\"yes\"%'))) order by l.id");
        while (row.next()) registrations.push_back(row.text(0));
    }
    std::vector<std::pair<std::string, Certified>> all;
    for (const auto& registration : registrations) {
        const auto life = fold_life(life_events(database, registration), until);
        if (!life) continue;
        Certified certified{*life, false};
        if (life->certificate && life->certificate->issued_on)
            certified.printed =
                database
                    .number("1", "from certificate_prints where number = :number limit 1", {life->certificate->number})
                    .has_value();
        all.emplace_back(registration, std::move(certified));
    }
    return all;
}

/// The day on which it was asked for, when it was and was not issued.
std::optional<Date> asked_on(const Life& life) {
    if (!is_open(life.state)) return std::nullopt;
    if (life.certificate)
        return life.certificate->issued_on ? std::nullopt : std::optional(life.certificate->applied_on);
    return life.said.wants_certificate == true ? life.registered_on : std::nullopt;
}

bool in(Month month, Date day) {
    return Month(day.year(), day.month()) == month;
}

} // namespace

std::vector<std::string> Certificates::waiting(Date on) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    std::vector<std::string> found;
    for (const auto& [registration, certified] : spoken_of(database(), on)) {
        const auto& certificate = certified.life.certificate;
        if (certificate && certificate->issued_on ? !certified.printed : asked_on(certified.life).has_value())
            found.push_back(registration);
    }
    return found;
}

std::vector<std::string> Certificates::of_month(Month month) {
    const std::lock_guard lock(register_.parts_->one_at_a_time);
    const Date end = month / std::chrono::last;
    std::vector<std::string> found;
    // What was asked for in the month may have been issued later: the whole life is looked at.
    for (const auto& [registration, certified] : spoken_of(database(), std::max(end, today()))) {
        const auto& certificate = certified.life.certificate;
        const auto asked = asked_on(certified.life);
        if ((certificate && certificate->issued_on && in(month, *certificate->issued_on)) ||
            (asked && in(month, *asked)))
            found.push_back(registration);
    }
    return found;
}

} // namespace dengji::ledger
