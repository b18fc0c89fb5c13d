#include "tests/exporters/plain_counts.h"

#include "pipeline/base/files.h"
#include "tests/exporters/plain_conditions.h"
#include "tests/ledger/applicants.h"

#include <cmath>
#include <dengji_project.h>
#include <sstream>

namespace dengji::monthly::test {
namespace {

using ledger::Database;

const std::filesystem::path templates_folder = std::filesystem::path(DENGJI_SOURCE_DIR) / "templates";

const std::vector<std::pair<std::string, std::string>> columns = {
    {"1", "1"},           {"2", "female"},     {"3", "urban"}, {"4", "rural"}, {"5", "not urban and not rural"},
    {"6", "hard_at_end"}, {"7", "is_graduate"}};

// A plus keeps SQLite from looking through all events of a kind where those of one person are meant.
class Counts {
public:
    Counts(const std::filesystem::path& file, const ledger::ReportPeriod& period)
        : database_(file), from_(format(period.from)), until_(format(period.until)) {
        const auto before = format(Date(std::chrono::sys_days(period.from) - std::chrono::days(1)));
        const std::string happened = "from events e where e.subject = l.registration_id and e.effective_on >= '" +
                                     from_ + "' and e.effective_on <= '" + until_ + "' and +e.action = ";
        const std::string not_taken_back =
            " and not exists (select 1 from events w where w.effective_on is not null and +w.action = 'withdraw' and "
            "w.subject = e.subject and w.outcome = cast(e.id as text))";
        database_.execute(
            "create temp table people as select l.registration_id id, l.person_id person, l.channel, " +
            open_on(before) + " open_before, " + open_on(until_) + " open_at_end, " + pending_on(before) +
            " pending_before, " + pending_on(until_) + " pending_at_end, " + hard_on(before) + " hard_before, " +
            hard_on(until_) + " hard_at_end, " + office_on(before) + " office_before, " + office_on(until_) +
            " office_at_end, " + value("sex") + " = '女' female, " + value("hukou_type") + " like '%城镇%' urban, " +
            value("hukou_type") + " like '%农村%' rural, " + value("categories") + " categories, " +
            value("categories") + " like '%高校毕业生%' is_graduate, " + value("education") + " education, " +
            value("unemployment_reason") + " reason, " + value("health") + " health, " +
            value("hukou_address.province") + " province, " + value("hukou_address.county") + " county, " +
            value("claims_benefit") + " like '%是%' claims, cast(substr('" + until_ +
            "', 1, 4) as integer) - cast(substr(" + value("id_number") + ", 7, 4) as integer) - (substr('" + until_ +
            "', 6, 2) || substr('" + until_ + "', 9, 2) < substr(" + value("id_number") +
            ", 11, 4)) age, 12 * (substr('" + until_ + "', 1, 4) - substr(" + value("unemployed_since") +
            ", 1, 4)) + substr('" + until_ + "', 6, 2) - substr(" + value("unemployed_since") +
            ", 6, 2) months, (select count(*) " + happened + "'register') entered, (select count(*) " + happened +
            "'restore') restored, (select max(e.outcome) " + happened +
            "'cancel') left_for, l.follows is not null again, exists (select 1 " + happened + "'contact'" +
            not_taken_back + ") or exists (select 1 " + happened +
            "'first-contact') contacted, (select group_concat(e.outcome) from events e where e.subject = "
            "l.registration_id and +e.action = 'verify-category' and e.effective_on <= '" +
            until_ + "'" + not_taken_back +
            ") verified, coalesce((select json_extract(e.details, '$.before') from events e where e.subject = "
            "l.registration_id and +e.action = 'office' and e.effective_on is not null order by e.id limit 1), "
            "l.office) first_office from lives l");
        database_.execute("create index temp.people_by_id on people (id)");
        make_days();
        make_applications();
        make_certificates();
    }

    std::map<std::string, long long> count() {
        movement();
        composition();
        categories();
        towns();
        certificates();
        handling();
        return std::move(figures_);
    }

private:
    using Conditions = std::vector<std::pair<std::string, std::string>>; ///< code of a row or column -> condition

