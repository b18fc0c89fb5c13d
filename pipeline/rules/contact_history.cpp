#include "pipeline/rules/contact_history.h"

#include "pipeline/rules/working_days.h"

#include <algorithm>

namespace dengji::rules {

bool contacted_in_month(const FollowUpFacts& life, Date on) {
    return std::any_of(life.contacts.begin(), life.contacts.end(), [&](const Contact& contact) {
        return contact.on && *contact.on <= on && contact.on->year() == on.year() && contact.on->month() == on.month();
    });
}

int refusals_in_a_row(const FollowUpFacts& life) {
    int count = 0;
    for (auto offer = life.offers.rbegin(); offer != life.offers.rend(); ++offer) {
        if (offer->accepted || offer->good_reason != false) break;
        ++count;
    }
    return count;
}

bool refusal_reason_unknown(const FollowUpFacts& life) {
    for (auto offer = life.offers.rbegin(); offer != life.offers.rend() && !offer->accepted; ++offer)
        if (!offer->good_reason) return true;
    return false;
}

bool out_of_contact(const FollowUpFacts& life, Date on, int months) {
    const Date since = months_later(on, -months);
    if (life.registered_on > since) return false;
    for (int month = 0; month < months; ++month) {
        const Date from = months_later(since, month), to = months_later(since, month + 1);
        bool tried = false;
        for (const Contact& contact : life.contacts) {
            if (!contact.on || *contact.on <= from || *contact.on > to) continue;
            if (contact.reached != false) return false;
            tried = true;
        }
        if (!tried) return false;
    }
    return true;
}

bool is_incomplete(const Contact& contact) {
    return !contact.on || !contact.reached || contact.way.empty() || contact.by.empty() ||
           (*contact.reached && contact.state.empty());
}

} // namespace dengji::rules
