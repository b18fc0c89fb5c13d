// Section E: services for the registered, 渝人社办〔2020〕79号 四 and 五.
#include "pipeline/rules/rule_table.h"
#include "pipeline/rules/working_days.h"

#include <algorithm>

namespace dengji::rules {
namespace {

const FollowUpFacts& life(const Case& c) {
    return *c.facts.follow_up;
}

/// Something is wished for or due, and it is known that it was not done.
bool left_undone(std::optional<bool> wanted, std::optional<bool> done) {
    return wanted == true && done == false;
}

/// It is not known whether it is wished for, or whether it was done.
bool unknown(std::optional<bool> wanted, std::optional<bool> done) {
    return !wanted || (*wanted && !done);
}

bool first_contact_time_is_over(const Case& c) {
    return c.on > days_later(life(c).registered_on, c.book.settings.deadlines.first_contact_days.value);
}

bool claims_benefit(const Case& c) {
    return c.ticked("claims_benefit", "是");
}

bool late_entry(const Case& c) {
    const int most = c.book.settings.deadlines.service_entry_days.value;
    return std::any_of(life(c).services.begin(), life(c).services.end(),
                       [&](const Service& service) { return service.entered_on > days_later(service.given_on, most); });
}

} // namespace

std::vector<Rule> service_rules() {
    using enum Action;
    const auto open = Subject::follow_up;
    const char* const benefit = "渝人社办〔2020〕79号 四（七）";
    return {
        {"E01",
         "渝人社办〔2020〕79号 四（一）",
         open,
         remind,
         {},
         "登记后还没有做首次联系。请了解失业原因、技能水平和就业意愿，并介绍后续服务和注销条件。",
         [](const Case& c) -> Match { return life(c).first_contact == false && first_contact_time_is_over(c); }},
        {"E01",
         "渝人社办〔2020〕79号 四（一）",
         open,
         hold,
         {},
         "没有首次联系的记录。请问：是否已了解失业原因、技能水平和就业意愿？",
         [](const Case& c) -> Match { return !life(c).first_contact && first_contact_time_is_over(c); }},
        {"E02",
         "渝人社办〔2020〕79号 四（二）",
         open,
         remind,
         {},
         "还没有提供政策清单、服务清单和公共就业服务机构清单。请提供并记录。",
         [](const Case& c) -> Match { return life(c).lists_given == false; }},
        {"E02",
         "渝人社办〔2020〕79号 四（二）",
         open,
         hold,
         {},
         "没有提供三项清单的记录。请问：政策、服务、机构清单给过了吗？",
         [](const Case& c) -> Match { return !life(c).lists_given; }},
        {"E03",
         "渝人社办〔2020〕79号 四（三）",
         open,
         remind,
         {},
         "此人有培训或者就业意愿，但没有服务记录。请推介政策和培训、指导求职、匹配岗位，并回访结果。",
         [](const Case& c) -> Match { return left_undone(life(c).wants_work, life(c).work_served); }},
        {"E03",
         "渝人社办〔2020〕79号 四（三）",
         open,
         hold,
         {},
         "不清楚此人有没有培训或者就业意愿，或者有没有提供服务。请问清后补记。",
         [](const Case& c) -> Match { return unknown(life(c).wants_work, life(c).work_served); }},
        {"E04",
         "渝人社办〔2020〕79号 四（四）",
         open,
         remind,
         {},
         "此人有创业意愿，但没有服务记录。请提供创业培训、开业指导、融资服务，符合条件的协助申请担保贷款。",
         [](const Case& c) -> Match { return left_undone(life(c).wants_business, life(c).business_served); }},
        {"E04",
         "渝人社办〔2020〕79号 四（四）",
         open,
         hold,
         {},
         "不清楚此人有没有创业意愿，或者有没有提供服务。请问清后补记。",
         [](const Case& c) -> Match { return unknown(life(c).wants_business, life(c).business_served); }},
        {"E05",
         "渝人社办〔2020〕79号 四（五）",
         open,
         hold,
         {},
         "就业困难人员要指定专人负责。请指定负责人。",
         [](const Case& c) -> Match { return life(c).hardship == true && life(c).responsible.value_or("").empty(); }},
        {"E05",
         "渝人社办〔2020〕79号 四（五）",
         open,
         remind,
         {},
         "就业困难人员还没有个性化就业援助计划。请制定计划，明确服务项目和步骤。",
         [](const Case& c) -> Match { return life(c).hardship == true && !life(c).plan.value_or(false); }},
        {"E05",
         "渝人社办〔2020〕79号 四（五）",
         open,
         hold,
         {},
         "不清楚此人是否认定为就业困难人员。请问：认定过吗？",
         [](const Case& c) -> Match { return !life(c).hardship; }},
        {"E06",
         "渝人社办〔2020〕79号 四（六）",
         open,
         remind,
         {},
         "此人符合就业创业扶持政策条件，但没有同步受理政策申请。请介绍政策并受理申请。",
         [](const Case& c) -> Match { return left_undone(life(c).policy_eligible, life(c).policy_taken); }},
        {"E06",
         "渝人社办〔2020〕79号 四（六）",
         open,
         hold,
         {},
         "不清楚此人是否符合就业创业扶持政策条件，或者是否已受理申请。请核对后补记。",
         [](const Case& c) -> Match { return unknown(life(c).policy_eligible, life(c).policy_taken); }},
        {"E07",
         benefit,
         Subject::handling,
         remind,
         {"claims_benefit"},
         "申请人要申领失业保险金，失业登记应与失业保险金一并办理。请今天转交社会保险经办机构。",
         [](const Case& c) -> Match { return claims_benefit(c) && c.facts.handling->handed_to_insurance == false; }},
        {"E07",
         benefit,
         Subject::handling,
         hold,
         {"claims_benefit"},
         "申请人要申领失业保险金，没有转交记录。请问：已转交社会保险经办机构了吗？",
         [](const Case& c) -> Match { return claims_benefit(c) && !c.facts.handling->handed_to_insurance; }},
        {"E08",
         benefit,
         Subject::application,
         info,
         {},
         "由社会保险经办机构一并办理失业登记，不必另填登记表；缺少的项目以后补录。",
         [](const Case& c) -> Match { return c.application.channel == Channel::social_insurance; }},
        {"E09",
         "渝人社办〔2020〕79号 五",
         open,
         warn,
         {},
         "有服务记录补录得太晚。服务情况和结果请实时录入。",
         [](const Case& c) -> Match { return late_entry(c); }},
    };
}

} // namespace dengji::rules