    long long number(const std::string& what, const std::string& rest) {
        return database_.number(what, rest).value_or(0);
    }

    long long people(const std::string& condition) { return number("count(*)", "from people where " + condition); }

    static long long rate(long long part, long long whole) {
        return whole == 0 ? -1
                          : static_cast<long long>(
                                std::floor(10000.0 * static_cast<double>(part) / static_cast<double>(whole) + 0.5));
    }

    /// Days with how many working days there are up to each.
    void make_days() {
        database_.execute("create temp table notices (day text primary key, kind text)");
        for (const auto& file : std::filesystem::directory_iterator(templates_folder / "calendars")) {
            std::istringstream lines(read_file(file.path()));
            for (std::string line; std::getline(lines, line);)
                if (line.size() > 14 && line[4] == '-')
                    database_.execute("insert into notices values (:day, :kind)",
                                      {line.substr(0, 10), line.substr(11, line.find(',', 11) - 11)});
        }
        database_.execute(
            "create temp table days as with recursive every(day) as (select '2023-12-01' union all select date(day, "
            "'+1 day') from every where day < '2026-12-31') select day, sum(works) over (order by day) n from (select "
            "e.day, coalesce(k.kind = 'work', strftime('%w', e.day) not in ('0', '6')) works from every e left join "
            "notices k on k.day = e.day)");
        database_.execute("create index temp.days_by_n on days (n, day)");
        database_.execute("create index temp.days_by_day on days (day)");
    }

    static std::string n(const std::string& day) { return "(select n from days where day = " + day + ")"; }

    /// Each time that somebody's application waited for a decision, as it stands at the end of the period.
    void make_applications() {
        const std::string later = "from events e where e.subject = s.subject and e.id > s.id and e.effective_on <= '" +
                                  until_ + "' and +e.action ";
        database_.execute(
            "create temp table waits as select s.subject id, s.effective_on submitted, (select e.effective_on " +
            later + "in ('register', 'refuse', 'return') order by e.id limit 1) decided, (select e.action " + later +
            "in ('register', 'refuse', 'return') order by e.id limit 1) decision, (select e.effective_on " + later +
            "= 'survey-open' order by e.id limit 1) opened, (select e.effective_on " + later +
            "= 'survey-close' order by e.id limit 1) closed from events s where s.action in ('received', 'resubmit') "
            "and s.effective_on <= '" +
            until_ + "'");
        const std::string online = "p.channel in ('app12333', 'national')";
        database_.execute(
            "create temp table applications as select w.*, p.channel, p.office_at_end, case when " + online +
            " then (select min(day) from days where n = " + n("w.submitted") + " + 5 + coalesce(" + n("w.closed") +
            " - " + n("w.opened") +
            ", 0)) else max(w.submitted, coalesce(w.closed, w.submitted)) end due, (select min(day) from days where n "
            "= " +
            n("w.opened") + " + 7) survey_due from waits w join people p on p.id = w.id");
    }

    /// A person's first certificate, and what became of it: with each event whether it is valid from then on.
    void make_certificates() {
        database_.execute(
            "create temp table held as select l.person_id person, min(e.id) issue, p.first_office office from events e "
            "join lives l on l.registration_id = e.subject join people p on p.id = e.subject where e.action = "
            "'certificate-issue' group by l.person_id");
        database_.execute("create index temp.held_by_person on held (person)");
        database_.execute(
            "create temp table fates as select h.person, h.office, e.id, e.effective_on day, e.action from held h join "
            "lives l on l.person_id = h.person join events e on e.subject = l.registration_id where e.id >= h.issue "
            "and (e.id = h.issue or +e.action = 'restore' or (+e.action = 'cancel' and e.outcome in ('C1', 'C3c', "
            "'C3d', 'C3f'))) and e.effective_on is not null");
        // Who left for another reason keeps the certificate: coming back restores nothing.
        database_.execute("delete from fates where action = 'restore' and coalesce((select f.action from fates f where "
                          "f.person = fates.person and f.id < fates.id order by f.id desc limit 1), '') <> 'cancel'");
        database_.execute("create index temp.fates_by_person on fates (person, id)");
    }

