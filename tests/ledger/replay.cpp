#include "tests/ledger/replay.h"

#include "pipeline/base/files.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/ledger/lives_work.h"
#include "pipeline/ledger/stored_values.h"
#include "tests/ledger/applicants.h"

#include <nlohmann/json.hpp>
#include <set>

namespace dengji::ledger::test {
namespace {

using nlohmann::json;

constexpr auto life_columns = "id, registration_id, person_id, office, follows, channel, state, changed_on, "
                              "received_on, decided_on, registered_on, cancelled_on, cancel_reason, settled_on";
constexpr auto event_columns = "id, at, actor, action, subject_kind, subject, batch_id, details, effective_on, "
                               "entered_on, way, paper, outcome, state";
constexpr std::size_t most_told = 20;

/// What an event did to a value.
struct Change {
    long long id = 0, undone = 0;
    std::string registration, key, step;
    std::string value;
    std::optional<std::string> before;
    std::optional<FieldMark> mark; ///< before
};

const std::set<std::string> steps_of_values = {"change", "confirm", "correct", "undo"};

Change change_in(long long id, const std::string& registration, const std::string& step, const std::string& details) {
    const json said = json::parse(details);
    const auto& given = said.at("particulars");
    Change change;
    change.id = id, change.registration = registration, change.step = step, change.key = given.at("key");
    change.value = given.value("value", "");
    if (step == "undo") change.undone = std::stoll(given.at("event").get<std::string>());
    if (said.contains("before") && said.at("before").is_string()) change.before = said.at("before");
    if (said.contains("mark"))
        change.mark = FieldMark{said.at("mark").at("review"), said.at("mark").at("origin").get<std::string>()};
    return change;
}

class Replay {
public:
    Replay(const std::filesystem::path& register_file, const std::filesystem::path& copy)
        : original_(register_file), database_(made_copy(register_file, copy)) {}

    std::vector<std::string> run() {
        database_.execute("pragma foreign_keys = off"); // rows come back in another order
        const Transaction transaction(database_);
        undo_changes();
        expect_values_as_they_were_read();
        forget_everything();
        std::vector<long long> ids;
        {
            Cursor row = database_.select({"id"}, "from all_events where effective_on is not null and subject_kind = "
                                                  "'registration' order by id");
            while (row.next()) ids.push_back(row.number(0));
        }
        for (const long long id : ids) take(id);
        compare("lives", life_columns);
        compare("persons", "id, number, sound, name, born, address");
        compare("registration_values", "registration_id, key, position, type, value, review, origin");
        compare_numbers();
        return std::move(unlike_);
    }

private:
    static std::filesystem::path made_copy(const std::filesystem::path& from, const std::filesystem::path& to) {
        Database(from).execute("vacuum into :copy", {to.string()});
        return to;
    }

    void tell(const std::string& what) {
        if (unlike_.size() < most_told) unlike_.push_back(what);
    }

    /// Values as they were before anybody changed them.
    void undo_changes() {
        std::vector<Change> changes;
        {
            Cursor row = database_.select(
                {"id", "subject", "action", "details"},
                "from events where action in ('change', 'confirm', 'correct', 'undo') and effective_on is not "
                "null order by id desc");
            while (row.next()) changes.push_back(change_in(row.number(0), row.text(1), row.text(2), row.text(3)));
        }
        for (const auto& change : changes) take_back(change);
    }

    void take_back(const Change& change) {
        const auto& [id, key] = std::tie(change.registration, change.key);
        if (change.step == "undo") { // what it undid was a clerk's word
            if (change.before) change_field(database_, id, book().form, key, *change.before, "clerk");
            return set_field_mark(database_, id, key, {false, "clerk"});
        }
        if (change.step == "confirm") return set_field_mark(database_, id, key, change.mark.value());
        if (!change.before)
            return database_.execute("delete from registration_values where registration_id = :id and key = :key",
                                     {id, key});
        change_field(database_, id, book().form, key, *change.before, "application");
        if (change.mark) return set_field_mark(database_, id, key, *change.mark);
        Cursor row = database_.select({"r.review"},
                                      "from readings r join registrations g on g.page_id = r.page_id where g.id = :id "
                                      "and r.key = :key",
                                      {id, key});
        if (row.next()) set_field_mark(database_, id, key, {row.truth(0), "reading"});
    }

    void expect_values_as_they_were_read() {
        Cursor row = database_.select({"v.registration_id", "v.key"},
                                      "from registration_values v join registrations g on g.id = v.registration_id "
                                      "join readings r on r.page_id = g.page_id and r.key = v.key where r.value <> "
                                      "v.value or r.type <> v.type or r.review <> v.review");
        while (row.next()) tell("value " + row.text(1) + " of " + row.text(0) + " is not what was read");
    }

    /// Events come back one by one, so that no step sees what happened later.
    void forget_everything() {
        for (const auto* statement : {"drop trigger events_are_never_changed", "drop trigger events_are_never_deleted",
                                      "create temp table all_events as select * from events",
                                      "create unique index all_by_id on all_events (id)",
                                      "delete from given_numbers where event_id is not null", "delete from lives",
                                      "delete from persons", "delete from events where effective_on is not null"})
            database_.execute(statement);
    }

