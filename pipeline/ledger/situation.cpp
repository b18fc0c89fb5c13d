#include "pipeline/ledger/situation.h"

#include "pipeline/base/error.h"

namespace dengji::ledger {

const std::vector<LifeEvent>& Situation::events() {
    if (!events_) events_ = life_events(database_, row_.registration);
    return *events_;
}

const Life& Situation::life() {
    if (!life_) life_ = fold_life(events());
    if (!life_)
        throw Error(ErrorKind::data, "the register holds a registration without any event",
                    "Restore it from a backup.");
    return *life_;
}

const std::vector<FieldValue>& Situation::values() {
    if (!values_) values_ = values_of(database_, row_.registration);
    return *values_;
}

rules::Application Situation::application() {
    return application_of(values(), life());
}

Identity Situation::identity() {
    return identity_of(application(), book_, row_.received_on);
}

const std::vector<Relative>& Situation::others() {
    if (!others_)
        others_ = row_.person ? registrations_of(database_, *row_.person, row_.registration) : std::vector<Relative>();
    return *others_;
}

std::vector<Relative> Situation::look_alikes() {
    return row_.person ? look_alikes_of(database_, *row_.person, identity()) : std::vector<Relative>();
}

std::string Situation::office_name() const {
    const auto* office = offices_.with_code(row_.office);
    return office == nullptr ? std::string() : office->name;
}

} // namespace dengji::ledger
