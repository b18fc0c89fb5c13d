#include "pipeline/ledger/persons.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/stored_values.h"
#include "pipeline/rules/case.h"
#include "templates/citizen_number.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

struct Person {
    long long id = 0;
    Identity identity;
};

std::vector<Person> persons(Database& database, std::string_view which, Parameters parameters) {
    Cursor row = database.select({"id", "number", "sound", "name", "born", "address"},
                                 "from persons where " + std::string(which) + " order by id", std::move(parameters));
    std::vector<Person> found;
    while (row.next()) {
        Person person;
        person.id = row.number(0);
        person.identity = {row.text(1), row.truth(2), row.text(3), row.text(4), row.text(5), true};
        found.push_back(std::move(person));
    }
    return found;
}

bool names_somebody(const Identity& identity) {
    return !identity.name.empty() && !identity.born.empty() && !identity.address.empty();
}

/// The persons whom an identity may be of, those with its number first.
std::vector<Person> candidates(Database& database, const Identity& identity) {
    std::vector<Person> found;
    if (!identity.number.empty()) found = persons(database, "number = :number", {identity.number});
    if (names_somebody(identity)) {
        auto named = persons(database, "name = :name and born = :born", {identity.name, identity.born});
        found.insert(found.end(), named.begin(), named.end());
    }
    return found;
}

std::optional<Person> matching(Database& database, const Identity& identity, std::optional<long long> but) {
    for (const Person& person : candidates(database, identity))
        if (person.id != but && same_person(identity, person.identity)) return person;
    return std::nullopt;
}

bool has_other_registrations(Database& database, long long person, const std::string& registration) {
    return database
        .number("1", "from lives where person_id = :person and registration_id <> :id limit 1", {person, registration})
        .has_value();
}

void write_identity(Database& database, long long person, const Identity& identity) {
    database.execute(
        "update persons set number = :number, sound = :sound, name = :name, born = :born, "
        "address = :address where id = :id",
        {identity.number, static_cast<int>(identity.sound), identity.name, identity.born, identity.address, person});
}

long long new_person(Database& database, const Identity& identity) {
    database.execute(
        "insert into persons (number, sound, name, born, address) "
        "values (:number, :sound, :name, :born, :address)",
        {identity.number, static_cast<int>(identity.sound), identity.name, identity.born, identity.address});
    return database.last_key();
}

std::vector<Relative> relatives(Database& database, std::string_view rest, Parameters parameters) {
    Cursor row = database.select({"l.registration_id", "l.state", "l.received_on"}, rest, std::move(parameters));
    std::vector<Relative> found;
    while (row.next()) found.push_back({row.text(0), row.text(1), row.text(2)});
    return found;
}

} // namespace

std::string comparable_number(std::string_view number) {
    const auto normal = storable(templates::normal_number(number));
    return templates::has_old_citizen_number_form(normal) ? templates::renewed_citizen_number(normal) : normal;
}

Identity identity_of(const rules::Application& application, const rules::RuleBook& book, Date on) {
    const rules::RegisterFacts nothing;
    const rules::Case the_case(application, nothing, book, on);
    Identity identity;
    identity.number = comparable_number(the_case.number);
    identity.sound = !identity.number.empty() &&
                     (the_case.fault == rules::NumberFault::none || the_case.fault == rules::NumberFault::old_number);
    identity.name = storable(comparable(application.text("name")));
    if (the_case.born) identity.born = format(*the_case.born);
    identity.address = storable(comparable(application.text("residence_address.county")) +
                                comparable(application.text("residence_address.detail")));
    identity.settled = true;
    for (const char* key : {"name", "id_number", "residence_address.county", "residence_address.detail"})
        identity.settled = identity.settled && !application.doubtful(key);
    return identity;
}

bool same_person(const Identity& one, const Identity& other) {
    if (!one.number.empty() && one.number == other.number) return true;
    if (one.sound && other.sound) return false;
    return names_somebody(one) && one.name == other.name && one.born == other.born && one.address == other.address;
}

std::optional<long long> find_person(Database& database, const Identity& identity, std::optional<long long> but) {
    const auto person = matching(database, identity, but);
    return person ? std::optional(person->id) : std::nullopt;
}

long long assign_person(Database& database, const std::string& registration, const Identity& identity) {
    const auto present = database.number("person_id", "from lives where registration_id = :id", {registration});
    const bool alone = present && !has_other_registrations(database, *present, registration);
    const auto chosen = matching(database, identity, alone ? present : std::nullopt);
    long long person = 0;
    if (chosen) {
        person = chosen->id;
        if (identity.settled && (identity.sound || !chosen->identity.sound)) write_identity(database, person, identity);
    } else if (alone) {
        person = *present;
        write_identity(database, person, identity);
    } else {
        person = new_person(database, identity);
    }
    if (person != present)
        database.execute("update lives set person_id = :person where registration_id = :id", {person, registration});
    return person;
}

std::vector<Relative> registrations_of(Database& database, long long person, const std::string& but) {
    return relatives(database, "from lives l where l.person_id = :person and l.registration_id <> :id order by l.id",
                     {person, but});
}

std::vector<Relative> look_alikes_of(Database& database, long long person, const Identity& identity) {
    if (identity.name.empty() || identity.born.empty()) return {};
    return relatives(database,
                     "from persons p join lives l on l.person_id = p.id where p.name = :name and p.born = :born "
                     "and p.id <> :person order by l.id",
                     {identity.name, identity.born, person});
}

} // namespace dengji::ledger
