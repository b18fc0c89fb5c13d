#include "tests/ledger/life_fixture.h"

namespace dengji::ledger::test {

LifeTest::LifeTest() {
    write_file(place.path() / "applications.jsonl", "{}\n");
    batch = the_register.begin_batch({place.path()});
    file = the_register.add_file(batch.id, 0, place.path() / "applications.jsonl", "applications.jsonl");
}

std::string LifeTest::receive(const rules::Application& application) {
    ++line;
    return lives.receive(batch.id, file, line, std::to_string(line), application, day("2026-06-30")).registration;
}

std::string LifeTest::receive(const Applicant& person, const std::string& on) {
    return receive(application_of(person, day(on), rules::Channel::counter));
}

std::string LifeTest::registered(const Applicant& person, const std::string& on) {
    const auto id = receive(person, on);
    expect(id, "check", on, {{"signs_of_employment", "no"}});
    expect(id, "register", on);
    return id;
}

std::string LifeTest::registered(const std::string& on) {
    return registered(people.next(), on);
}

Taken LifeTest::take(const std::string& registration, const std::string& step, const std::string& on,
                     std::map<std::string, std::string> particulars, const std::string& by) {
    Act act;
    act.registration = registration;
    act.step = step;
    act.on = day(on);
    act.by = by;
    act.way = "电话";
    act.paper = "材料一份";
    act.particulars = std::move(particulars);
    return lives.take(act, day("2026-06-30"));
}

void LifeTest::expect(const std::string& registration, const std::string& step, const std::string& on,
                      std::map<std::string, std::string> particulars) {
    const auto taken = take(registration, step, on, std::move(particulars));
    if (!taken.refusal) return;
    std::string why = taken.refusal->why;
    for (const auto& finding : taken.refusal->findings) why += " " + finding.rule + " " + finding.message;
    ADD_FAILURE() << step << " on " << on << " was refused: " << why;
}

void LifeTest::expect_refused(const std::string& registration, const std::string& step, const std::string& on,
                              const std::string& words, std::map<std::string, std::string> particulars) {
    const auto taken = take(registration, step, on, std::move(particulars));
    if (!taken.refusal) {
        ADD_FAILURE() << step << " on " << on << " was not refused";
        return;
    }
    std::string why = taken.refusal->why;
    for (const auto& finding : taken.refusal->findings) why += " " + finding.rule + " " + finding.message;
    EXPECT_THAT(why, testing::HasSubstr(words)) << step;
}

State LifeTest::state_of(const std::string& registration) {
    return lives.show(registration).row.state;
}

} // namespace dengji::ledger::test