    void row(const std::string& code, const std::string& condition, bool as_before = false) {
        for (const auto& [column, flag] : columns) {
            auto test = flag;
            if (as_before && column == "6") test = "hard_before";
            figures_["T1." + code + "." + column] = people("(" + condition + ") and (" + test + ")");
        }
    }

    std::string valid_on(const std::string& day) {
        return "(select f.action <> 'cancel' from fates f where f.person = people.person and f.day <= '" + day +
               "' order by f.id desc limit 1)";
    }

    void movement() {
        const std::string changed = "reason in ('[\"被企业解除或终止劳动关系\"]', '[\"企业破产倒闭终止劳动关系\"]', "
                                    "'[\"终止从事个体工商户\"]', '[\"退出公益性岗位\"]')";
        row("01", "open_before", true);
        row("02", "entered");
        row("03", "entered and " + changed);
        row("04", "entered and reason like '%年满16周岁%'");
        row("05", "entered and not " + changed + " and reason not like '%年满16周岁%'");
        row("06", "entered and again");
        row("07", "entered and channel in ('app12333', 'national')");
        row("10", "left_for is not null and left_for <> 'C9'");
        row("11", "left_for like 'C2%'");
        const Conditions reasons = {{"12", "C2a"}, {"13", "C2b"}, {"14", "C2c"}, {"15", "C1"},
                                    {"16", "C3a"}, {"17", "C3b"}, {"18", "C3c"}, {"19", "C3d"},
                                    {"20", "C3e"}, {"21", "C3f"}, {"22", "C3g"}, {"23", "C3h"}};
        for (const auto& [code, reason] : reasons) row(code, "left_for = '" + reason + "'");
        for (const auto& [column, flag] : columns) {
            auto net = people("restored and (" + flag + ")") - people("left_for = 'C9' and (" + flag + ")");
            if (column == "6") net += number("sum(hard_at_end) - sum(hard_before)", "from people where open_before");
            figures_["T1.24." + column] = net;
        }
        for (const auto& [column, flag] : columns)
            figures_["T1.30." + column] =
                number("count(distinct person)", "from people where open_at_end and (" + flag + ")");
        row("31", "open_at_end and months >= 12");
        row("32", "open_at_end and claims");
        row("33", "open_at_end and " + valid_on(until_));
        row("40", "open_before or entered or restored");
        row("41", "(open_before or entered or restored) and contacted");
        for (const auto& [column, flag] : columns)
            figures_["T1.42." + column] = rate(figures_["T1.41." + column], figures_["T1.40." + column]);
    }

    void composition() {
        const Conditions across = {{"1", "1"},     {"2", "not female"}, {"3", "female"},
                                   {"4", "urban"}, {"5", "rural"},      {"6", "not urban and not rural"}};
        Conditions rows = {{"01", "age <= 24"},
                           {"02", "age between 25 and 34"},
                           {"03", "age between 35 and 44"},
                           {"04", "age between 45 and 54"},
                           {"05", "age >= 55"},
                           {"06", "age is null"},
                           {"11", "education like '%研究生%'"},
                           {"12", "education like '%大学本科%'"},
                           {"13", "education like '%大学专科%'"},
                           {"14", "education like '%中专%' or education like '%技工%' or education like '%职业高中%'"},
                           {"15", "education like '%普通高中%'"},
                           {"16", "education like '%初级中学%'"},
                           {"17", "education like '%小学%' or education like '%\"无\"%'"},
                           {"18", "education is null"},
                           {"21", "months between 0 and 2"},
                           {"22", "months between 3 and 5"},
                           {"23", "months between 6 and 11"},
                           {"24", "months >= 12"},
                           {"25", "months is null"},
                           {"31", "urban"},
                           {"32", "rural"},
                           {"33", "not urban and not rural"},
                           {"41", "province like '重庆%' and county like '江津%'"},
                           {"42", "province like '重庆%' and county not like '江津%'"},
                           {"43", "province not like '重庆%'"},
                           {"44", "province like '%香港%' or province like '%澳门%' or province like '%台湾%'"},
                           {"45", "province is null"},
                           {"51", "health not like '%残%'"},
                           {"52", "health like '%残%一级%'"},
                           {"53", "health like '%残%二级%'"},
                           {"54", "health like '%残%三级%'"},
                           {"55", "health like '%残%四级%'"},
                           {"56", "health like '%残%' and health not like '%级%'"},
                           {"57", "health is null"},
                           {"73", "reason like '%\"其他\"%'"},
                           {"74", "reason is null"}};
        const std::vector<std::string> reasons = {"年满16周岁，从各类学校毕业、肄业",
                                                  "被企业解除或终止劳动关系",
                                                  "企业破产倒闭终止劳动关系",
                                                  "从机关事业单位被辞退解聘",
                                                  "从各类单位辞职",
                                                  "私营企业、民办非企业业主停业、破产",
                                                  "终止从事个体工商户",
                                                  "承包土地被征用等情况",
                                                  "从事一定收入的劳动，但月收入低于当地最低生活保障标准",
                                                  "退出公益性岗位",
                                                  "军人退出现役且未纳入国家统一安置",
                                                  "刑满释放、假释、监外执行"};
        for (std::size_t i = 0; i < reasons.size(); ++i)
            rows.emplace_back(std::to_string(61 + i), "reason like '%" + reasons[i] + "%'");
        for (const auto& [code, condition] : rows)
            for (const auto& [column, flag] : across)
                figures_["T2." + code + "." + column] =
                    people("open_at_end and (" + condition + ") and (" + flag + ")");
    }

