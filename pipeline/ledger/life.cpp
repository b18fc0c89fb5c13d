#include "pipeline/ledger/life.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "pipeline/ledger/life_details.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

constexpr auto recorded = "已记录";

std::string or_recorded(const std::string& text) {
    return text.empty() ? recorded : text;
}

void take_wishes(rules::FollowUpFacts& facts, const std::string& outcome) {
    for (const auto& word : split(outcome, ",")) {
        const bool wished = !word.starts_with("no-");
        const auto what = wished ? word : word.substr(3);
        if (what == "work") facts.wants_work = wished;
        if (what == "business") facts.wants_business = wished;
        if (what == "policy") facts.policy_eligible = wished;
    }
}

void take_service(rules::FollowUpFacts& facts, const LifeEvent& event) {
    facts.services.push_back({event.on, event.entered_on});
    if (event.outcome == "job" || event.outcome == "training" || event.outcome == "guidance") facts.work_served = true;
    if (event.outcome == "business") facts.business_served = true;
    if (event.outcome == "policy") facts.policy_taken = true;
    if (event.outcome == "plan") facts.plan = true;
}

void take_contact(Life& life, const LifeEvent& event, bool reached) {
    life.state = State::followed_up;
    life.follow_up.contacts.push_back(
        {event.on, reached, or_recorded(event.way), reached ? recorded : "", or_recorded(event.by)});
}

void take_offer(rules::FollowUpFacts& facts, const LifeEvent& event) {
    rules::Offer offer{event.on, event.outcome == "accepted", std::nullopt};
    if (event.outcome == "refused-with-reason") offer.good_reason = true;
    if (event.outcome == "refused-without-reason") offer.good_reason = false;
    facts.offers.push_back(offer);
}

void take_recognition(rules::FollowUpFacts& facts, const LifeEvent& event) {
    facts.hardship = has_word(event.outcome, "recognised");
    facts.responsible = has_word(event.outcome, "responsible") ? recorded : "";
    if (has_word(event.outcome, "plan")) facts.plan = true;
}

void take_decision(Life& life, const LifeEvent& event, State state) {
    life.state = state;
    life.decided_on = event.on;
    life.feedback.reset();
    life.decided_by_system.reset();
    if (event.outcome == "by-system") life.decided_by_system = true;
    if (event.outcome == "by-person") life.decided_by_system = false;
}

/// Nothing was done yet for the newly registered, which is known, since all that is done is an event.
void take_registration(Life& life, const LifeEvent& event) {
    take_decision(life, event, State::registered);
    life.registered_on = event.on;
    life.follow_up.registered_on = event.on;
    life.follow_up.first_contact = life.follow_up.lists_given = false;
    life.follow_up.work_served = life.follow_up.business_served = life.follow_up.policy_taken = false;
}

void take_submission(Life& life, const LifeEvent& event) {
    life.state = State::received;
    life.received_on = event.on;
    life.decided_on.reset();
    life.survey.reset();
    life.feedback.reset();
}

void take_receipt(Life& life, const LifeEvent& event) {
    take_submission(life, event);
    life.channel = channel_named(event.outcome).value_or(rules::Channel::counter);
}

using Taker = void (*)(Life&, const LifeEvent&);

