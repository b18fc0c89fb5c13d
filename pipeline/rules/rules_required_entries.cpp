// Section A: what the form requires.
#include "pipeline/rules/identity.h"
#include "pipeline/rules/rule_table.h"
#include "templates/citizen_number.h"

namespace dengji::rules {
namespace {

const char* const starred = "登记表 ＊必填项";
const char* const judgement = "登记表 ＊必填项；单选为经办判断";

Rule required(const char* id, const char* key, const char* message, Match (*is_missing)(const Case&)) {
    return {id, starred, Subject::application, Action::reject, {key}, message, is_missing};
}

Rule several_ticked(const char* id, const char* key, const char* message, Match (*condition)(const Case&)) {
    return {id, judgement, Subject::application, Action::hold, {key}, message, condition};
}

/// Which parts of an address are missing, of those that it has to have. Cities are named only outside municipalities.
std::vector<std::string> missing_parts(const Case& c, const std::string& address) {
    std::vector<std::string> missing;
    for (const char* part : {".province", ".county", ".detail"})
        if (c.empty(address + part)) missing.push_back(address + part);
    return missing;
}

bool address_empty(const Case& c, const std::string& address) {
    return missing_parts(c, address).size() == 3 && c.empty(address + ".city");
}

Match address_incomplete(const Case& c, const std::string& address) {
    if (address_empty(c, address)) return false;
    return Match::at(missing_parts(c, address));
}

bool is_disabled(const Case& c) {
    return c.is("残疾人员") || speaks_of_disability(c.text("health"));
}

/// The optional entries that are filled, but not as such entries are.
Match optional_entries(const Case& c) {
    std::vector<std::string> odd;
    if (!c.empty("political_status") && !c.book.political_statuses.name_of(c.text("political_status")))
        odd.push_back("political_status");
    for (const char* row : {"qualification.1", "qualification.2", "qualification.3"}) {
        const std::string name = std::string(row) + ".name", level = std::string(row) + ".level";
        if (c.empty(name) && !c.empty(level)) odd.push_back(name);
    }
    return Match::at(odd);
}

bool category_has_number(const Case& c) {
    for (const auto& category : c.application.chosen("categories")) {
        const auto* papers = c.book.settings.papers.category(category);
        if (papers != nullptr && papers->has_number) return true;
    }
    return false;
}

} // namespace

std::vector<Rule> required_entry_rules() {
    using enum Action;
    const auto application = Subject::application;
    return {
        required("A01", "name", "姓名没有填写。请退回申请人补填姓名。",
                 [](const Case& c) -> Match { return c.empty("name"); }),
        required("A02", "sex", "性别没有填写，或者不是“男”“女”。请退回申请人补填。",
                 [](const Case& c) -> Match { return !c.male; }),
        required("A03", "ethnicity", "民族没有填写。请退回申请人补填民族。",
                 [](const Case& c) -> Match { return c.empty("ethnicity"); }),
        {"A03",
         starred,
         application,
         hold,
         {"ethnicity"},
         "所填民族不在56个民族的名称中。请对照身份证核对民族。",
         [](const Case& c) -> Match {
             return !c.empty("ethnicity") && !c.book.ethnicities.name_of(c.text("ethnicity"));
         }},
        required("A04", "health", "健康状况没有填写。请退回申请人补填；残疾的要注明等级。",
                 [](const Case& c) -> Match { return c.empty("health"); }),
        required("A05", "unemployed_since", "失业时间没有填写完整。请退回申请人补填失业的年份和月份。",
                 [](const Case& c) -> Match { return !c.unemployed_since; }),
        required("A06", "id_type", "证件类型没有填写。请退回申请人补填，例如居民身份证、社会保障卡。",
                 [](const Case& c) -> Match { return c.empty("id_type"); }),
        required("A07", "id_number", "证件号没有填写。请退回申请人补填证件号。",
                 [](const Case& c) -> Match { return c.empty("id_number"); }),
        required("A08", "hukou_type", "户籍性质没有勾选。请退回申请人勾选一项。",
                 [](const Case& c) -> Match { return c.ticks("hukou_type") == 0; }),
        several_ticked(
            "A08", "hukou_type", "户籍性质勾选了多项，或者勾选了表上没有的选项。请向申请人问清后确定一项。",
            [](const Case& c) -> Match { return c.ticks("hukou_type") > 1 || c.ticked_unknown("hukou_type"); }),
        required("A09", "education", "文化程度没有勾选。请退回申请人勾选一项。",
                 [](const Case& c) -> Match { return c.ticks("education") == 0; }),
        several_ticked(
            "A09", "education", "文化程度勾选了多项，或者勾选了表上没有的选项。请按最高学历确定一项。",
            [](const Case& c) -> Match { return c.ticks("education") > 1 || c.ticked_unknown("education"); }),
        {"A10",
         "登记表 ＊必填项；表上没有“以上都不是”一栏",
         application,
         hold,
         {"categories"},
         "人员类别一项也没有勾选。请问清申请人：如果确实不属于任何一类，请确认“无类别”，不要退回。",
         [](const Case& c) -> Match { return c.ticks("categories") == 0; }},
        {"A10",
         starred,
         application,
         hold,
         {"categories"},
         "人员类别中有表上没有的选项。请对照登记表核对。",
         [](const Case& c) -> Match { return c.ticked_unknown("categories"); }},
        required("A11", "hukou_address.detail", "户籍地址没有填写。请退回申请人补填省、市、县和详细地址。",
                 [](const Case& c) -> Match { return address_empty(c, "hukou_address"); }),
        {"A11",
         starred,
         application,
         hold,
         {"hukou_address.detail"},
         "户籍地址填写不完整。请向申请人问清后补全省、县和详细地址。",
         [](const Case& c) -> Match { return address_incomplete(c, "hukou_address"); }},
        required("A12", "residence_address.detail", "常住地址没有填写。请退回申请人补填省、市、县和详细地址。",
                 [](const Case& c) -> Match { return address_empty(c, "residence_address"); }),
        {"A12",
         starred,
         application,
         hold,
         {"residence_address.detail"},
         "常住地址填写不完整。请向申请人问清后补全省、县和详细地址。",
         [](const Case& c) -> Match { return address_incomplete(c, "residence_address"); }},
        required("A13", "mobile", "手机号码没有填写。请退回申请人补填。",
                 [](const Case& c) -> Match { return c.empty("mobile"); }),
        required("A14", "unemployment_reason", "失业原因没有勾选。请退回申请人勾选一项。",
                 [](const Case& c) -> Match { return c.ticks("unemployment_reason") == 0; }),
        several_ticked("A14", "unemployment_reason",
                       "失业原因勾选了多项，或者勾选了表上没有的选项。请向申请人问清后确定一项。",
                       [](const Case& c) -> Match {
                           return c.ticks("unemployment_reason") > 1 || c.ticked_unknown("unemployment_reason");
                       }),
        {"A15",
         starred,
         application,
         hold,
         {"unemployment_reason", "unemployment_reason.other"},
         "失业原因勾选了“其他”，但没有写明。请向申请人问清原因并补填。",
         [](const Case& c) -> Match { return c.because("其他") && c.empty("unemployment_reason.other"); }},
        required("A16", "claims_benefit", "是否申领失业保险金没有勾选。请退回申请人勾选“是”或“否”。",
                 [](const Case& c) -> Match { return c.ticks("claims_benefit") == 0; }),
        {"A16",
         starred,
         application,
         hold,
         {"claims_benefit"},
         "是否申领失业保险金同时勾选了“是”和“否”，或者选项无法识别。请向申请人问清。",
         [](const Case& c) -> Match { return c.ticks("claims_benefit") > 1 || c.ticked_unknown("claims_benefit"); }},
        {"A17",
         "登记表 选填项",
         application,
         warn,
         {"political_status"},
         "有选填项填写得不合常规（政治面貌不在名称表中，或者只填了等级没有填资格名称）。不影响登记，请顺便核对。",
         optional_entries},
        {"A18",
         "渝人社办〔2020〕79号 三（一）；登记表 承诺",
         application,
         reject,
         {"signature"},
         "申请人没有签字承诺。请退回申请人本人签字。",
         [](const Case& c) -> Match { return !c.application.present("signature"); }},
        {"A18",
         "登记表 承诺",
         application,
         hold,
         {"signed_on"},
         "签字日期没有填写完整。请申请人补填签字的年月日。",
         [](const Case& c) -> Match { return !c.signed_on; }},
        {"A18",
         "登记表 承诺",
         application,
         hold,
         {"signed_on"},
         "签字日期晚于受理的日期。请对照原件核对签字日期。",
         [](const Case& c) -> Match { return c.signed_on && *c.signed_on > c.application.received_on.value_or(c.on); }},
        {"A18",
         "登记表 承诺",
         application,
         hold,
         {"signed_on", "unemployed_since"},
         "签字日期早于失业时间。请向申请人核实这两个日期。",
         [](const Case& c) -> Match {
             return c.signed_on && c.unemployed_since &&
                    c.signed_on->year() / c.signed_on->month() < *c.unemployed_since;
         }},
        {"A19",
         "填表说明2",
         application,
         hold,
         {"health"},
         "健康状况为残疾，但没有注明伤残等级。请向申请人问明等级（对照残疾人证）并补填。",
         [](const Case& c) -> Match { return is_disabled(c) && !disability_grade(c.text("health")); }},
        {"A20",
         "登记表 人员类别证件号码",
         application,
         warn,
         {"category_id_number", "categories"},
         "勾选的人员类别有相应证件，但没有填写人员类别证件号码。请提醒申请人补填；不影响登记。",
         [](const Case& c) -> Match { return category_has_number(c) && c.empty("category_id_number"); }},
    };
}

} // namespace dengji::rules
