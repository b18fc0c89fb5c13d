#include "pipeline/ledger/lives.h"

#include "pipeline/ledger/lives_work.h"

namespace dengji::ledger {
namespace {

bool office_was_said(const std::vector<LifeEvent>& events) {
    for (const auto& event : events)
        if (event.step == "office") return true;
    return false;
}

/// By residence; where that lies elsewhere, by hukou (三（二）: either may be chosen).
const templates::Office* handling_office(const templates::Offices& offices, const rules::Application& application) {
    const auto address = [&](const std::string& which) {
        return templates::Address{application.text(which + ".county"), application.text(which + ".detail")};
    };
    const auto* office = offices.of(address("residence_address"));
    return office != nullptr ? office : offices.of(address("hukou_address"));
}

} // namespace

void place_life(Situation& situation) {
    Database& database = situation.database();
    const auto application = situation.application();
    assign_person(database, situation.registration(),
                  identity_of(application, situation.book(), situation.row().received_on));
    if (office_was_said(situation.events())) return;
    const auto* office = handling_office(situation.offices(), application);
    database.execute("update lives set office = :office where registration_id = :id",
                     {office == nullptr ? std::string() : office->code, situation.registration()});
}

Lives::Lives(Register& the_register, const rules::RuleBook& book, const templates::Offices& offices)
    : register_(the_register), book_(book), offices_(offices) {}

long long Lives::take_in() {
    {
        // Most commands find nothing to do here, and must not wait for a writer.
        const std::lock_guard lock(register_.parts_->one_at_a_time);
        if (!register_.parts_->database.number("1", "from lives where person_id is null limit 1")) return 0;
    }
    Work work(*this);
    std::vector<std::string> newcomers;
    {
        Cursor row = work.database.select({"registration_id"}, "from lives where person_id is null order by id");
        while (row.next()) newcomers.push_back(row.text(0));
    }
    for (const auto& registration : newcomers) {
        Situation situation(work.database, book_, offices_, *life_row(work.database, registration));
        place_life(situation);
    }
    work.commit();
    return static_cast<long long>(newcomers.size());
}

void Lives::together(const std::function<void()>& work) {
    auto& parts = *register_.parts_;
    const std::lock_guard lock(parts.one_at_a_time);
    if (parts.together) { // part of a larger one already
        Savepoint part(parts.database);
        work();
        return part.keep();
    }
    Transaction transaction(parts.database);
    parts.together = true;
    try {
        work();
    } catch (...) {
        parts.together = false;
        throw;
    }
    parts.together = false;
    transaction.commit();
}

} // namespace dengji::ledger
