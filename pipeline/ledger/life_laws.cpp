#include "pipeline/ledger/life_laws.h"

#include "pipeline/base/text.h"
#include "pipeline/ledger/field_changes.h"
#include "pipeline/rules/check.h"
#include "pipeline/rules/contact_history.h"

#include <algorithm>

namespace dengji::ledger {
namespace {

using Broken = std::optional<std::string>;

std::string given(const Act& act, const char* key) {
    const auto found = act.particulars.find(key);
    return found == act.particulars.end() ? std::string() : found->second;
}

/// What a machine has read and nobody has looked at decides nothing.
Broken waits_for_review(Situation& situation) {
    const auto keys = keys_for_review(situation.values());
    if (keys.empty()) return std::nullopt;
    std::vector<std::string> labels;
    for (const auto& key : keys) {
        const auto* field = situation.book().form.field(key);
        if (labels.size() == 5) break;
        labels.push_back(field == nullptr ? key : field->label);
    }
    return "还有" + std::to_string(keys.size()) + "个识读的项目没有核对（" + joined(labels, "、") +
           (keys.size() > labels.size() ? "等" : "") + "），核对之前不能作出决定";
}

Broken has_open_registration(Situation& situation) {
    for (const auto& other : situation.others()) {
        const auto state = state_named(other.state);
        if (state && is_open(*state))
            return "此人已有一条未注销的失业登记（" + other.registration + "），同一人只能有一条有效登记";
    }
    return std::nullopt;
}

/// Of the first submission; a later one is no paper that was scanned late.
Broken moving_receipt(Situation& situation, const Act&) {
    for (const auto& event : situation.events())
        if (event.step == "resubmit") return "补正后重新受理的日期不能更正";
    return std::nullopt;
}

Broken registering(Situation& situation, const Act&) {
    if (auto broken = waits_for_review(situation)) return broken;
    return has_open_registration(situation);
}

bool fires(Situation& situation, const std::string& rule, Date on) {
    const auto application = situation.application();
    rules::RegisterFacts facts;
    facts.person = person_facts(situation.life(), situation.others());
    const rules::Case the_case(application, facts, situation.book(), on);
    return !rules::check(the_case, [&](const rules::Rule& row) {
                return row.id == rule && (row.action == rules::Action::reject || row.action == rules::Action::hold);
            }).empty();
}

/// A refusal rests on a rule of who may be registered, and on one that speaks of this person.
Broken refusing(Situation& situation, const Act& act) {
    if (auto broken = waits_for_review(situation)) return broken;
    std::vector<std::string> grounds;
    for (const auto& ground : refusal_grounds()) grounds.push_back(ground.rule);
    const auto rule = given(act, "rule");
    if (rule == "B06" || rule == "B08") return "不得以户籍性质、人户分离、户籍不在本地等为由不予受理";
    if (std::find(grounds.begin(), grounds.end(), rule) == grounds.end())
        return "不予登记要有不符合登记条件的依据，可用的规则是" + joined(grounds, "、") +
               "；填写不全的应当退回补正（return）";
    // Whether somebody works, or is able to, may be found outside the application: then a paper says so, or the
    // register.
    const bool on_paper = !trimmed(act.paper).empty();
    if (rule == "B05") {
        if (on_paper || situation.life().signs_of_employment == true) return std::nullopt;
        return "登记册中没有在业迹象的记录，不能以在业为由不予登记；请先在审核或者调查中记录（signs_of_employment="
               "yes），"
               "或者写明查到的材料（--paper）";
    }
    if (fires(situation, rule, act.on) || (rule == "B04" && on_paper)) return std::nullopt;
    if (rule == "B04")
        return "申请表没有申明完全丧失劳动能力，不能以此为由不予登记；请写明依据的材料（--"
               "paper），例如劳动能力鉴定结论";
    return "按现有的登记内容，规则" + rule + "并不成立，不能以此为由不予登记";
}

Broken returning(Situation& situation, const Act&) {
    return waits_for_review(situation);
}

Broken contacting(Situation&, const Act& act) {
    if (given(act, "reached") == "yes" && trimmed(given(act, "state")).empty())
        return "联系上的，要记下了解到的情况（state）";
    return std::nullopt;
}

Broken offering(Situation&, const Act& act) {
    if (given(act, "answer") == "accepted" && !given(act, "good_reason").empty()) return "接受服务的，不填拒绝的理由";
    return std::nullopt;
}

Broken verifying(Situation& situation, const Act& act) {
    const auto ticked = situation.application().chosen("categories");
    const auto category = given(act, "category");
    if (std::find(ticked.begin(), ticked.end(), category) != ticked.end()) return std::nullopt;
    return "申请表没有勾选“" + category + "”；勾选的是：" + (ticked.empty() ? "无" : joined(ticked, "、"));
}

Broken applying_for_certificate(Situation& situation, const Act&) {
    const auto& certificate = situation.life().certificate;
    if (certificate && !certificate->issued_on)
        return "已经申请过就业创业证（" + format(certificate->applied_on) + "），还没有发放";
    return std::nullopt;
}

Broken known_reason(Situation& situation, const Act& act) {
    const auto& settings = situation.book().settings;
    if (settings.cancellation(given(act, "reason")) != nullptr) return std::nullopt;
    std::vector<std::string> reasons;
    for (const auto& reason : settings.cancellations) reasons.push_back(reason.code + reason.name);
    return "没有这个注销原因代码；可用的是：" + joined(reasons, "、");
}

Broken cancelling(Situation& situation, const Act& act) {
    if (auto broken = known_reason(situation, act)) return broken;
    const auto& deadlines = situation.book().settings.deadlines;
    const auto& life = situation.life().follow_up;
    const auto reason = given(act, "reason");
    if (reason == "C3g" && rules::refusals_in_a_row(life) < deadlines.refusals_in_a_row.value)
        return "登记册中没有无正当理由连续" + std::to_string(deadlines.refusals_in_a_row.value) + "次拒绝服务的记录";
    if (reason == "C3h" && !rules::out_of_contact(life, act.on, deadlines.months_without_contact.value))
        return "登记册中没有连续" + std::to_string(deadlines.months_without_contact.value) + "个月联系不上的记录";
    return std::nullopt;
}

Broken dropping(Situation& situation, const Act&) {
    if (situation.life().proposal) return std::nullopt;
    return "没有待决定的注销建议";
}

Broken restoring(Situation& situation, const Act&) {
    return has_open_registration(situation);
}

Broken proposing_credit(Situation& situation, const Act&) {
    const auto& credit = situation.life().credit;
    if (credit && !credit->approved) return "已有一条信用记录建议等待批准（" + format(credit->on) + "）";
    return std::nullopt;
}

Broken deciding_credit(Situation& situation, const Act& act) {
    const auto& credit = situation.life().credit;
    if (!credit || credit->approved) return "没有待批准的信用记录建议";
    if (trimmed(credit->by) == trimmed(act.by)) return "信用记录建议要由提出人以外的人批准";
    return std::nullopt;
}

Broken withdrawing(Situation& situation, const Act& act) {
    const auto& events = situation.events();
    const auto found = std::find_if(events.begin(), events.end(), [&](const LifeEvent& event) {
        return std::to_string(event.id) == given(act, "event");
    });
    if (found == events.end()) return "这条登记没有编号为" + given(act, "event") + "的记录";
    const Step* step = step_named(found->step);
    if (step == nullptr || !step->may_be_withdrawn)
        return "这条记录改变了登记的状态或者内容，不能撤回；请用相应的步骤更正";
    if (situation.life().withdrawn.contains(found->id)) return "这条记录已经撤回";
    return std::nullopt;
}

Broken moving(Situation& situation, const Act& act) {
    if (situation.offices().named(given(act, "town")) != nullptr) return std::nullopt;
    return "没有这个镇街；请写全称，例如几江街道";
}

/// An open registration that turns out to be of somebody who has another open one.
Broken becomes_second(Situation& situation, const Act& act) {
    if (!is_open(situation.row().state)) return std::nullopt;
    auto application = situation.application();
    auto& field = application.fields[given(act, "key")];
    field.value = field_value(situation.book().form, given(act, "key"), given(act, "value"));
    const auto identity = identity_of(application, situation.book(), situation.row().received_on);
    const auto person = find_person(situation.database(), identity, situation.row().person);
    if (!person) return std::nullopt;
    for (const auto& other : registrations_of(situation.database(), *person, situation.registration()))
        if (const auto state = state_named(other.state); state && is_open(*state))
            return "更正后与登记" + other.registration +
                   "是同一人，而那条登记没有注销；请先核对，注销多余的一条（原因C9）";
    return std::nullopt;
}

Broken changing(Situation& situation, const Act& act) {
    if (auto broken = field_change_broken(situation.book().form, given(act, "key"), given(act, "value"))) return broken;
    return becomes_second(situation, act);
}

Broken confirming(Situation& situation, const Act& act) {
    const auto key = given(act, "key");
    for (const auto& value : situation.values())
        if (value.key == key) return std::nullopt;
    return "登记册中没有这个项目的内容，请填写";
}

/// Only the latest word on a field that still stands can be taken back, and only what a review said.
Broken undoing(Situation& situation, const Act& act) {
    std::vector<const LifeEvent*> words;
    for (const auto& event : situation.events()) {
        if (event.outcome != given(act, "key")) continue;
        if (event.step == "change" || event.step == "confirm" || event.step == "correct") words.push_back(&event);
        if (event.step == "undo" && !words.empty()) words.pop_back();
    }
    if (words.empty() || std::to_string(words.back()->id) != given(act, "event"))
        return "这个项目在此之后又有改动，不能撤回";
    if (words.back()->step == "change") return "只有核对和更正可以这样撤回";
    if (words.back()->details.find("\"mark\"") == std::string::npos)
        return "这条更正是早先的记录，不能撤回，请另行更正";
    if (!is_pending(situation.row().state)) return "登记已经作出决定，不能撤回核对，请用更正";
    return std::nullopt;
}

Broken checking(Situation& situation, const Act& act) {
    const auto& papers = situation.book().settings.papers;
    for (const auto& id : split(given(act, "attachments"), ",")) {
        if (trimmed(id).empty() || papers.paper(std::string(trimmed(id))) != nullptr) continue;
        std::vector<std::string> known;
        for (const auto& paper : papers.papers) known.push_back(paper.id + "（" + paper.name + "）");
        return "所附材料中有不认识的代码；可用的是：" + joined(known, "、");
    }
    return std::nullopt;
}

using Law = Broken (*)(Situation&, const Act&);

const std::map<std::string, Law, std::less<>>& laws() {
    static const std::map<std::string, Law, std::less<>> table = {
        {"receipt", moving_receipt},
        {"check", checking},
        {"register", registering},
        {"refuse", refusing},
        {"return", returning},
        {"contact", contacting},
        {"offer", offering},
        {"verify-category", verifying},
        {"certificate-apply", applying_for_certificate},
        {"cancel-propose", known_reason},
        {"cancel", cancelling},
        {"cancel-drop", dropping},
        {"restore", restoring},
        {"credit-propose", proposing_credit},
        {"credit-approve", deciding_credit},
        {"credit-reject", deciding_credit},
        {"withdraw", withdrawing},
        {"office", moving},
        {"change", changing},
        {"correct", changing},
        {"confirm", confirming},
        {"undo", undoing},
    };
    return table;
}

} // namespace

std::optional<std::string> law_broken(Situation& situation, const Act& act) {
    const auto law = laws().find(act.step);
    return law == laws().end() ? std::nullopt : law->second(situation, act);
}

const std::vector<RefusalGround>& refusal_grounds() {
    static const std::vector<RefusalGround> grounds = {
        {"B01", "未达到登记年龄"},
        {"B02", "已依法享受基本养老保险待遇"},
        {"B04", "完全丧失劳动能力"},
        {"B05", "处于就业状态"},
        {"B07", "没有在内地（大陆）就业后失业的证明"},
        {"B09", "已有一条未注销的失业登记"},
        {"C01", "所持证件不是有效身份证件"},
        {"C02", "所持证件不是港澳台居民的有效身份证件"},
    };
    return grounds;
}

bool has_law(const std::string& step) {
    return laws().contains(step);
}

} // namespace dengji::ledger
