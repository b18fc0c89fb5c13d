#include "tests/exporters/plain_counts.h"

namespace dengji::monthly::test {
namespace {

using ledger::Database;

const std::vector<std::pair<std::string, std::string>> columns = {
    {"1", "1"},           {"2", "female"},     {"3", "urban"}, {"4", "rural"}, {"5", "not urban and not rural"},
    {"6", "hard_at_end"}, {"7", "is_graduate"}};

std::string state_on(const std::string& day) {
    return "(select e.state from events e where e.subject = l.registration_id and e.state is not null and "
           "e.effective_on <= '" +
           day + "' order by e.id desc limit 1)";
}

std::string open_on(const std::string& day) {
    return "coalesce(" + state_on(day) + " in ('registered', 'followed-up'), 0)";
}

std::string pending_on(const std::string& day) {
    return "coalesce(" + state_on(day) + " in ('received', 'checked', 'in-survey'), 0)";
}

std::string hard_on(const std::string& day) {
    return "coalesce((select e.outcome like 'recognised%' from events e where e.subject = l.registration_id and "
           "+e.action = 'hardship' and e.effective_on <= '" +
           day + "' order by e.id desc limit 1), 0)";
}

std::string value(const std::string& key) {
    return "(select v.value from registration_values v where v.registration_id = l.registration_id and v.key = '" +
           key + "')";
}

std::string office_on(const std::string& day) {
    const std::string moved = "from events e where e.subject = l.registration_id and +e.action = 'office' and "
                              "e.effective_on ";
    return "coalesce((select e.outcome " + moved + "<= '" + day +
           "' order by e.id desc limit 1), (select json_extract(e.details, '$.before') " + moved + "> '" + day +
           "' order by e.id limit 1), l.office)";
}

// A plus keeps SQLite from looking through all events of a kind where those of one person are meant.
class Counts {
public:
    Counts(const std::filesystem::path& file, const ledger::ReportPeriod& period)
        : database_(file), from_(format(period.from)), until_(format(period.until)) {
        const auto before = format(Date(std::chrono::sys_days(period.from) - std::chrono::days(1)));
        const std::string happened = "from events e where e.subject = l.registration_id and e.effective_on >= '" +
                                     from_ + "' and e.effective_on <= '" + until_ + "' and +e.action = ";
        database_.execute(
            "create temp table people as select l.registration_id id, l.person_id person, l.channel, " +
            open_on(before) + " open_before, " + open_on(until_) + " open_at_end, " + pending_on(before) +
            " pending_before, " + pending_on(until_) + " pending_at_end, " + hard_on(before) + " hard_before, " +
            hard_on(until_) + " hard_at_end, " + office_on(before) + " office_before, " + office_on(until_) +
            " office_at_end, " + value("sex") + " = '女' female, " + value("hukou_type") + " like '%城镇%' urban, " +
            value("hukou_type") + " like '%农村%' rural, " + value("categories") + " categories, " +
            value("categories") + " like '%高校毕业生%' is_graduate, " + value("education") + " education, " +
            value("unemployment_reason") + " reason, " + value("claims_benefit") +
            " like '%是%' claims, cast(substr('" + until_ + "', 1, 4) as integer) - cast(substr(" + value("id_number") +
            ", 7, 4) as integer) - (substr('" + until_ + "', 6, 2) || substr('" + until_ + "', 9, 2) < substr(" +
            value("id_number") + ", 11, 4)) age, (select count(*) " + happened +
            "'register') entered, (select count(*) " + happened + "'restore') restored, (select max(e.outcome) " +
            happened + "'cancel') left_for, l.follows is not null again, exists (select 1 " + happened +
            "'contact' and not exists (select 1 from events w where w.effective_on is not null and +w.action = "
            "'withdraw' and "
            "w.subject = e.subject and w.outcome = cast(e.id as text))) or exists (select 1 " +
            happened + "'first-contact') contacted from lives l");
    }

    std::map<std::string, long long> count() {
        movement();
        composition();
        towns();
        handling();
        certificates();
        return std::move(figures_);
    }

private:
    long long number(const std::string& what, const std::string& rest) {
        return database_.number(what, rest).value_or(0);
    }

