#pragma once
#include "pipeline/ledger/life_event.h"
#include "pipeline/ledger/life_states.h"
#include "pipeline/rules/application.h"
#include "pipeline/rules/facts.h"
#include "templates/rule_settings.h"

#include <optional>
#include <set>

namespace dengji::ledger {

/// A cancellation that is proposed and not yet decided.
struct Proposal {
    std::string reason; ///< code of templates/rules/cancellation.yaml
    Date on;
    std::string by;
};

/// A proposed entry into the credit record.
struct CreditProposal {
    Date on;
    std::string by;
    std::optional<bool> approved; ///< nullopt: nobody has decided
};

/// A certificate that was asked for.
struct CertificateRequest {
    Date applied_on;
    bool replacement = false;
    std::optional<Date> issued_on;
    std::string number; ///< once issued
};

/// Everything that the events of one registration come to, up to some day. Only fold_life() makes it: nothing is known
/// that no event says.
struct Life {
    State state = State::received;
    Date changed_on; ///< since when it is in this state
    rules::Channel channel = rules::Channel::counter;
    Date received_on; ///< of the latest submission
    std::optional<Date> decided_on, registered_on, cancelled_on;
    std::string cancel_reason;
    std::optional<bool> decided_by_system;
    std::optional<rules::Survey> survey; ///< the latest
    std::optional<rules::Feedback> feedback;
    std::optional<Date> notified_on;    ///< of the cancellation
    std::optional<Date> handed_over_on; ///< to the social insurance office
    rules::FollowUpFacts follow_up;     ///< contacts and offers in order of time
    rules::Application said;            ///< what is known of the application besides its fields; no fields
    std::optional<bool> signs_of_employment;
    std::set<std::string> verified_categories;
    std::optional<CertificateRequest> certificate; ///< the latest
    std::optional<Proposal> proposal;
    std::optional<CreditProposal> credit;
    std::set<long long> withdrawn; ///< ids of events that were taken back
};

/// Goes through the events in the order in which they were written down. With `until`, only those that took effect by
/// the end of that day. Empty when none is left: the registration was not there yet.
/// Ways, names and texts that were not loaded (`details` empty) count as recorded: no step is taken without them.
std::optional<Life> fold_life(const std::vector<LifeEvent>& events, std::optional<Date> until = std::nullopt);

/// The day from which nothing more is to be done for it; nullopt when something is or may be.
std::optional<Date> settled_on(const Life& life, const templates::RuleSettings& settings);

/// As on the command line: "app12333".
std::string name_of(rules::Channel channel);
std::string label_of(rules::Channel channel); ///< for clerks: "掌上12333"
std::optional<rules::Channel> channel_named(std::string_view name);

} // namespace dengji::ledger