    void take(long long id) {
        database_.execute("insert into events (" + std::string(event_columns) + ") select " + event_columns +
                              " from all_events where id = :id",
                          {id});
        std::string registration, step, outcome, details, at, by;
        std::optional<std::string> state;
        {
            Cursor row = database_.select({"subject", "action", "outcome", "details", "at", "actor", "state"},
                                          "from events where id = :id", {id});
            row.next();
            registration = row.text(0), step = row.text(1), outcome = row.text(2), details = row.text(3);
            at = row.text(4), by = row.text(5);
            if (!row.is_null(6)) state = row.text(6);
        }
        if (step == "received") return receive(registration, outcome);
        const auto row = life_row(database_, registration);
        if (!row) return tell("event " + std::to_string(id) + " is of a registration that was not received");
        if (steps_of_values.contains(step)) change(change_in(id, registration, step, details));
        if (step == "register") follow(*row, details);
        if (step == "office")
            database_.execute("update lives set office = :office where registration_id = :id", {outcome, registration});
        const auto life = fold_life(life_events(database_, registration));
        if ((life->state != row->state) != state.has_value() && step != "receipt")
            tell("event " + std::to_string(id) + " does not tell the state as it changed");
        if (state && *state != name_of(life->state)) tell("event " + std::to_string(id) + " tells another state");
        store_life(database_, registration, *life, settled_on(*life, book().settings));
        if (step == "certificate-issue")
            database_.execute("insert into given_numbers (number, state, registration_id, event_id, at, actor) values "
                              "(:number, 'issued', :registration, :event, :at, :by) on conflict (number) do nothing",
                              {outcome, registration, id, at, by});
    }

    void receive(const std::string& registration, const std::string& channel) {
        database_.execute(
            "insert into lives (registration_id, channel, state, changed_on, received_on) select subject, "
            ":channel, 'received', effective_on, effective_on from events where subject = :id and action "
            "= 'received' and effective_on is not null",
            {channel, registration});
        place(registration);
    }

    void place(const std::string& registration) {
        Situation situation(database_, book(), offices(), *life_row(database_, registration));
        place_life(situation);
    }

    void change(const Change& change) {
        const auto mark = field_mark(database_, change.registration, change.key);
        if (change.mark && (change.mark->review != mark.review || change.mark->origin != mark.origin))
            tell("event " + std::to_string(change.id) + " tells another mark before than there was");
        if (change.step == "confirm")
            confirm_field(database_, change.registration, change.key, "clerk");
        else if (change.step == "undo")
            undo(change);
        else
            set(change, change.value, change.step == "change" ? "person" : "clerk");
        place(change.registration);
    }

    void set(const Change& change, const std::string& value, const std::string& origin) {
        if (change_field(database_, change.registration, book().form, change.key, value, origin) != change.before)
            tell("event " + std::to_string(change.id) + " tells another value before than there was");
    }

    void undo(const Change& change) {
        const auto& details = database_.text("details", "from events where id = :id", {change.undone});
        const auto step = database_.text("action", "from events where id = :id", {change.undone});
        const auto undone = change_in(change.undone, change.registration, step.value(), details.value());
        if (undone.step == "correct") set(change, undone.before.value_or(""), "clerk");
        set_field_mark(database_, change.registration, change.key, undone.mark.value());
    }

    void follow(const LifeRow& row, const std::string& details) {
        std::string before;
        for (const auto& other : registrations_of(database_, row.person.value_or(0), row.registration))
            if (state_named(other.state) == State::cancelled) before = other.registration;
        const json said = json::parse(details);
        if (said.value("follows", "") != before) tell(row.registration + " follows another than its event tells");
        if (!before.empty())
            database_.execute("update lives set follows = :before where registration_id = :id",
                              {before, row.registration});
    }

    /// All rows of both registers, both ways.
    void compare(const std::string& table, const std::string& columns) {
        const auto rows = [&](Database& of) {
            std::set<std::string> all;
            Cursor row = of.select({"json_array(" + columns + ")"}, "from " + table);
            while (row.next()) all.insert(row.text(0));
            return all;
        };
        const auto kept = rows(original_), anew = rows(database_);
        for (const auto& row : kept)
            if (!anew.contains(row)) tell(table + " holds, and the events do not give, " + row);
        for (const auto& row : anew)
            if (!kept.contains(row)) tell(table + " does not hold what the events give, " + row);
    }

    void compare_numbers() { compare("given_numbers", "number, state, registration_id, event_id, at, actor, reason"); }

    Database original_, database_;
    std::vector<std::string> unlike_;
};

} // namespace

std::vector<std::string> unlike_after_replay(const std::filesystem::path& register_file) {
    const TempFolder folder("replay");
    return Replay(register_file, folder.path() / "replay.sqlite").run();
}

} // namespace dengji::ledger::test
