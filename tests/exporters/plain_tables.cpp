#include "tests/exporters/plain_tables.h"

#include "pipeline/base/files.h"
#include "tests/exporters/plain_conditions.h"

#include <dengji_project.h>
#include <sstream>

namespace dengji::monthly::test {
namespace {

using ledger::Database;

const std::filesystem::path templates_folder = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates";

// A plus keeps SQLite from looking through all events of a kind where those of one person are meant.

/// What was written down after a period was closed counts on the day after that period, and so on.
void make_events(Database& database) {
    database.execute("create temp table events as select id, subject, action, outcome, details, state, "
                     "effective_on from main.events where effective_on is not null order by id");
    database.execute("create index temp.events_by_subject on events (subject, id)");
    std::vector<std::string> months;
    for (auto row = database.select({"month"}, "from closed_periods order by until_day"); row.next();)
        months.push_back(row.text(0));
    for (const auto& month : months)
        database.execute("update temp.events set effective_on = (select date(c.until_day, '+1 day') from "
                         "closed_periods c where c.month = :month) where exists (select 1 from closed_periods c where "
                         "c.month = :again and events.effective_on <= c.until_day and events.id > c.last_event)",
                         {month, month});
}

std::string sex_is(const std::string& sex, const std::string& when) {
    const std::string said = "sex_" + when;
    return "(" + said + " = '" + sex + "' or (" + said +
           " not in ('男', '女') and substr(number, 17, 1) % 2 = " + (sex == "男" ? "1" : "0") + "))";
}

void make_people(Database& database, const std::string& before, const std::string& from, const std::string& until) {
    const std::string happened = "from events e where e.subject = l.registration_id and e.effective_on >= '" + from +
                                 "' and e.effective_on <= '" + until + "' and +e.action = ";
    const std::string not_taken_back = " and not exists (select 1 from events w where +w.action = 'withdraw' and "
                                       "w.subject = e.subject and w.outcome = cast(e.id as text))";
    std::string columns = "l.registration_id id, l.person_id person, l.channel";
    const auto add = [&](const std::string& what, const std::string& name) {
        columns.append(", ").append(what).append(" ").append(name);
    };
    for (const auto& [when, day] : {std::pair<std::string, std::string>{"before", before}, {"at_end", until}}) {
        add(open_on(day), "open_" + when);
        add(pending_on(day), "pending_" + when);
        add(hard_on(day), "hard_" + when);
        add(office_on(day), "office_" + when);
        for (const auto& [key, name] : {std::pair{"sex", "sex"}, {"hukou_type", "hukou"}, {"categories", "categories"}})
            add(value_on(key, day), std::string(name) + "_" + when);
    }
    for (const auto& [key, name] : {std::pair{"education", "education"},
                                    {"unemployment_reason", "reason"},
                                    {"health", "health"},
                                    {"hukou_address.province", "province"},
                                    {"hukou_address.county", "county"},
                                    {"claims_benefit", "claims"},
                                    {"id_number", "number"},
                                    {"unemployed_since", "since"}})
        add(value_on(key, until), name);
    add("(select count(*) " + happened + "'register')", "entered");
    add("(select count(*) " + happened + "'restore')", "restored");
    add("(select max(e.outcome) " + happened + "'cancel')", "left_for");
    add("l.follows is not null", "again");
    add("exists (select 1 " + happened + "'contact'" + not_taken_back + ") or exists (select 1 " + happened +
            "'first-contact')",
        "contacted");
    add("(select group_concat(e.outcome) from events e where e.subject = l.registration_id and +e.action = "
        "'verify-category' and e.effective_on <= '" +
            until + "'" + not_taken_back + ")",
        "verified");
    add("coalesce((select json_extract(e.details, '$.before') from events e where e.subject = l.registration_id and "
        "+e.action = 'office' order by e.id limit 1), l.office)",
        "first_office");
    database.execute("create temp table said as select " + columns + " from lives l");
    columns = "*";
    for (const std::string when : {"before", "at_end"}) {
        add(sex_is("女", when), "female_" + when);
        add(sex_is("男", when), "male_" + when);
        add("hukou_" + when + " like '%城镇%'", "urban_" + when);
        add("hukou_" + when + " not like '%城镇%' and hukou_" + when + " like '%农村%'", "rural_" + when);
        add("'、' || categories_" + when + " || '、' like '%、高校毕业生、%'", "graduate_" + when);
    }
    add("claims = '是'", "benefit");
    add("cast(substr('" + until + "', 1, 4) as integer) - cast(substr(number, 7, 4) as integer) - (substr('" + until +
            "', 6, 2) || substr('" + until + "', 9, 2) < substr(number, 11, 4))",
        "age");
    add("case since when '' then null else max(0, 12 * (substr('" + until +
            "', 1, 4) - substr(since, 1, 4)) + "
            "substr('" +
            until + "', 6, 2) - substr(since, 6, 2)) end",
        "months");
    database.execute("create temp table people as select " + columns + " from said");
    database.execute("create index temp.people_by_id on people (id)");
}

void make_days(Database& database) {
    database.execute("create temp table notices (day text primary key, kind text)");
    for (const auto& file : std::filesystem::directory_iterator(templates_folder / "calendars")) {
        std::istringstream lines(read_file(file.path()));
        for (std::string line; std::getline(lines, line);)
            if (line.size() > 14 && line[4] == '-')
                database.execute("insert into notices values (:day, :kind)",
                                 {line.substr(0, 10), line.substr(11, line.find(',', 11) - 11)});
    }
    database.execute(
        "create temp table days as with recursive every(day) as (select '2023-12-01' union all select date(day, "
        "'+1 day') from every where day < '2026-12-31') select day, sum(works) over (order by day) n from (select "
        "e.day, coalesce(k.kind = 'work', strftime('%w', e.day) not in ('0', '6')) works from every e left join "
        "notices k on k.day = e.day)");
    database.execute("create index temp.days_by_n on days (n, day)");
    database.execute("create index temp.days_by_day on days (day)");
}

std::string n(const std::string& day) {
    return "(select n from days where day = " + day + ")";
}

/// Each time that somebody's application waited for a decision, as it stands at the end of the period.
void make_applications(Database& database, const std::string& until) {
    const std::string later = "from events e where e.subject = s.subject and e.id > s.id and e.effective_on <= '" +
                              until + "' and +e.action ";
    database.execute(
        "create temp table waits as select s.subject id, s.effective_on submitted, (select e.effective_on " + later +
        "in ('register', 'refuse', 'return') order by e.id limit 1) decided, (select e.action " + later +
        "in ('register', 'refuse', 'return') order by e.id limit 1) decision, (select e.effective_on " + later +
        "= 'survey-open' order by e.id limit 1) opened, (select e.effective_on " + later +
        "= 'survey-close' order by e.id limit 1) closed from events s where s.action in ('received', 'resubmit') "
        "and s.effective_on <= '" +
        until + "'");
    const std::string online = "p.channel in ('app12333', 'national')";
    database.execute(
        "create temp table applications as select w.*, p.channel, p.office_at_end, case when " + online +
        " then (select min(day) from days where n = " + n("w.submitted") + " + 5 + coalesce(" + n("w.closed") + " - " +
        n("w.opened") +
        ", 0)) else max(w.submitted, coalesce(w.closed, w.submitted)) end due, (select min(day) from days where n "
        "= " +
        n("w.opened") + " + 7) survey_due from waits w join people p on p.id = w.id");
}

/// A person's first certificate, and what became of it: with each event whether it is valid from then on.
void make_certificates(Database& database) {
    database.execute(
        "create temp table held as select l.person_id person, min(e.id) issue, p.first_office office from events e "
        "join lives l on l.registration_id = e.subject join people p on p.id = e.subject where e.action = "
        "'certificate-issue' group by l.person_id");
    database.execute("create index temp.held_by_person on held (person)");
    database.execute(
        "create temp table fates as select h.person, h.office, e.id, e.effective_on day, e.action from held h join "
        "lives l on l.person_id = h.person join events e on e.subject = l.registration_id where e.id >= h.issue "
        "and (e.id = h.issue or +e.action = 'restore' or (+e.action = 'cancel' and e.outcome in ('C1', 'C3c', "
        "'C3d', 'C3f'))) and e.effective_on is not null");
    // Who left for another reason keeps the certificate: coming back restores nothing.
    database.execute("delete from fates where action = 'restore' and coalesce((select f.action from fates f where "
                     "f.person = fates.person and f.id < fates.id order by f.id desc limit 1), '') <> 'cancel'");
    database.execute("create index temp.fates_by_person on fates (person, id)");
}

} // namespace

void make_tables(Database& database, const ledger::ReportPeriod& period) {
    const auto before = format(Date(std::chrono::sys_days(period.from) - std::chrono::days(1)));
    const auto from = format(period.from), until = format(period.until);
    make_events(database);
    make_people(database, before, from, until);
    make_days(database);
    make_applications(database, until);
    make_certificates(database);
}

} // namespace dengji::monthly::test
