#include "pipeline/ledger/life_steps.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using Kind = Particular::Kind;
using enum State;

constexpr bool required = true;

Particular text(std::string_view key, std::string_view label, bool is_required = false) {
    return {key, label, Kind::text, is_required, {}};
}
Particular yes_no(std::string_view key, std::string_view label, bool is_required = false) {
    return {key, label, Kind::yes_no, is_required, {}};
}
Particular amount(std::string_view key, std::string_view label) {
    return {key, label, Kind::amount, false, {}};
}
Particular word(std::string_view key, std::string_view label, std::vector<Particular::Word> words) {
    return {key, label, Kind::word, required, std::move(words)};
}

std::vector<Particular::Word> services() {
    return {{"policy", "受理扶持政策申请"}, {"guidance", "职业指导"}, {"job", "推荐岗位"},
            {"training", "职业培训"},       {"business", "创业服务"}, {"plan", "就业援助计划"},
            {"public-post", "公益性岗位"}};
}

std::vector<State> any() {
    return {all_states.begin(), all_states.end()};
}

/// Steps up to the decision, and telling of it.
void add_decision_steps(std::vector<Step>& table) {
    const std::vector<State> decided = {registered, followed_up, refused, returned, cancelled};
    table.push_back({.name = "check",
                     .label = "审核",
                     .from = {received, checked},
                     .to = checked,
                     .particulars = {yes_no("original_seen", "原件已核验"),
                                     yes_no("photo", "已交登记照"),
                                     yes_no("wants_certificate", "要办就业创业证"),
                                     yes_no("draws_pension", "享受基本养老保险待遇"),
                                     yes_no("signs_of_employment", "比对有在业迹象"),
                                     {"born_on", "出生日期", Kind::day, false, {}},
                                     {"attachments", "所附材料", Kind::list, false, {}}}});
    table.push_back({.name = "survey-open",
                     .label = "开展调查",
                     .from = {received, checked},
                     .to = in_survey,
                     .particulars = {text("reason", "调查原因", required)}});
    table.push_back(
        {.name = "survey-close",
         .label = "办结调查",
         .from = {in_survey},
         .to = checked,
         .needs_way = true,
         .particulars = {text("result", "调查结果", required), yes_no("signs_of_employment", "调查发现在业")}});
    table.push_back({.name = "register",
                     .label = "准予登记",
                     .from = {checked},
                     .to = registered,
                     .gate = Gate::registering,
                     .particulars = {yes_no("by_system", "由平台自动办结")}});
    table.push_back({.name = "refuse",
                     .label = "不予登记",
                     .from = {checked},
                     .to = refused,
                     .particulars = {text("rule", "依据的规则编号", required), text("reason", "理由", required),
                                     yes_no("by_system", "由平台自动办结")}});
    table.push_back({.name = "return",
                     .label = "退回补正",
                     .from = {received, checked},
                     .to = returned,
                     .particulars = {{"missing", "需要补正的内容", Kind::list, required, {}}}});
    table.push_back({.name = "resubmit", .label = "补正后重新受理", .from = {returned}, .to = received});
    table.push_back({.name = "receipt", .label = "更正收件日期", .from = {received}, .to = received});
    table.push_back({.name = "feedback",
                     .label = "反馈办理结果",
                     .from = decided,
                     .to = std::nullopt,
                     .needs_way = true,
                     .may_be_withdrawn = true});
}

/// Steps of an open registration.
void add_follow_up_steps(std::vector<Step>& table) {
    const std::vector<State> open = {registered, followed_up};
    const auto record = [&](std::string_view name, std::string_view label, std::vector<Particular> particulars) {
        table.push_back({.name = name,
                         .label = label,
                         .from = open,
                         .to = std::nullopt,
                         .may_be_withdrawn = true,
                         .particulars = std::move(particulars)});
    };
    table.push_back(
        {.name = "first-contact",
         .label = "首次联系",
         .from = open,
         .to = followed_up,
         .needs_way = true,
         .particulars = {text("state", "了解到的情况", required), yes_no("wants_work", "有培训或就业意愿", required),
                         yes_no("wants_business", "有创业意愿", required),
                         yes_no("policy_eligible", "符合扶持政策条件"), text("skills", "技能水平"),
                         text("reason", "失业原因")}});
    record("lists", "提供政策、服务、机构三项清单", {});
    table.push_back({.name = "contact",
                     .label = "跟踪调查",
                     .from = open,
                     .to = followed_up,
                     .needs_way = true,
                     .may_be_withdrawn = true,
                     .particulars = {yes_no("reached", "是否联系上", required), text("state", "了解到的情况")}});
    record("wishes", "更新意愿和政策条件",
           {yes_no("wants_work", "有培训或就业意愿"), yes_no("wants_business", "有创业意愿"),
            yes_no("policy_eligible", "符合扶持政策条件")});
    record("service", "提供服务", {word("service", "服务项目", services()), text("result", "结果")});
    record("offer", "推荐服务的答复",
           {word("service", "服务项目", services()),
            word("answer", "答复", {{"accepted", "接受"}, {"refused", "拒绝"}}),
            yes_no("good_reason", "拒绝有正当理由"), text("reason", "拒绝理由")});
    table.push_back({.name = "hardship",
                     .label = "就业困难人员认定",
                     .from = open,
                     .to = std::nullopt,
                     .may_be_withdrawn = true,
                     .gate = Gate::hardship,
                     .particulars = {yes_no("recognised", "认定为就业困难人员", required),
                                     text("responsible", "负责人"), yes_no("plan", "已制定就业援助计划")}});
    table.push_back({.name = "verify-category",
                     .label = "认定人员身份",
                     .from = {checked, in_survey, registered, followed_up},
                     .to = std::nullopt,
                     .needs_paper = true,
                     .may_be_withdrawn = true,
                     .particulars = {text("category", "人员类别", required)}});
    record("benefit", "转交失业保险金申领", {});
    record("certificate-apply", "申请就业创业证", {yes_no("photo", "已交登记照"), yes_no("replacement", "补发或换发")});
    table.push_back({.name = "certificate-issue",
                     .label = "发放就业创业证",
                     .from = open,
                     .to = std::nullopt,
                     .gate = Gate::issuing,
                     .particulars = {text("number", "证书编号", required), yes_no("replacement", "补发或换发")}});
    table.push_back({.name = "change",
                     .label = "本人申报变更",
                     .from = open,
                     .to = std::nullopt,
                     .particulars = {text("key", "项目", required), text("value", "新内容", required)}});
}

