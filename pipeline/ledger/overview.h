#pragma once
#include "pipeline/ledger/life.h"
#include "pipeline/ledger/persons.h"
#include "pipeline/ledger/records.h"
#include "pipeline/rules/finding.h"

namespace dengji::ledger {

/// What to look for; empty parts match everything.
struct Query {
    std::string name;   ///< a part of the name
    std::string number; ///< of the identity document, in any spelling; 15 and 18 digits are one
    std::string office; ///< code of the town
    std::optional<State> state;
};

/// A registration in a list.
struct Found {
    std::string registration, name, number; ///< the number in full: mask it before it is shown
    State state = State::received;
    Date changed_on, received_on;
    rules::Channel channel = rules::Channel::counter;
    std::string office, follows; ///< office: code, "" for none
    int for_review = 0;          ///< values that wait for a person
};

/// A registration with all that is known of it.
struct Overview {
    Found row;
    std::vector<FieldValue> values;
    std::vector<LifeEvent> events;
    std::set<long long> withdrawn; ///< ids of events that were taken back
    std::vector<Relative> others;  ///< registrations of the same person
    std::vector<Relative> look_alikes;
    rules::Findings findings; ///< of an application that is not decided: what the rules say now
};

} // namespace dengji::ledger
