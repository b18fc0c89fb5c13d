#include "pipeline/ledger/lives_work.h"
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

/// Longest time back to which a rule counts contacts, in months, with one to spare.
int months_of_contacts(const rules::RuleBook& book) {
    return std::max(book.settings.deadlines.months_without_contact.value, 1) + 1;
}

std::map<std::string, Candidate> candidates(Database& database, const Parameters& day, const std::string& of_office) {
    Cursor row = database.select(
        {"l.registration_id", "l.office", "n.value", "i.value", "b.value"},
        "from lives l "
        "left join registration_values n on n.registration_id = l.registration_id and n.key = 'name' "
        "left join registration_values i on i.registration_id = l.registration_id and i.key = 'id_number' "
        "left join registration_values b on b.registration_id = l.registration_id and b.key = 'claims_benefit' "
        "where " +
            std::string(unsettled) + of_office,
        day);
    std::map<std::string, Candidate> found;
    while (row.next())
        found.emplace(row.text(0), Candidate{row.text(0), row.text(1), row.text(2), row.text(3),
                                             row.text(4).find("\"是\"") != std::string::npos});
    return found;
}

/// Of the events only what duties depend on: no contacts of long ago, no changes of data.
Cursor events_of_unsettled(Database& database, Parameters day, const std::string& of_office, Date on, Date since) {
    day.push_back(format(on));
    day.push_back(format(since));
    return database.select({"e.subject", "e.id", "e.action", "e.effective_on", "e.outcome"},
                           "from lives l join events e on e.subject = l.registration_id where " +
                               std::string(unsettled) + of_office +
                               " and e.effective_on is not null and e.effective_on <= :on "
                               "and (e.action <> 'contact' or e.effective_on >= :since) "
                               "and e.action not in ('change', 'correct', 'disclosure', 'office', 'verify-category') "
                               "order by l.id, e.id",
                           std::move(day));
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
    Work work(*this, Transaction::For::reading);
    const std::string of_office = office ? " and l.office = :office" : "";
    Parameters day = {format(on), format(on)};
    if (office) day.push_back(*office);
    const auto people = candidates(work.database, day, of_office);
    std::vector<DueItem> items;
    const auto add = [&](const std::string& registration, const std::vector<LifeEvent>& events) {
        const auto candidate = people.find(registration);
        const auto life = fold_life(events);
        if (candidate == people.end() || !life) return;
        for (auto& item : due_of(*life, candidate->second.claims_benefit, book_, on)) {
            item.registration = registration;
            item.office = candidate->second.office;
            item.name = candidate->second.name;
            item.number = candidate->second.number;
            items.push_back(std::move(item));
        }
    };
    const Date since = rules::months_later(on, -months_of_contacts(book_));
    Cursor row = events_of_unsettled(work.database, day, of_office, on, since);
    std::string current;
    std::vector<LifeEvent> events;
    while (row.next()) {
        if (row.text(0) != current) {
            add(current, events);
            current = row.text(0);
            events.clear();
        }
        const Date effective = stored_day(row.text(3));
        events.push_back({row.number(1), row.text(2), effective, effective, "", "", "", row.text(4), ""});
    }
    add(current, events);
    std::sort(items.begin(), items.end(), comes_before);
    return items;
}

} // namespace dengji::ledger