void add_cancellation_steps(std::vector<Step>& table) {
    const std::vector<State> open = {registered, followed_up};
    const std::vector<State> decided = {registered, followed_up, refused, cancelled};
    const std::vector<Particular> grounds = {text("reason", "注销原因代码", required), amount("income", "月收入"),
                                             amount("standard", "当地最低生活保障标准")};
    table.push_back({.name = "cancel-propose",
                     .label = "建议注销",
                     .from = open,
                     .to = std::nullopt,
                     .may_be_withdrawn = true,
                     .particulars = grounds});
    table.push_back({.name = "cancel-drop",
                     .label = "驳回注销建议",
                     .from = open,
                     .to = std::nullopt,
                     .particulars = {text("reason", "理由", required)}});
    table.push_back({.name = "cancel",
                     .label = "注销登记",
                     .from = open,
                     .to = cancelled,
                     .gate = Gate::cancelling,
                     .particulars = grounds});
    table.push_back({.name = "cancel-notify",
                     .label = "告知注销",
                     .from = {cancelled},
                     .to = std::nullopt,
                     .needs_way = true,
                     .may_be_withdrawn = true});
    table.push_back({.name = "restore",
                     .label = "恢复误注销的登记",
                     .from = {cancelled},
                     .to = followed_up,
                     .needs_paper = true,
                     .particulars = {text("reason", "理由", required)}});
    table.push_back({.name = "credit-propose",
                     .label = "建议纳入人社信用记录",
                     .from = decided,
                     .to = std::nullopt,
                     .needs_paper = true,
                     .particulars = {text("reason", "查实的情况", required)}});
    table.push_back({.name = "credit-approve", .label = "批准纳入人社信用记录", .from = decided, .to = std::nullopt});
    table.push_back({.name = "credit-reject",
                     .label = "不批准纳入人社信用记录",
                     .from = decided,
                     .to = std::nullopt,
                     .particulars = {text("reason", "理由", required)}});
}

/// What may always be done.
void add_upkeep_steps(std::vector<Step>& table) {
    table.push_back({.name = "correct",
                     .label = "更正登记内容",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("key", "项目", required), text("value", "更正后的内容"),
                                     text("reason", "说明"), text("work", "同一次核对")}});
    table.push_back({.name = "confirm",
                     .label = "核对无误",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("key", "项目", required), text("work", "同一次核对")}});
    table.push_back({.name = "undo",
                     .label = "撤回核对",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("key", "项目", required), text("event", "记录编号", required)}});
    table.push_back({.name = "office",
                     .label = "改由其他镇街经办",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("town", "镇街", required)}});
    table.push_back({.name = "withdraw",
                     .label = "撤回误记的记录",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("event", "记录编号", required), text("reason", "理由", required)}});
    table.push_back({.name = "disclosure",
                     .label = "查看完整证件号",
                     .from = any(),
                     .to = std::nullopt,
                     .particulars = {text("reason", "用途")}});
}

} // namespace

const std::vector<Step>& all_steps() {
    static const std::vector<Step> table = [] {
        std::vector<Step> steps;
        add_decision_steps(steps);
        add_follow_up_steps(steps);
        add_cancellation_steps(steps);
        add_upkeep_steps(steps);
        return steps;
    }();
    return table;
}

const Step* step_named(std::string_view name) {
    const auto& table = all_steps();
    const auto found = std::find_if(table.begin(), table.end(), [&](const Step& step) { return step.name == name; });
    return found == table.end() ? nullptr : &*found;
}

bool may_be_taken(const Step& step, State state) {
    return std::find(step.from.begin(), step.from.end(), state) != step.from.end();
}

std::vector<const Step*> steps_from(State state) {
    std::vector<const Step*> steps;
    for (const Step& step : all_steps())
        if (may_be_taken(step, state) && step.from.size() < all_states.size()) steps.push_back(&step);
    return steps;
}

std::string steps_in_words(const std::vector<const Step*>& steps) {
    std::string words;
    for (const Step* step : steps)
        words += (words.empty() ? "" : "、") + std::string(step->label) + "（" + std::string(step->name) + "）";
    return words;
}

} // namespace dengji::ledger
