#include "tests/exporters/plain_counts.h"

#include "tests/exporters/plain_tables.h"
#include "tests/ledger/applicants.h"

#include <cmath>

namespace dengji::monthly::test {
namespace {

using ledger::Database;

/// Those of a column, `_before` the period or `_at_end` of it.
using Conditions = std::vector<std::pair<std::string, std::string>>; ///< code of a row or column -> condition
Conditions columns(const std::string& when) {
    const auto urban = "urban" + when, rural = "rural" + when;
    return {{"1", "1"},
            {"2", "female" + when},
            {"3", urban},
            {"4", rural},
            {"5", "not " + urban + " and not " + rural},
            {"6", "hard" + when},
            {"7", "graduate" + when}};
}

class Counts {
public:
    Counts(const std::filesystem::path& file, const ledger::ReportPeriod& period)
        : database_(file), from_(format(period.from)), until_(format(period.until)) {
        make_tables(database_, period);
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
    long long number(const std::string& what, const std::string& rest) {
        return database_.number(what, rest).value_or(0);
    }

    long long people(const std::string& condition) { return number("count(*)", "from people where " + condition); }

    static long long rate(long long part, long long whole) {
        return whole == 0 ? -1
                          : static_cast<long long>(
                                std::floor(10000.0 * static_cast<double>(part) / static_cast<double>(whole) + 0.5));
    }

    void row(const std::string& code, const std::string& condition, const std::string& when = "_at_end") {
        for (const auto& [column, flag] : columns(when))
            figures_["T1." + code + "." + column] = people("(" + condition + ") and (" + flag + ")");
    }

    std::string valid_on(const std::string& day) {
        return "(select f.action <> 'cancel' from fates f where f.person = people.person and f.day <= '" + day +
               "' order by f.id desc limit 1)";
    }

    void movement() {
        const std::string changed = "reason in ('被企业解除或终止劳动关系', '企业破产倒闭终止劳动关系', "
                                    "'从机关事业单位被辞退解聘', '从各类单位辞职', "
                                    "'私营企业、民办非企业业主停业、破产', '终止从事个体工商户', "
                                    "'从事一定收入的劳动，但月收入低于当地最低生活保障标准', '退出公益性岗位')";
        row("01", "open_before", "_before");
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
        const auto came_with = columns("_before"), is_now = columns("_at_end");
        for (std::size_t i = 0; i < is_now.size(); ++i) {
            const auto& [column, flag] = is_now[i];
            const std::string cell = "T1.24." + column;
            figures_[cell] = people("restored and (" + flag + ")") - people("left_for = 'C9' and (" + flag + ")") +
                             people("open_before and (" + flag + ")") -
                             people("open_before and (" + came_with[i].second + ")");
        }
        for (const auto& [column, flag] : is_now)
            figures_["T1.30." + column] =
                number("count(distinct person)", "from people where open_at_end and (" + flag + ")");
        row("31", "open_at_end and months >= 12");
        row("32", "open_at_end and benefit");
        row("33", "open_at_end and " + valid_on(until_));
        row("40", "open_before or entered or restored");
        row("41", "(open_before or entered or restored) and contacted");
        for (const auto& [column, flag] : is_now)
            figures_["T1.42." + column] = rate(figures_["T1.41." + column], figures_["T1.40." + column]);
    }

    void composition() {
        auto across = columns("_at_end");
        across[1] = {"2", "male_at_end"};
        across[2] = {"3", "female_at_end"};
        across[3] = {"4", "urban_at_end"};
        across[4] = {"5", "rural_at_end"};
        across[5] = {"6", "not urban_at_end and not rural_at_end"};
        across.pop_back();
        const std::string abroad = "province like '%香港%' or province like '%澳门%' or province like '%台湾%'";
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
                           {"17", "education like '%小学%' or education = '无'"},
                           {"18", "education = ''"},
                           {"21", "months between 0 and 2"},
                           {"22", "months between 3 and 5"},
                           {"23", "months between 6 and 11"},
                           {"24", "months >= 12"},
                           {"25", "months is null"},
                           {"31", "urban_at_end"},
                           {"32", "rural_at_end"},
                           {"33", "not urban_at_end and not rural_at_end"},
                           {"41", "province like '重庆%' and county like '江津%'"},
                           {"42", "province like '重庆%' and county not like '江津%'"},
                           {"43", "province not like '重庆%' and province <> '' and not (" + abroad + ")"},
                           {"44", abroad},
                           {"45", "province = ''"},
                           {"51", "health not like '%残%' and health <> ''"},
                           {"52", "health like '%残%一级%'"},
                           {"53", "health like '%残%二级%'"},
                           {"54", "health like '%残%三级%'"},
                           {"55", "health like '%残%四级%'"},
                           {"56", "health like '%残%' and health not like '%级%'"},
                           {"57", "health = ''"},
                           {"73", "reason = '其他'"},
                           {"74", "reason = ''"}};
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
            rows.emplace_back(std::to_string(61 + i), "reason = '" + reasons[i] + "'");
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
        std::vector<Row> rows = {{"16", "categories_at_end = ''", "0"},
                                 {"17", "categories_at_end <> ''", "verified is not null"}};
        for (std::size_t i = 0; i < names.size(); ++i)
            rows.push_back({std::to_string(101 + i).substr(1),
                            "'、' || categories_at_end || '、' like '%、" + names[i] + "、%'",
                            "',' || verified || ',' like '%," + names[i] + ",%'"});
        for (const auto& [code, ticked, verified] : rows) {
            const std::string cell = "T3." + code + ".";
            figures_[cell + "1"] = people("open_at_end and (" + ticked + ")");
            figures_[cell + "2"] = people("open_at_end and female_at_end and (" + ticked + ")");
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
            figures_[cell + "6"] = people("open_at_end and female_at_end" + in);
            figures_[cell + "7"] = people("open_at_end and hard_at_end" + in);
            figures_[cell + "8"] = people("open_at_end and benefit" + in);
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