const std::map<std::string, Taker, std::less<>>& takers() {
    static const std::map<std::string, Taker, std::less<>> table = {
        {"received", take_receipt},
        {"receipt", take_receipt}, // paper that was scanned later: takes the place of the day that the program noted
        {"resubmit", take_submission},
        {"check", [](Life& life, const LifeEvent&) { life.state = State::checked; }},
        {"survey-open",
         [](Life& life, const LifeEvent& event) {
             life.state = State::in_survey;
             life.survey = rules::Survey{event.on, std::nullopt, "", ""};
         }},
        {"survey-close",
         [](Life& life, const LifeEvent& event) {
             life.state = State::checked;
             if (life.survey)
                 life.survey = rules::Survey{life.survey->opened_on, event.on, or_recorded(event.way), recorded};
         }},
        {"register", take_registration},
        {"refuse", [](Life& life, const LifeEvent& event) { take_decision(life, event, State::refused); }},
        {"return", [](Life& life, const LifeEvent& event) { take_decision(life, event, State::returned); }},
        {"feedback",
         [](Life& life, const LifeEvent& event) {
             life.feedback = rules::Feedback{event.on, or_recorded(event.way), or_recorded(event.by)};
         }},
        {"first-contact",
         [](Life& life, const LifeEvent& event) {
             take_contact(life, event, true);
             life.follow_up.first_contact = true;
             take_wishes(life.follow_up, event.outcome);
         }},
        {"lists", [](Life& life, const LifeEvent&) { life.follow_up.lists_given = true; }},
        {"contact", [](Life& life, const LifeEvent& event) { take_contact(life, event, event.outcome == "reached"); }},
        {"wishes", [](Life& life, const LifeEvent& event) { take_wishes(life.follow_up, event.outcome); }},
        {"service", [](Life& life, const LifeEvent& event) { take_service(life.follow_up, event); }},
        {"offer", [](Life& life, const LifeEvent& event) { take_offer(life.follow_up, event); }},
        {"hardship", [](Life& life, const LifeEvent& event) { take_recognition(life.follow_up, event); }},
        {"verify-category", [](Life& life, const LifeEvent& event) { life.verified_categories.insert(event.outcome); }},
        {"benefit", [](Life& life, const LifeEvent& event) { life.handed_over_on = event.on; }},
        {"certificate-apply",
         [](Life& life, const LifeEvent& event) {
             life.certificate = CertificateRequest{event.on, event.outcome == "replacement", std::nullopt, ""};
         }},
        {"certificate-issue",
         [](Life& life, const LifeEvent& event) {
             if (!life.certificate || life.certificate->issued_on)
                 life.certificate = CertificateRequest{event.on, false, std::nullopt, ""};
             life.certificate->issued_on = event.on;
             life.certificate->number = event.outcome;
         }},
        {"change",
         [](Life& life, const LifeEvent&) {
             life.follow_up.changes.push_back({true, true});
         }},
        {"cancel-propose",
         [](Life& life, const LifeEvent& event) {
             life.proposal = Proposal{event.outcome, event.on, event.by};
         }},
        {"cancel-drop", [](Life& life, const LifeEvent&) { life.proposal.reset(); }},
        {"cancel",
         [](Life& life, const LifeEvent& event) {
             life.state = State::cancelled;
             life.cancelled_on = event.on;
             life.cancel_reason = event.outcome;
             life.proposal.reset();
             life.notified_on.reset();
         }},
        {"cancel-notify", [](Life& life, const LifeEvent& event) { life.notified_on = event.on; }},
        {"restore",
         [](Life& life, const LifeEvent&) {
             life.state = State::followed_up;
             life.cancelled_on.reset();
             life.cancel_reason.clear();
         }},
        {"credit-propose",
         [](Life& life, const LifeEvent& event) {
             life.credit = CreditProposal{event.on, event.by, std::nullopt};
         }},
        {"credit-approve",
         [](Life& life, const LifeEvent&) {
             if (life.credit) life.credit->approved = true;
         }},
        {"credit-reject",
         [](Life& life, const LifeEvent&) {
             if (life.credit) life.credit->approved = false;
         }},
    };
    return table;
}

bool is_receipt(const LifeEvent& event) {
    return event.step == "received" || event.step == "receipt";
}

/// Late entries stand behind earlier ones in the register, but not in time.
void sort_by_day(rules::FollowUpFacts& facts) {
    std::stable_sort(facts.contacts.begin(), facts.contacts.end(),
                     [](const auto& one, const auto& other) { return one.on < other.on; });
    std::stable_sort(facts.offers.begin(), facts.offers.end(),
                     [](const auto& one, const auto& other) { return one.on < other.on; });
}

} // namespace

std::optional<Life> fold_life(const std::vector<LifeEvent>& events, std::optional<Date> until) {
    Life life;
    const auto counts = [&](const LifeEvent& event) { return !until || event.on <= *until; };
    for (const LifeEvent& event : events)
        if (event.step == "withdraw" && counts(event)) life.withdrawn.insert(event_named(event.outcome));
    bool any = false;
    for (const LifeEvent& event : events) {
        if (!counts(event) || life.withdrawn.contains(event.id)) continue;
        any = true;
        const State before = life.state;
        if (const auto taker = takers().find(event.step); taker != takers().end()) taker->second(life, event);
        if (!event.details.empty()) take_details(life, event);
        if (life.state != before || is_receipt(event)) life.changed_on = event.on;
    }
    if (!any) return std::nullopt;
    sort_by_day(life.follow_up);
    return life;
}

std::optional<Date> settled_on(const Life& life, const templates::RuleSettings& settings) {
    if (life.credit && !life.credit->approved) return std::nullopt;
    if (life.state == State::refused || life.state == State::returned)
        return life.feedback && life.feedback->on ? std::optional(std::max(*life.decided_on, *life.feedback->on))
                                                  : std::nullopt;
    if (life.state != State::cancelled) return std::nullopt;
    const auto* reason = settings.cancellation(life.cancel_reason);
    if (reason != nullptr && !reason->notice) return life.cancelled_on;
    return life.notified_on ? std::optional(std::max(*life.cancelled_on, *life.notified_on)) : std::nullopt;
}

} // namespace dengji::ledger