    void row(const std::string& code, const std::string& condition, bool as_before = false) {
        for (const auto& [column, flag] : columns) {
            auto test = flag;
            if (as_before && column == "6") test = "hard_before";
            figures_["T1." + code + "." + column] =
                number("count(*)", "from people where (" + condition + ") and (" + test + ")");
        }
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
        const std::vector<std::pair<std::string, std::string>> reasons = {
            {"12", "C2a"}, {"13", "C2b"}, {"14", "C2c"}, {"15", "C1"},  {"16", "C3a"}, {"17", "C3b"},
            {"18", "C3c"}, {"19", "C3d"}, {"20", "C3e"}, {"21", "C3f"}, {"22", "C3g"}, {"23", "C3h"}};
        for (const auto& [code, reason] : reasons) row(code, "left_for = '" + reason + "'");
        for (const auto& [column, flag] : columns) {
            auto net = number("count(*)", "from people where restored and (" + flag + ")") -
                       number("count(*)", "from people where left_for = 'C9' and (" + flag + ")");
            if (column == "6") net += number("sum(hard_at_end) - sum(hard_before)", "from people where open_before");
            figures_["T1.24." + column] = net;
        }
        for (const auto& [column, flag] : columns)
            figures_["T1.30." + column] =
                number("count(distinct person)", "from people where open_at_end and (" + flag + ")");
        row("32", "open_at_end and claims");
        row("33", "open_at_end and person in (select l.person_id from lives l join events e on e.subject = "
                  "l.registration_id where e.action = 'certificate-issue' and e.effective_on <= '" +
                      until_ +
                      "') and person not in (select l.person_id from lives l join events e on e.subject = "
                      "l.registration_id where e.action = 'cancel' and e.outcome in ('C1', 'C3c', 'C3d', "
                      "'C3f') and e.effective_on <= '" +
                      until_ +
                      "' and not exists (select 1 from events r where r.subject = e.subject and r.action = "
                      "'restore' and r.effective_on <= '" +
                      until_ + "'))");
        row("40", "open_before or entered or restored");
        row("41", "(open_before or entered or restored) and contacted");
    }

    void composition() {
        const std::vector<std::pair<std::string, std::string>> rows = {{"01", "age <= 24"},
                                                                       {"02", "age between 25 and 34"},
                                                                       {"03", "age between 35 and 44"},
                                                                       {"04", "age between 45 and 54"},
                                                                       {"05", "age >= 55"},
                                                                       {"13", "education like '%大学专科%'"},
                                                                       {"15", "education like '%普通高中%'"},
                                                                       {"16", "education like '%初级中学%'"},
                                                                       {"31", "urban"},
                                                                       {"32", "rural"}};
        for (const auto& [code, condition] : rows)
            for (const auto& [column, flag] : {std::pair{"1", "1"}, {"2", "not female"}, {"3", "female"}})
                figures_["T2." + code + "." + column] =
                    number("count(*)", "from people where open_at_end and " + condition + " and " + flag);
        const std::vector<std::pair<std::string, std::string>> categories = {
            {"01", "高校毕业生"}, {"09", "残疾人员"}, {"12", "初高中毕业生"}, {"13", "农民工"}};
        for (const auto& [code, category] : categories)
            for (const auto& [column, flag] : {std::pair{"1", "open_at_end"},
                                               {"2", "open_at_end and female"},
                                               {"3", "entered"},
                                               {"4", "left_for like 'C2%'"}})
                figures_["T3." + code + "." + column] = number(
                    "count(*)", "from people where " + std::string(flag) + " and categories like '%" + category + "%'");
    }

    void towns() {
        // The first and the last of the list, and what no town handles.
        for (const auto& [code, town] :
             {std::pair{"01", "500116001"}, {"13", "500116108"}, {"30", "500116125"}, {"31", ""}}) {
            const std::string in = " and office_at_end = '" + std::string(town) + "'";
            const std::string cell = "T4." + std::string(code) + ".";
            figures_[cell + "1"] =
                number("count(*)", "from people where open_before and office_before = '" + std::string(town) + "'");
            figures_[cell + "2"] = number("count(*)", "from people where entered" + in);
            figures_[cell + "3"] = number("count(*)", "from people where left_for <> 'C9'" + in);
            figures_[cell + "4"] = number("count(*)", "from people where left_for like 'C2%'" + in);
            figures_[cell + "5"] = number("count(*)", "from people where open_at_end" + in);
            figures_[cell + "6"] = number("count(*)", "from people where open_at_end and female" + in);
        }
    }

    void handling() {
        for (const auto& [code, channel] : {std::pair{"01", "counter"},
                                            {"02", "disabled_agency"},
                                            {"03", "app12333"},
                                            {"04", "national"},
                                            {"05", "social_insurance"}}) {
            const std::string cell = "T6." + std::string(code) + ".";
            const std::string of = " and channel = '" + std::string(channel) + "'";
            figures_[cell + "1"] = number("count(*)", "from people where pending_before" + of);
            figures_[cell + "10"] = number("count(*)", "from people where pending_at_end" + of);
            for (const auto& [column, steps] : {std::pair{"2", "'received', 'resubmit'"},
                                                {"3", "'register'"},
                                                {"6", "'return'"},
                                                {"7", "'refuse'"},
                                                {"8", "'survey-open'"}})
                figures_[cell + column] =
                    number("count(*)", "from events e join people p on p.id = e.subject where e.action in (" +
                                           std::string(steps) + ") and e.effective_on >= '" + from_ +
                                           "' and e.effective_on <= '" + until_ + "'" + of);
        }
    }

    void certificates() {
        figures_["T5.00.2"] =
            number("count(*)", "from events where action = 'certificate-issue' and effective_on >= '" + from_ +
                                   "' and effective_on <= '" + until_ + "'");
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
