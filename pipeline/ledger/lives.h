#pragma once
#include "pipeline/ledger/due.h"
#include "pipeline/ledger/life_event.h"
#include "pipeline/ledger/life_steps.h"
#include "pipeline/ledger/overview.h"
#include "pipeline/ledger/register.h"
#include "pipeline/ledger/report_facts.h"
#include "pipeline/rules/finding.h"
#include "pipeline/rules/rule_book.h"
#include "templates/offices.h"

#include <functional>
#include <map>

namespace dengji::ledger {

/// Why a step was not taken.
struct Refusal {
    std::string why;                   ///< plain Chinese; empty when the rules say why
    rules::Findings findings;          ///< of rules that reject or hold
    std::vector<const Step*> possible; ///< what can be done instead
};

/// What became of an act.
struct Taken {
    std::optional<Refusal> refusal; ///< nothing was written when there is one
    long long event = 0;            ///< id of what was written
    State state = State::received;  ///< afterwards
    rules::Findings findings;       ///< of a check: all that the rules say
};

/// What became of an application that came in through a channel.
struct Received {
    std::string registration;
    bool already = false; ///< the same application was there; nothing was changed
    rules::Findings findings;
};

/// The life of registrations: each step is an event that is never changed, in one transaction with what follows from
/// it. Illegal steps are refused with the reason. Belongs to a Register and is as thread-safe as that.
///
/// Functions throw Error as Register's do; also Error(usage) for a step or particular that does not exist, and
/// Error(input) for a registration that does not exist. What is refused is a value.
class Lives {
public:
    /// Refers to all three, which have to live as long.
    Lives(Register& the_register, const rules::RuleBook& book, const templates::Offices& offices);

    /// Finds person and office of the registrations that came in since the last call; returns how many. The commands
    /// call it first, so that no stopped run leaves anything out.
    long long take_in();

    /// Takes a step. `entered_on`: the day it is written down; today when not given.
    Taken take(const Act& act, std::optional<Date> entered_on = std::nullopt);

    /// Brings in an application that came as text: `line` of a file that the register keeps. `digest` tells equal
    /// applications. Throws Error(input) for a day of receipt that lies ahead.
    Received receive(long long batch, const File& file, int line, const std::string& digest,
                     const rules::Application& application, std::optional<Date> entered_on = std::nullopt);

    /// Runs `work` in one transaction: many steps at once, all or nothing. Within another one's work it is a part of
    /// that one: if it throws, what it did alone is taken back, and the larger one may go on.
    void together(const std::function<void()>& work);

    /// What is to be done on a day, by the events up to it: sorted by office, urgency, day and registration. `office`:
    /// only its people; nullopt: all.
    std::vector<DueItem> due(Date on, std::optional<std::string> office = std::nullopt);
    /// Likewise of one person: of all registrations of whoever this one is of. Throws Error(input) when there is none
    /// of that id.
    std::vector<DueItem> due_of_person(Date on, const std::string& registration);
    /// What the rules ask of the office itself, with no registration.
    std::vector<DueItem> due_of_office(Date on);

    /// Writes down what holds for the whole office: see office_facts.h. Returns the event's id.
    long long take_for_office(const Act& act, std::optional<Date> entered_on = std::nullopt);

    /// Registrations that match, latest first, `most` at most.
    std::vector<Found> find(const Query& query, int most);

    /// Everything of one registration. Throws Error(input) when there is none of that id.
    Overview show(const std::string& registration);

    /// How many registrations are in each state, by the rows.
    std::map<State, long long> states();
    /// How many people are in each state at the end of a day, by the events; a person is where the latest registration
    /// is.
    std::map<State, long long> people_by_state(Date on);

    /// Compares each row with what follows from its events; the ids of those that differ, which is none.
    std::vector<std::string> rows_unlike_events();

    /// What monthly reports count, all as of one moment: each registration that brings something to the periods goes to
    /// one of `uses`, each of which is called on a thread of its own; those of one person go to the same, one after
    /// another in the order in which they came in. Memory does not grow with the register. They must not call it.
    void count_for_report(const ReportQuestion& question, const std::vector<std::function<void(const Counted&)>>& uses);

    std::vector<ClosedPeriod> closed_periods(); ///< in the order of time
    long long last_event();                     ///< id of the event that was written down last
    /// Freezes a period with its figures, by scope: code of a town, "" for all of them, and the files of the definition
    /// that they were counted by. Throws Error(usage) when it or a later one is closed, Error(database) when events
    /// were written since `last_event`.
    void close_period(const ClosedPeriod& period, const std::map<std::string, std::string>& figures,
                      const std::map<std::string, std::string>& definition_files);
    /// Files of a definition by its version: name -> content; empty when no period was closed with it.
    std::map<std::string, std::string> closed_definition(const std::string& version);
    std::optional<std::string> closed_figures(Month month, const std::string& scope);

private:
    class Work;
    class Writer;
    std::vector<DueItem> due_of(Date on, const std::string& of_whom, const Parameters& whom);
    Database& database();

    Register& register_;
    const rules::RuleBook& book_;
    const templates::Offices& offices_;
};

} // namespace dengji::ledger
