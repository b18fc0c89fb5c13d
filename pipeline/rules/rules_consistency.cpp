// Section K, first part: whether the entries agree with each other.
#include "pipeline/rules/ages.h"
#include "pipeline/rules/rule_table.h"
#include "pipeline/rules/working_days.h"

#include <algorithm>
#include <initializer_list>

namespace dengji::rules {
namespace {

const char* const judgement = "经办判断：各项之间应一致";
const char* const left_school = "年满16周岁，从各类学校毕业、肄业";
const char* const released = "刑满释放、假释、监外执行";
const char* const left_army = "军人退出现役且未纳入国家统一安置";
const char* const resigned = "从各类单位辞职";

/// Education is known, and none of these was ticked.
bool education_is_none_of(const Case& c, std::initializer_list<const char*> levels) {
    return c.ticks("education") > 0 &&
           std::none_of(levels.begin(), levels.end(), [&](const char* level) { return c.ticked("education", level); });
}

std::optional<bool> has_4050_age(const Case& c) {
    if (!c.age() || !c.male) return std::nullopt;
    const auto& ages = c.book.settings.ages;
    return *c.age() >= (*c.male ? ages.men_4050.value : ages.women_4050.value);
}

Match ages_of_4050(const Case& c) {
    const auto& ages = c.book.settings.ages;
    return Match::with("女" + std::to_string(ages.women_4050.value) + "周岁、男" + std::to_string(ages.men_4050.value) +
                       "周岁");
}

/// Past the later retirement age of the sex: people of 4050 are those up to then.
bool past_4050_age(const Case& c) {
    if (!c.born || !c.male) return false;
    const auto& ages = c.book.settings.ages;
    const Month birth = c.born->year() / c.born->month();
    return c.applied_on.year() / c.applied_on.month() >= retirement_month(*c.male ? ages.men : ages.women_55, birth);
}

bool reason_known(const Case& c) {
    return c.ticks("unemployment_reason") > 0;
}

bool is_graduate(const Case& c) {
    return c.is("高校毕业生") || c.is("中职毕业生") || c.is("初高中毕业生");
}

/// A graduate who left school longer ago than graduates count as such.
bool graduated_long_ago(const Case& c) {
    if (!c.is("高校毕业生") || !c.because(left_school) || !c.unemployed_since) return false;
    const auto until = *c.unemployed_since + std::chrono::years(c.book.settings.ages.graduate_years.value);
    return c.applied_on.year() / c.applied_on.month() > until;
}

bool unemployed_later_than_application(const Case& c) {
    return c.unemployed_since && *c.unemployed_since > c.applied_on.year() / c.applied_on.month();
}

bool unemployed_before_working_age(const Case& c) {
    if (!c.unemployed_since || !c.born) return false;
    const Month of_age = c.born->year() / c.born->month() + std::chrono::years(c.book.settings.ages.least.value);
    return *c.unemployed_since < of_age;
}

bool claims_benefit(const Case& c) {
    return c.ticked("claims_benefit", "是");
}

bool urban(const Case& c) {
    return c.ticked("hukou_type", "城镇居民家庭");
}

bool rural(const Case& c) {
    return c.ticked("hukou_type", "农村居民家庭");
}

} // namespace

std::vector<Rule> consistency_rules() {
    using enum Action;
    const auto application = Subject::application;
    return {
        {"K01",
         "4050人员：女性40周岁以上、男性50周岁以上",
         application,
         hold,
         {"categories", "id_number", "sex"},
         "勾选了4050人员，但年龄不到（{}）。请核对出生日期和人员类别。",
         [](const Case& c) -> Match {
             return c.is("4050人员") && has_4050_age(c) == false ? ages_of_4050(c) : Match(false);
         }},
        {"K01",
         "4050人员：至法定退休年龄",
         application,
         hold,
         {"categories", "id_number", "sex"},
         "勾选了4050人员，但已到法定退休年龄。请核对出生日期和人员类别。",
         [](const Case& c) -> Match { return c.is("4050人员") && past_4050_age(c); }},
        {"K02",
         "4050人员：女性40周岁以上、男性50周岁以上",
         application,
         info,
         {"categories"},
         "年龄已到（{}），但没有勾选4050人员。可以询问申请人是否符合当地的其他条件。",
         [](const Case& c) -> Match {
             return !c.is("4050人员") && has_4050_age(c) == true && !past_4050_age(c) ? ages_of_4050(c) : Match(false);
         }},
        {"K03",
         judgement,
         application,
         hold,
         {"categories", "education"},
         "勾选了高校毕业生，但文化程度在大专以下。请核对毕业证书。",
         [](const Case& c) -> Match {
             return c.is("高校毕业生") &&
                    education_is_none_of(c, {"大学专科或同等学历", "大学本科或同等学历", "硕士研究生", "博士研究生"});
         }},
        {"K03",
         "离校2年内未就业高校毕业生",
         application,
         warn,
         {"categories", "unemployed_since"},
         "勾选了高校毕业生，但毕业离校已超过规定年限。请核对毕业证书上的日期。",
         [](const Case& c) -> Match { return graduated_long_ago(c); }},
        {"K04",
         judgement,
         application,
         warn,
         {"categories", "education"},
         "勾选了中职毕业生，但文化程度不是技工学校、职业高中或者中专技校。请核对。",
         [](const Case& c) -> Match {
             return c.is("中职毕业生") && education_is_none_of(c, {"技工学校", "职业高中", "中专技校"});
         }},
        {"K05",
         judgement,
         application,
         warn,
         {"categories", "education"},
         "勾选了初高中毕业生，但文化程度不是初级中学或者普通高中。请核对。",
         [](const Case& c) -> Match {
             return c.is("初高中毕业生") && education_is_none_of(c, {"初级中学", "普通高中"});
         }},
        {"K06",
         judgement,
         application,
         hold,
         {"categories", "health"},
         "勾选了残疾人员，但健康状况没有写残疾。请核对残疾人证。",
         [](const Case& c) -> Match {
             return c.is("残疾人员") && !c.empty("health") && !speaks_of_disability(c.text("health"));
         }},
        {"K06",
         judgement,
         application,
         hold,
         {"categories", "health"},
         "健康状况写了残疾，但人员类别没有勾选残疾人员。请问清申请人是否持有残疾人证。",
         [](const Case& c) -> Match { return !c.is("残疾人员") && speaks_of_disability(c.text("health")); }},
        {"K07",
         judgement,
         application,
         warn,
         {"categories", "unemployment_reason"},
         "失业原因与人员类别中的刑满释放只有一处勾选。请核对。",
         [](const Case& c) -> Match { return reason_known(c) && c.is("刑满释放人员") != c.because(released); }},
        {"K08",
         judgement,
         application,
         warn,
         {"categories", "unemployment_reason"},
         "失业原因“军人退出现役”与人员类别“复员退伍军人”只有一处勾选。请核对。",
         [](const Case& c) -> Match { return reason_known(c) && c.is("复员退伍军人") != c.because(left_army); }},
        {"K09",
         judgement,
         application,
         warn,
         {"categories", "unemployment_reason"},
         "失业原因为从学校毕业，但没有勾选任何一类毕业生。请核对人员类别。",
         [](const Case& c) -> Match { return c.because(left_school) && !is_graduate(c); }},
        {"K10",
         judgement,
         application,
         hold,
         {"unemployed_since"},
         "失业时间晚于申请的月份。请向申请人核实失业时间。",
         [](const Case& c) -> Match { return unemployed_later_than_application(c); }},
        {"K10",
         judgement,
         application,
         hold,
         {"unemployed_since", "id_number"},
         "失业时间早于达到劳动年龄的月份。请向申请人核实失业时间。",
         [](const Case& c) -> Match { return unemployed_before_working_age(c); }},
        {"K11",
         "社会保险法 第四十五条",
         application,
         warn,
         {"claims_benefit", "unemployment_reason"},
         "要申领失业保险金，但失业原因是本人辞职或者毕业未就业。领取要求非本人意愿中断就业并缴费满一年，请向申请人说明"
         "。",
         [](const Case& c) -> Match { return claims_benefit(c) && (c.because(resigned) || c.because(left_school)); }},
        {"K12",
         judgement,
         application,
         warn,
         {"categories", "hukou_type"},
         "勾选了农民工或者农村建档立卡贫困户，户籍性质却是城镇居民家庭。请核对户口簿。",
         [](const Case& c) -> Match { return (c.is("农民工") || c.is("农村建档立卡贫困户")) && urban(c); }},
        {"K13",
         judgement,
         application,
         warn,
         {"hukou_type"},
         "户籍性质只勾选了家庭或者集体，看不出城镇还是农村，统计时列入“不明”。请顺便问明。",
         [](const Case& c) -> Match { return c.ticks("hukou_type") > 0 && !urban(c) && !rural(c); }},
        {"K13",
         judgement,
         application,
         hold,
         {"hukou_type"},
         "户籍性质同时勾选了城镇和农村。请对照户口簿确定一项。",
         [](const Case& c) -> Match { return urban(c) && rural(c); }},
        {"K14",
         judgement,
         application,
         warn,
         {"categories"},
         "同时勾选了特困救助供养人员和低保家庭人员，两者通常不能同时享受。请核对证件。",
         [](const Case& c) -> Match { return c.is("特困救助供养人员") && c.is("低保家庭人员"); }},
    };
}

} // namespace dengji::rules
