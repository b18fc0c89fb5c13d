#pragma once
#include "pipeline/ledger/life_facts.h"
#include "templates/offices.h"

namespace dengji::ledger {

/// Everything that the laws and the gates of a step may ask about a registration; what is not asked for is not read.
/// Part of one transaction.
class Situation {
public:
    Situation(Database& database, const rules::RuleBook& book, const templates::Offices& offices, LifeRow row)
        : database_(database), book_(book), offices_(offices), row_(std::move(row)) {}

    Database& database() const { return database_; }
    const rules::RuleBook& book() const { return book_; }
    const templates::Offices& offices() const { return offices_; }
    const LifeRow& row() const { return row_; }
    const std::string& registration() const { return row_.registration; }

    const std::vector<LifeEvent>& events();
    const Life& life(); ///< Throws Error(data) when there is no event
    const std::vector<FieldValue>& values();
    rules::Application application(); ///< as it stands, with what the events say of it
    Identity identity();
    const std::vector<Relative>& others(); ///< of the same person
    std::vector<Relative> look_alikes();
    std::string office_name() const; ///< "" when no office handles it

private:
    Database& database_;
    const rules::RuleBook& book_;
    const templates::Offices& offices_;
    LifeRow row_;
    std::optional<std::vector<LifeEvent>> events_;
    std::optional<Life> life_;
    std::optional<std::vector<FieldValue>> values_;
    std::optional<std::vector<Relative>> others_;
};

} // namespace dengji::ledger
