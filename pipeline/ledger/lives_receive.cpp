#include "pipeline/base/error.h"
#include "pipeline/ledger/life_details.h"
#include "pipeline/ledger/life_gates.h"
#include "pipeline/ledger/lives_work.h"
#include "pipeline/ledger/stored_values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace dengji::ledger {
namespace {

/// A line of a file of applications stands where a page of a stack does: rows and originals are the same for both.
long long add_line(Database& database, const File& file, int line, const std::string& form) {
    database.execute(
        "insert into pages (file_id, number, status, kind, form, form_page, paper, orientation, quality, reasons, ms) "
        "values (:file, :number, 'done', 'registration', :form, 0, '', 0, '{}', '[]', '{}')",
        {file.id, line, form});
    return database.last_key();
}

void add_values(Database& database, const std::string& registration, const templates::Form& form,
                const rules::Application& application) {
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
        const auto given = application.fields.find(form.fields[i].key);
        if (given == application.fields.end()) continue;
        const StoredValue value = stored(given->second.value);
        database.execute(
            "insert into registration_values (registration_id, key, position, type, value, review, origin) "
            "values (:id, :key, :position, :type, :value, :review, :origin)",
            {registration, given->first, static_cast<long long>(i), value.type, value.text,
             static_cast<int>(given->second.doubtful),
             std::string(given->second.by_machine ? "reading" : "application")});
    }
}

} // namespace

Received Lives::receive(long long batch, const File& file, int line, const std::string& digest,
                        const rules::Application& application, std::optional<Date> entered_on) {
    Work work(*this);
    Database& database = work.database;
    const Entry entry = entered_on ? entry_on(*entered_on) : entry_now();
    const Date received_on = application.received_on.value_or(entry.day);
    if (received_on > entry.day)
        throw Error(ErrorKind::input, "'received_on' is a day that lies ahead", "Correct the day.");
    Received received;
    if (const auto known = database.text("registration_id", "from imports where digest = :digest", {digest})) {
        received.registration = *known;
        received.already = true;
        return received;
    }
    received.registration = page_id(file.sha256, line);
    const auto& id = received.registration;
    const auto& form = book_.form;
    const long long page = add_line(database, file, line, form.id);
    database.execute("insert into registrations (id, page_id, form) values (:id, :page, :form)", {id, page, form.id});
    add_values(database, id, form, application);
    database.execute("insert into imports (digest, registration_id) values (:digest, :id)", {digest, id});
    const auto details = details_of(application);
    add_life(database, id, application.channel.value_or(rules::Channel::counter), received_on, entry,
             "dengji " DENGJI_VERSION, batch, details.dump());
    Situation newcomer(database, book_, offices_, *life_row(database, id));
    place_life(newcomer);
    Situation situation(database, book_, offices_, *life_row(database, id));
    Act nobody;
    nobody.on = received_on;
    received.findings = findings_of(situation, nobody);
    // That no clerk has handled it yet is no finding.
    std::erase_if(received.findings, [](const rules::Finding& finding) { return finding.rule == "H02"; });
    work.commit();
    return received;
}

} // namespace dengji::ledger