    void categories() {
        const std::vector<std::string> names = {
            "高校毕业生",     "4050人员",         "零就业家庭人员", "低保家庭人员", "农村建档立卡贫困户",
            "去产能企业职工", "特困救助供养人员", "复员退伍军人",   "残疾人员",     "刑满释放人员",
            "戒毒康复人员",   "初高中毕业生",     "农民工",         "中职毕业生",   "西部志愿者"};
        struct Row {
            std::string code, ticked, verified;
        };
        std::vector<Row> rows = {{"16", "categories is null or categories = '[]'", "0"},
                                 {"17", "categories like '%\"%'", "verified is not null"}};
        for (std::size_t i = 0; i < names.size(); ++i)
            rows.push_back({std::to_string(101 + i).substr(1), "categories like '%\"" + names[i] + "\"%'",
                            "',' || verified || ',' like '%," + names[i] + ",%'"});
        for (const auto& [code, ticked, verified] : rows) {
            const std::string cell = "T3." + code + ".";
            figures_[cell + "1"] = people("open_at_end and (" + ticked + ")");
            figures_[cell + "2"] = people("open_at_end and female and (" + ticked + ")");
            figures_[cell + "3"] = people("entered and (" + ticked + ")");
            figures_[cell + "4"] = people("left_for like 'C2%' and (" + ticked + ")");
            figures_[cell + "5"] = people("open_at_end and " + verified);
        }
    }

    /// Each town by its place in the table, what none handles, and all of them.
    Conditions all_towns() const {
        Conditions towns;
        int code = 100;
        for (const auto& office : ledger::test::offices().all())
            towns.emplace_back(std::to_string(++code).substr(1), " = '" + office.code + "'");
        towns.emplace_back("31", " = ''");
        towns.emplace_back("00", " is not null");
        return towns;
    }

    void towns() {
        const std::string in_period = " between '" + from_ + "' and '" + until_ + "'";
        for (const auto& [code, is] : all_towns()) {
            const std::string in = " and office_at_end" + is, cell = "T4." + code + ".";
            const std::string open = "(open_before or entered or restored)";
            figures_[cell + "1"] = people("open_before and office_before" + is);
            figures_[cell + "2"] = people("entered" + in);
            figures_[cell + "3"] = people("left_for <> 'C9'" + in);
            figures_[cell + "4"] = people("left_for like 'C2%'" + in);
            figures_[cell + "5"] = people("open_at_end" + in);
            figures_[cell + "6"] = people("open_at_end and female" + in);
            figures_[cell + "7"] = people("open_at_end and hard_at_end" + in);
            figures_[cell + "8"] = people("open_at_end and claims" + in);
            figures_[cell + "9"] = number("count(*)", "from fates where action = 'certificate-issue' and day" +
                                                          in_period + " and office" + is);
            figures_[cell + "10"] = people(open + in);
            figures_[cell + "11"] = people(open + " and contacted" + in);
            figures_[cell + "12"] = rate(figures_[cell + "11"], figures_[cell + "10"]);
            figures_[cell + "13"] =
                number("count(*)", "from applications where ((decided" + in_period +
                                       " and decided > due) or (decided is null and " + late_waiting() + "))" + in);
            figures_[cell + "14"] = people("restored" + in) - people("left_for = 'C9'" + in) +
                                    people("open_before and office_before <> office_at_end" + in) -
                                    people("open_before and office_before <> office_at_end and office_before" + is);
        }
    }

