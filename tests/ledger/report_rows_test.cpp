// The rows that reports are counted from hold what the tables of values and events hold, whatever happens to those.
#include "pipeline/ledger/report_row.h"

#include "pipeline/ledger/migrations.h"
#include "pipeline/ledger/schema.h"
#include "pipeline/ledger/stored_values.h"
#include "tests/ledger/life_fixture.h"
#include "tests/ledger/simulation.h"

#include <nlohmann/json.hpp>

namespace dengji::ledger::test {
namespace {

using testing::IsEmpty;

/// What is wrong with the rows, by a count of its own: each value and event of a registration has to be in its row in
/// full, and nothing else.
std::vector<std::string> wrong_rows(const std::filesystem::path& file) {
    Database database(file);
    std::vector<std::string> wrong;
    std::map<std::string, std::pair<SaidValues, std::vector<PackedStep>>> rows;
    std::deque<std::string> kept; // what the rows refer to
    {
        Cursor row = database.select({"l.registration_id", "r.said", "r.steps"},
                                     "from lives l left join report_rows r on r.id = l.id");
        while (row.next()) {
            if (row.is_null(1)) wrong.push_back("no row for " + row.text(0));
            auto& [said, steps] = rows[row.text(0)];
            said = said_values(kept.emplace_back(row.text(1)));
            unpack_steps(kept.emplace_back(row.text(2)), steps);
        }
    }
    if (database.number("count(*)", "from report_rows") != static_cast<long long>(rows.size()))
        wrong.emplace_back("rows without a registration");
    std::map<std::string, std::size_t> values;
    Cursor value = database.select({"registration_id", "key", "type", "value"}, "from registration_values");
    while (value.next()) {
        const auto field = report_field(value.text(1));
        const auto found = rows.find(value.text(0));
        if (!field || found == rows.end()) continue;
        const auto& said = found->second.first[*field];
        if (said.type != value.text(2).front() || said.stored != value.text(3))
            wrong.push_back(value.text(1) + " of " + value.text(0));
        ++values[value.text(0)];
    }
    std::map<std::string, std::size_t> events;
    Cursor event = database.select({"subject", "id", "action", "effective_on", "outcome", "details"},
                                   "from events where effective_on is not null order by id");
    while (event.next()) {
        const auto found = rows.find(event.text(0));
        const auto step = std::find_if(report_steps().begin(), report_steps().end(),
                                       [&](const auto& each) { return each.second == event.text(2); });
        if (found == rows.end() || step == report_steps().end()) continue;
        const auto place = events[event.text(0)]++;
        const auto& steps = found->second.second;
        if (place >= steps.size() || steps[place].step != step->first || steps[place].id != event.number(1) ||
            format(steps[place].on) != event.text(3) || steps[place].outcome != event.text(4) ||
            steps[place].details != (is_change(step->first) ? event.text(5) : ""))
            wrong.push_back("event " + event.text(1) + " of " + event.text(0));
    }
    for (const auto& [registration, row] : rows) {
        const auto said = static_cast<std::size_t>(
            std::count_if(row.first.begin(), row.first.end(), [](const SaidValue& each) { return each.type != 0; }));
        if (said != values[registration]) wrong.push_back("more values than there are of " + registration);
        if (row.second.size() != events[registration])
            wrong.push_back("other events than there are of " + registration);
    }
    return wrong;
}

struct ReportRows : LifeTest {
    std::filesystem::path register_file = data / "register.sqlite";
};

TEST_F(ReportRows, FollowWhatIsWrittenDown) {
    const auto id = registered("2024-03-04");
    expect(id, "correct", "2024-04-10", {{"key", "hukou_type"}, {"value", "农村居民家庭"}});
    expect(id, "change", "2024-04-11", {{"key", "health"}, {"value", "残疾:二级;'"}});
    expect(id, "office", "2024-04-12", {{"town", "双福"}});
    expect(id, "cancel", "2024-05-10", {{"reason", "C2a"}});
    EXPECT_THAT(wrong_rows(register_file), IsEmpty());
}

TEST_F(ReportRows, FollowValuesThatAreChangedAddedAndTakenAway) {
    const auto id = registered("2024-03-04");
    Database database(register_file);
    for (const auto* sql :
         {"update registration_values set value = '甲:乙' where key = 'name'",
          "update registration_values set type = 'list', value = '[\"女\"]' where key = 'sex'",
          "update registration_values set review = 1 where key = 'education'",
          "delete from registration_values where key = 'health'",
          "insert into registration_values (registration_id, key, position, type, value, review, origin) select id, "
          "'health', 5, 'text', '', 0, 'clerk' from registrations",
          "update registration_values set value = 'a@b.example' where key = 'email'"}) {
        database.execute(sql);
        EXPECT_THAT(wrong_rows(register_file), IsEmpty()) << sql;
    }
    EXPECT_EQ(database.number("instr(said, '甲:乙') > 0", "from report_rows"), 1);
    // The test itself sees a row that is not right.
    database.execute("update report_rows set said = replace(said, '甲:乙', '乙:甲')");
    EXPECT_EQ(wrong_rows(register_file).size(), 1U);
}

TEST_F(ReportRows, FollowASimulatedOffice) {
    OfficePlan plan;
    plan.people = 60;
    plan.corrects_what_counts = plan.writes_late = true;
    Office(the_register, lives, plan, place.path()).run();
    EXPECT_THAT(wrong_rows(register_file), IsEmpty());
}

TEST_F(ReportRows, AreMadeForARegisterOfTheSchemaBefore) {
    const auto id = registered("2024-03-04");
    expect(id, "correct", "2024-04-10", {{"key", "hukou_type"}, {"value", "农村居民家庭"}});
    const auto older = place.path() / "older.sqlite";
    Database(register_file).execute("vacuum into :copy", {older.string()});
    Database database(older);
    const auto before = database.text("group_concat(said || steps)", "from report_rows");
    for (const auto* object : {"trigger report_rows_come", "trigger report_rows_go", "trigger report_rows_gain_a_value",
                               "trigger report_rows_change_a_value", "trigger report_rows_lose_a_value",
                               "trigger report_rows_gain_a_step", "view report_rows_afresh", "table report_rows"})
        database.execute(std::string("drop ") + object);
    database.execute("delete from schema_versions where version = :last", {newest_schema()});
    migrate(database);
    EXPECT_EQ(database.text("group_concat(said || steps)", "from report_rows"), before);
    EXPECT_THAT(wrong_rows(older), IsEmpty());
    EXPECT_EQ(database.number("max(version)", "from schema_versions"), newest_schema());
}

TEST_F(ReportRows, ThatNoTriggerCanHaveWrittenAreRefused) {
    for (const auto* said : {"a", "at", "at5:abc", "zt1:a", "atx:a", "at-1:a"})
        EXPECT_THROW(said_values(said), Error) << said;
    std::vector<PackedStep> steps;
    for (const auto* text :
         {"a", "a1", "a1,2024-01-01", "a1,2024-02-30,0:", "z1,2024-01-01,0:", "a1,2024-01-01,9:x", "q1,2024-01-01,0:"})
        EXPECT_THROW(unpack_steps(text, steps), Error) << text;
    unpack_steps("a1,2024-01-01,7:counterq12,2024-01-02,0:2:{}", steps);
    ASSERT_EQ(steps.size(), 2U);
    EXPECT_EQ(steps[1].details, "{}");
}

} // namespace
} // namespace dengji::ledger::test
