#include "pipeline/base/error.h"
#include "pipeline/ledger/lives_work.h"
#include "pipeline/ledger/office_facts.h"
#include "pipeline/rules/working_days.h"

#include <algorithm>
#include <tuple>

namespace dengji::ledger {
namespace {

/// What a registration brings to the list besides its events.
struct Candidate {
    std::string registration, office, name, number;
    bool claims_benefit = false;
};

/// Registrations of that day with which something may be left to do.
constexpr auto unsettled = "l.received_on <= :until and (l.settled_on is null or l.settled_on > :after)";

std::map<std::string, Candidate> candidates(Database& database, const Parameters& day, const std::string& of_whom) {
    Cursor row = database.select(
        {"l.registration_id", "l.office", "n.value", "i.value", "b.value"},
        "from lives l "
        "left join registration_values n on n.registration_id = l.registration_id and n.key = 'name' "
        "left join registration_values i on i.registration_id = l.registration_id and i.key = 'id_number' "
        "left join registration_values b on b.registration_id = l.registration_id and b.key = 'claims_benefit' "
        "where " +
            std::string(unsettled) + of_whom,
        day);
    std::map<std::string, Candidate> found;
    while (row.next())
        found.emplace(row.text(0), Candidate{row.text(0), row.text(1), row.text(2), row.text(3),
                                             row.text(4).find("\"是\"") != std::string::npos});
    return found;
}

/// Of the events only what duties depend on: no checks, no changes of data, no contacts before `since`.
constexpr auto wanted_events =
    " and e.effective_on is not null and e.effective_on <= :on and (e.action <> 'contact' or e.effective_on >= :since) "
    "and e.action not in ('check', 'change', 'confirm', 'correct', 'disclosure', 'office', 'undo', "
    "'verify-category') ";

Cursor events_of_unsettled(Database& database, Parameters day, const std::string& of_whom, Date on, Date since) {
    day.push_back(format(on));
    day.push_back(format(since));
    return database.select({"e.subject", "e.id", "e.action", "e.effective_on", "e.outcome"},
                           "from lives l join events e on e.subject = l.registration_id where " +
                               std::string(unsettled) + of_whom + wanted_events + "order by l.id, e.id",
                           std::move(day));
}

LifeEvent event_in(const Cursor& row) {
    const Date effective = stored_day(row.text(3));
    return {row.number(1), row.text(2), effective, effective, "", "", "", row.text(4), ""};
}

/// Going back many months is needed only for those who may have been out of contact all that time. Of the others the
/// contacts of this month and the last are enough.
bool may_be_out_of_contact(const Life& life, Date since) {
    if (!is_open(life.state) || life.follow_up.registered_on > since) return false;
    return std::none_of(life.follow_up.contacts.begin(), life.follow_up.contacts.end(),
                        [&](const rules::Contact& contact) { return contact.reached == true && contact.on > since; });
}

std::optional<Life> life_with_contacts(Database& database, const std::string& registration, Date on, Date since) {
    Cursor row = database.select({"e.subject", "e.id", "e.action", "e.effective_on", "e.outcome"},
                                 "from events e where e.subject = :id" + std::string(wanted_events) + "order by e.id",
                                 {registration, format(on), format(since)});
    std::vector<LifeEvent> events;
    while (row.next()) events.push_back(event_in(row));
    return fold_life(events);
}

bool comes_before(const DueItem& one, const DueItem& other) {
    const auto rank = [](const DueItem& item) {
        return std::tuple(static_cast<int>(item.urgency),
                          item.day ? std::chrono::sys_days(*item.day) : std::chrono::sys_days::max());
    };
    if (one.office != other.office) return one.office < other.office;
    if (rank(one) != rank(other)) return rank(one) < rank(other);
    return std::tie(one.registration, one.rule) < std::tie(other.registration, other.rule);
}

} // namespace

std::vector<DueItem> Lives::due(Date on, std::optional<std::string> office) {
    if (!office) return due_of(on, "", {});
    return due_of(on, " and l.office = :office", {*office});
}

std::vector<DueItem> Lives::due_of_person(Date on, const std::string& registration) {
    {
        Work work(*this, Transaction::For::reading);
        if (!life_row(work.database, registration))
            throw Error(ErrorKind::input, "there is no registration of this number", "Look for it with 'dengji find'.");
    }
    return due_of(on, " and l.person_id = (select o.person_id from lives o where o.registration_id = :same)",
                  {registration});
}

std::vector<DueItem> Lives::due_of_office(Date on) {
    Work work(*this, Transaction::For::reading);
    return ledger::due_of_office(office_facts(work.database, on), book_, on);
}

long long Lives::take_for_office(const Act& act, std::optional<Date> entered_on) {
    Work work(*this);
    const long long event = add_office_event(work.database, act, entered_on ? entry_on(*entered_on) : entry_now());
    work.commit();
    return event;
}

/// `of_whom`: a further condition on the lives l, with its parameters.
std::vector<DueItem> Lives::due_of(Date on, const std::string& of_whom, const Parameters& whom) {
    Work work(*this, Transaction::For::reading);
    Parameters day = {format(on), format(on)};
    day.insert(day.end(), whom.begin(), whom.end());
    const auto people = candidates(work.database, day, of_whom);
    std::vector<DueItem> items;
    const Date long_ago = rules::months_later(on, -book_.settings.deadlines.months_without_contact.value);
    const auto add = [&](const std::string& registration, const std::vector<LifeEvent>& events) {
        const auto candidate = people.find(registration);
        auto life = fold_life(events);
        if (candidate == people.end() || !life) return;
        if (may_be_out_of_contact(*life, long_ago))
            life = life_with_contacts(work.database, registration, on, long_ago);
        for (auto& item : ledger::due_of(*life, candidate->second.claims_benefit, book_, on)) {
            item.registration = registration;
            item.office = candidate->second.office;
            item.name = candidate->second.name;
            item.number = candidate->second.number;
            items.push_back(std::move(item));
        }
    };
    const Date last_month = rules::months_later(Date(on.year() / on.month() / 1), -1);
    Cursor row = events_of_unsettled(work.database, day, of_whom, on, last_month);
    std::string current;
    std::vector<LifeEvent> events;
    while (row.next()) {
        if (row.text(0) != current) {
            add(current, events);
            current = row.text(0);
            events.clear();
        }
        events.push_back(event_in(row));
    }
    add(current, events);
    std::sort(items.begin(), items.end(), comes_before);
    return items;
}

} // namespace dengji::ledger