    void certificates() {
        const auto before = "date('" + from_ + "', '-1 day')";
        const auto valid = [&](const std::string& day, const std::string& is) {
            return number("count(*)", "from held where office" + is +
                                          " and (select f.action <> 'cancel' from fates f where f.person = held.person "
                                          "and f.day <= " +
                                          day + " order by f.id desc limit 1)");
        };
        for (const auto& [code, is] : all_towns()) {
            const auto happened = [&, where = is](const std::string& action) {
                return number("count(*)", "from fates where action = '" + action + "' and day between '" + from_ +
                                              "' and '" + until_ + "' and office" + where);
            };
            const std::string cell = "T5." + code + ".";
            figures_[cell + "1"] = valid(before, is);
            figures_[cell + "2"] = happened("certificate-issue");
            // Nobody in the simulated office gets a second booklet.
            figures_[cell + "3"] =
                number("count(*)", "from events e join people p on p.id = e.subject where e.action = "
                                   "'certificate-issue' and e.id not in (select issue from held) "
                                   "and e.effective_on between '" +
                                       from_ + "' and '" + until_ + "' and p.first_office" + is);
            figures_[cell + "4"] = happened("restore");
            figures_[cell + "5"] = happened("cancel");
            figures_[cell + "6"] = valid("'" + until_ + "'", is);
        }
    }

    /// Of applications that are not decided at the end of the period: that they should have been. A survey that is not
    /// over stops the clock.
    std::string late_waiting() const { return "due < '" + until_ + "' and (opened is null or closed is not null)"; }

    void handling() {
        const std::string in_period = " between '" + from_ + "' and '" + until_ + "'";
        for (const auto& [code, of] : Conditions{{"01", "channel = 'counter'"},
                                                 {"02", "channel = 'disabled_agency'"},
                                                 {"03", "channel = 'app12333'"},
                                                 {"04", "channel = 'national'"},
                                                 {"05", "channel = 'social_insurance'"},
                                                 {"00", "1"}}) {
            const std::string cell = "T6." + code + ".";
            const auto applications = [&, whose = of](const std::string& condition) {
                return number("count(*)", "from applications where " + whose + " and " + condition);
            };
            const auto decided = [&](const std::string& decision) {
                return "decided" + in_period + " and decision = '" + decision + "'";
            };
            figures_[cell + "1"] = people("pending_before and " + of);
            figures_[cell + "2"] = applications("submitted" + in_period);
            figures_[cell + "3"] = applications(decided("register"));
            figures_[cell + "4"] = applications(decided("register") + " and decided <= due");
            figures_[cell + "5"] = applications(decided("register") + " and decided > due");
            figures_[cell + "6"] = applications(decided("return"));
            figures_[cell + "7"] = applications(decided("refuse"));
            figures_[cell + "8"] = applications("opened" + in_period);
            figures_[cell + "9"] = applications("closed" + in_period + " and closed <= survey_due");
            figures_[cell + "10"] = people("pending_at_end and " + of);
            figures_[cell + "11"] = applications("decided is null and " + late_waiting());
        }
    }

    Database database_;
    std::string from_, until_;
    std::map<std::string, long long> figures_;
};

} // namespace

std::map<std::string, long long> plain_counts(const std::filesystem::path& register_file,
                                              const ledger::ReportPeriod& period) {
    return Counts(register_file, period).count();
}

} // namespace dengji::monthly::test
