// Section B: who may be registered, 渝人社办〔2020〕79号 一, 二 and 六.
#include "pipeline/base/text.h"
#include "pipeline/rules/ages.h"
#include "pipeline/rules/rule_table.h"
#include "templates/area_codes.h"

namespace dengji::rules {
namespace {

bool younger_than_allowed(const Case& c) {
    return c.age() && *c.age() < c.book.settings.ages.least.value;
}

Match least_age(const Case& c) {
    return Match::with(std::to_string(c.book.settings.ages.least.value));
}

bool number_is_sound(const Case& c) {
    return c.fault == NumberFault::none || c.fault == NumberFault::old_number;
}

/// The month from which on a pension is likely: the earliest that applies, since the form does not say which does.
std::optional<Month> pension_month(const Case& c) {
    if (!c.born) return std::nullopt;
    const auto& ages = c.book.settings.ages;
    const Month birth = c.born->year() / c.born->month();
    const Month of_residents = birth + std::chrono::months(12 * ages.residents_pension.value);
    const auto& track = c.male.value_or(true) ? ages.men : ages.women_50;
    return std::min(of_residents, retirement_month(track, birth));
}

bool may_draw_pension(const Case& c) {
    const auto month = pension_month(c);
    return month && c.applied_on.year() / c.applied_on.month() >= *month;
}

bool past_later_age_of_women(const Case& c) {
    if (!c.born || c.male.value_or(true)) return false;
    const Month birth = c.born->year() / c.born->month();
    return c.applied_on.year() / c.applied_on.month() >= retirement_month(c.book.settings.ages.women_55, birth);
}

Match pension_unknown(const Case& c) {
    if (c.application.draws_pension || !may_draw_pension(c)) return false;
    if (c.male.value_or(true)) return Match::with("已到法定退休年龄或城乡居民养老保险领取年龄");
    return Match::with(past_later_age_of_women(c) ? "已到女性法定退休年龄" : "已到女工人法定退休年龄（女干部尚未到）");
}

bool declares_no_ability(const Case& c) {
    for (const char* key : {"health", "remarks"}) {
        const auto said = comparable(c.text(key));
        const bool denied = said.find("未完全丧失劳动能力") != std::string::npos ||
                            said.find("没有完全丧失劳动能力") != std::string::npos ||
                            said.find("非完全丧失劳动能力") != std::string::npos;
        if (!denied &&
            (said.find("完全丧失劳动能力") != std::string::npos || said.find("无劳动能力") != std::string::npos))
            return true;
    }
    return false;
}

bool is_disabled(const Case& c) {
    return c.is("残疾人员") || speaks_of_disability(c.text("health"));
}

bool lives_elsewhere(const Case& c) {
    const auto place = [&](const char* key) { return templates::short_place_name(comparable(c.text(key))); };
    const auto hukou = place("hukou_address.county"), residence = place("residence_address.county");
    return !hukou.empty() && !residence.empty() && hukou != residence;
}

} // namespace

std::vector<Rule> eligibility_rules() {
    using enum Action;
    const auto application = Subject::application;
    const char* const first = "渝人社办〔2020〕79号 一";
    return {
        {"B01",
         first,
         application,
         reject,
         {"id_number"},
         "申请人在申请之日未满{}周岁，不符合登记条件。请不予登记，并说明理由。",
         [](const Case& c) -> Match {
             return younger_than_allowed(c) && number_is_sound(c) ? least_age(c) : Match(false);
         }},
        {"B01",
         first,
         application,
         hold,
         {"id_number"},
         "按所填证件号，申请人未满{}周岁，但号码本身有错。请先核对证件号，再判断年龄。",
         [](const Case& c) -> Match {
             return younger_than_allowed(c) && !number_is_sound(c) ? least_age(c) : Match(false);
         }},
        {"B02",
         first,
         application,
         reject,
         {},
         "申请人已依法享受基本养老保险待遇，不属于失业登记对象。请不予登记，并说明理由。",
         [](const Case& c) -> Match { return c.application.draws_pension.value_or(false); }},
        {"B03",
         "渝人社办〔2020〕79号 一；国务院关于渐进式延迟法定退休年龄的办法",
         application,
         hold,
         {"id_number"},
         "申请人{}。请核实是否已享受基本养老保险待遇：没有享受的照常登记，不得仅因年龄拒绝。",
         pension_unknown},
        {"B04",
         first,
         application,
         reject,
         {"health", "remarks"},
         "申请人申明完全丧失劳动能力，不符合登记条件。请核对劳动能力鉴定结论，属实的不予登记，并说明理由。",
         [](const Case& c) -> Match { return declares_no_ability(c); }},
        {"B05",
         first,
         Subject::person,
         hold,
         {},
         "有在业迹象（就业登记、社会保险缴费或者市场主体登记）。请转入调查，核实是否处于无业状态。",
         [](const Case& c) -> Match { return c.facts.person->signs_of_employment.value_or(false); }},
        {"B05",
         first,
         Subject::person,
         hold,
         {},
         "尚未比对就业登记、社会保险缴费和市场主体信息。请问：申请人目前是否处于无业状态？",
         [](const Case& c) -> Match { return !c.facts.person->signs_of_employment; }},
        {"B06",
         first,
         application,
         info,
         {"hukou_type"},
         "农村户籍的劳动者同样可以登记，不得因户籍性质不予受理。",
         [](const Case& c) -> Match { return c.ticked("hukou_type", "农村居民家庭"); }},
        {"B07",
         first,
         application,
         hold,
         {"id_type"},
         "港澳台居民要在内地（大陆）就业后失业才能登记。请申请人提供在内地（大陆）就业后失业的证明。",
         [](const Case& c) -> Match {
             return is_hong_kong_macao_taiwan(c.document, c.number) && !c.attached("mainland_employment");
         }},
        {"B08",
         "渝人社办〔2020〕79号 六",
         application,
         info,
         {"hukou_address.county", "residence_address.county"},
         "人户分离或者户籍在外地，照常受理：不得以此为由不予受理。",
         [](const Case& c) -> Match { return lives_elsewhere(c); }},
        {"B09",
         "渝人社办〔2020〕79号 三（一）",
         Subject::person,
         hold,
         {"id_number"},
         "此人已有一条未注销的失业登记。请核对是否重复申请，不要重复登记。",
         [](const Case& c) -> Match { return c.facts.person->has_open_registration.value_or(false); }},
        {"B09",
         "渝人社办〔2020〕79号 三（一）",
         Subject::person,
         hold,
         {"id_number"},
         "尚未查询此人有没有未注销的失业登记。请问：登记册中是否已有此人？",
         [](const Case& c) -> Match { return !c.facts.person->has_open_registration; }},
        {"B10",
         "渝人社办〔2020〕79号 二",
         application,
         warn,
         {"health", "categories"},
         "由残疾人就业服务机构受理，但表上看不出申请人是残疾人。请核对受理渠道和人员类别。",
         [](const Case& c) -> Match { return c.application.channel == Channel::disabled_agency && !is_disabled(c); }},
        {"B10",
         "渝人社办〔2020〕79号 二",
         application,
         hold,
         {},
         "没有记录受理渠道。请问：是窗口、残疾人就业服务机构、掌上12333还是全国平台受理的？",
         [](const Case& c) -> Match { return !c.application.channel; }},
    };
}

} // namespace dengji::rules
