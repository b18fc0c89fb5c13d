#pragma once
#include "pipeline/base/dates.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dengji::rules {

// What the register knows besides the application, as plain values, one struct for each part of a registration's life.
// A part that is not given is not looked at; within a part that is given, std::nullopt means that nobody knows, and the
// rules that need it ask.

/// What is known of the person from the register and other data.
struct PersonFacts {
    std::optional<bool> signs_of_employment;   ///< employment registration, insurance paid, business licence
    std::optional<bool> has_open_registration; ///< the same person, not cancelled
    std::optional<bool> has_cancelled_registration;
    std::optional<bool> false_information; ///< confirmed: false information was given for benefits or support
    std::optional<std::set<std::string>> written_categories;  ///< categories that stand in the registration record
    std::optional<std::set<std::string>> verified_categories; ///< those verified, with who and when
};

/// Whether other applications look like this one.
struct DuplicateFacts {
    std::optional<bool> same_number; ///< the same identity number on another application
    std::optional<bool> look_alike;  ///< same name and birth date with another number
    std::string where;               ///< of the first such one, for the clerk: "第3行"; may be empty
};

struct Survey {
    Date opened_on;
    std::optional<Date> closed_on; ///< nullopt: open
    std::string way, result;       ///< by phone or on the spot, and what was found; empty: not recorded
};

struct Feedback {
    std::optional<Date> on;
    std::string way, by; ///< empty: not recorded
};

/// How far the handling of the application is.
struct ClockFacts {
    Date submitted_on;
    std::optional<Date> decided_on;        ///< nullopt: not yet
    std::optional<bool> decided_by_system; ///< the platform decided by itself
    std::optional<Survey> survey;          ///< nullopt: none
    std::optional<Feedback> feedback;      ///< nullopt: none recorded
};

/// Who handles it.
struct HandlingFacts {
    std::optional<std::string> handler, office;
    std::optional<int> fee;                  ///< taken for the certificate, in fen
    std::optional<bool> handed_to_insurance; ///< where unemployment benefit is claimed
};

struct Service {
    Date given_on, entered_on; ///< when it was given, and when it was written down
};

struct Contact {
    std::optional<Date> on;
    std::optional<bool> reached;
    std::string way, state,
        by; ///< how, what was found, by whom; empty: not recorded. No state is due when not reached.
};

struct Offer {
    Date on;
    bool accepted = false;
    std::optional<bool> good_reason; ///< of a refusal
};

struct Change {
    bool by_the_person = false; ///< reported by the person
    bool old_value_kept = true;
};

/// An open registration and what was done for it. Lists are in order of time.
struct FollowUpFacts {
    Date registered_on;
    std::optional<bool> first_contact;           ///< reason, skills and wishes recorded, services explained
    std::optional<bool> lists_given;             ///< of policies, services and agencies
    std::optional<bool> wants_work, work_served; ///< training or a job; served: projects, places, follow-up recorded
    std::optional<bool> wants_business, business_served; ///< a business of one's own
    std::optional<bool> hardship;                        ///< recognised 就业困难人员
    std::optional<std::string> responsible;              ///< person named for it
    std::optional<bool> plan;                            ///< personal plan is there
    std::optional<bool> policy_eligible, policy_taken;   ///< application for a support policy taken at the same time
    std::vector<Service> services;
    std::vector<Contact> contacts;
    std::vector<Offer> offers;
    std::vector<Change> changes;
};

/// A cancellation that is asked for or was made.
struct CancellationFacts {
    std::string reason; ///< code of templates/rules/cancellation.yaml
    std::optional<bool> evidence;
    std::optional<double> monthly_income, minimum_standard; ///< yuan a month
    std::optional<Date> decided_on;                         ///< nullopt: not yet
    std::optional<Date> notified_on;                        ///< nullopt: not told
};

/// A certificate to be issued.
struct CertificateFacts {
    std::string number;
    std::optional<bool> number_taken;          ///< another certificate has it
    std::optional<bool> has_valid_one;         ///< the person holds a valid certificate
    bool replacement = false;                  ///< for one that is lost, damaged or full
    std::optional<std::string> earlier_number; ///< of the certificate that is replaced
    std::optional<Date> applied_on, issued_on; ///< issued_on: nullopt: not yet
};

/// What the office has in order once for all.
struct OfficeFacts {
    std::optional<bool> agencies_published; ///< list of agencies, channels and the process
    std::optional<bool> promise_printed;    ///< the form carries the promise with liability and credit record
};

struct RegisterFacts {
    std::optional<PersonFacts> person;
    std::optional<DuplicateFacts> duplicates;
    std::optional<ClockFacts> clock;
    std::optional<HandlingFacts> handling;
    std::optional<FollowUpFacts> follow_up;
    std::optional<CancellationFacts> cancellation;
    std::optional<CertificateFacts> certificate;
    std::optional<OfficeFacts> office;
};

} // namespace dengji::rules
