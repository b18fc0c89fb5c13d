// What happens to the people of the simulated office.
#include "pipeline/rules/working_days.h"
#include "tests/ledger/simulation.h"

namespace dengji::ledger::test {

using rules::days_later;

void Office::apply(std::size_t index, bool twice) {
    Person& person = people_[index];
    if (person.times == 0) {
        person.applicant = everybody_.next();
        ++account_.people;
    }
    const int dice = below(100);
    person.channel = dice < 70   ? rules::Channel::counter
                     : dice < 84 ? rules::Channel::app12333
                     : dice < 96 ? rules::Channel::national
                                 : rules::Channel::social_insurance;
    if (person.applicant.disabled && chance(50)) person.channel = rules::Channel::disabled_agency;
    auto application = application_of(person.applicant, today_, person.channel);
    const bool incomplete = !twice && person.channel != rules::Channel::social_insurance && chance(4);
    if (incomplete) application.fields.erase("mobile");
    ++line_;
    const auto received = lives_.receive(batch_.id, file_, line_, std::to_string(line_), application, today_);
    ++account_.registrations;
    ++account_.by_step["received"];
    if (twice) {
        // The same person again, while the first registration is open.
        const auto second = received.registration;
        take(act(second, "check", {{"signs_of_employment", "no"}}));
        try_illegal(second, "register");
        take(act(second, "refuse", {{"rule", "B09"}, {"reason", "已有有效登记"}}));
        take(act(second, "feedback"));
        return;
    }
    ++person.times;
    person.registration = received.registration;
    person.contact_day = 1 + below(27);
    if (per_mille(30)) try_illegal(person.registration, "register");
    if (per_mille(30)) try_illegal(person.registration, "cancel", {{"reason", "C2a"}});
    if (per_mille(30)) try_illegal(person.registration, "contact", {{"reached", "no"}});
    const bool at_once = person.channel != rules::Channel::national && person.channel != rules::Channel::app12333;
    if (incomplete) {
        take(person, "check", {{"signs_of_employment", "no"}});
        try_illegal(person.registration, "register");
        take(person, "return", {{"missing", "手机号码"}});
        plan(0, Task::feedback, index);
        if (chance(70)) plan(2 + below(12), Task::resubmit, index);
        return;
    }
    plan(at_once && chance(97) ? 0 : below(8), Task::check, index);
}

void Office::check(std::size_t index) {
    const Person& person = people_[index];
    if (per_mille(15)) {
        take(person, "check", {{"draws_pension", "yes"}, {"signs_of_employment", "no"}});
        try_illegal(person.registration, "register");
        take(person, "refuse", {{"rule", "B02"}, {"reason", "已享受基本养老保险待遇"}});
        plan(below(3), Task::feedback, index);
        return;
    }
    if (per_mille(60)) {
        take(person, "check", {{"signs_of_employment", "yes"}});
        take(person, "survey-open", {{"reason", "有参保记录"}});
        if (per_mille(200)) try_illegal(person.registration, "register");
        plan(2 + below(12), Task::close_survey, index);
        return;
    }
    take(person, "check", {{"signs_of_employment", "no"}});
    plan(0, Task::register_it, index);
}

void Office::close_survey(std::size_t index) {
    const Person& person = people_[index];
    const bool works = chance(35);
    take(person, "survey-close",
         {{"result", works ? "仍在原单位工作" : "已经离职"}, {"signs_of_employment", works ? "yes" : "no"}});
    if (!works) {
        register_it(index);
        return;
    }
    take(person, "refuse", {{"rule", "B05"}, {"reason", "调查发现在业"}});
    plan(below(3), Task::feedback, index);
}

void Office::register_it(std::size_t index) {
    Person& person = people_[index];
    const bool by_system = person.channel == rules::Channel::app12333 && chance(80);
    if (!take(person, "register", {{"by_system", by_system ? "yes" : "no"}})) return;
    open_.insert(person.registration);
    if (person.times > 1) ++account_.again;
    if (chance(97)) plan(0, Task::feedback, index);
    if (person.applicant.claims_benefit && chance(95)) take(person, "benefit");
    if (person.applicant.category != "农民工" && chance(80))
        take(person, "verify-category", {{"category", person.applicant.category}});
    if (plan_.corrects_what_counts && chance(80)) correct_what_counts(person);
    if (person.times == 1 && chance(40)) {
        take(person, "certificate-apply", {{"photo", "yes"}});
        plan(chance(60) ? 0 : 1 + below(18), Task::issue_certificate, index);
    }
    if (chance(97)) plan(below(33), Task::first_contact, index);
    plan(1 + below(20), Task::contact, index);
    if (chance(60)) plan(20 + below(60), Task::service, index);
    if (chance(50)) plan(30 + below(60), Task::offer, index);
    plan_leaving(person);
    if (person.leaves_for.empty()) return;
    if (person.leaves_for == "C3h") person.vanishes = days_later(today_, below(60));
    if (person.leaves_for == "C3g") person.refusals_left = 3;
    person.leaves_on = days_later(today_, 20 + below(200) + below(200));
    if (person.leaves_for != "C3h" && person.leaves_for != "C3g")
        agenda_[person.leaves_on].push_back({index, Task::leave, person.registration});
}

void Office::plan_leaving(Person& person) {
    static const std::vector<std::pair<const char*, int>> reasons = {
        {"C2a", 420}, {"C2b", 80}, {"C2c", 60}, {"C1", 60},  {"C3a", 40}, {"C3b", 20}, {"C3c", 15},
        {"C3d", 15},  {"C3e", 15}, {"C3f", 15}, {"C3g", 30}, {"C3h", 40}, {"C9", 15}};
    int dice = below(1000);
    person.leaves_for.clear();
    person.refusals_left = 0;
    for (const auto& [reason, weight] : reasons) {
        if (dice < weight) {
            person.leaves_for = reason;
            return;
        }
        dice -= weight;
    }
}

/// Once a month; of somebody who vanished until six months are over.
void Office::contact(std::size_t index) {
    Person& person = people_[index];
    const Date next =
        Date(today_.year() / today_.month() / std::chrono::day(static_cast<unsigned>(person.contact_day))) +
        std::chrono::months(1);
    const bool vanished = today_ >= person.vanishes && person.leaves_for == "C3h";
    const bool reached = !vanished && chance(88);
    Act made = act(person.registration, "contact", {{"reached", reached ? "yes" : "no"}});
    if (reached) made.particulars["state"] = "求职中";
    take_late(made, 12);
    if (per_mille(4)) {
        const auto taken = lives_.take(made, today_);
        take(person, "withdraw", {{"event", std::to_string(taken.event)}, {"reason", "重复记录"}});
    }
    if (per_mille(15)) take(person, "change", {{"key", "mobile"}, {"value", person.applicant.mobile}});
    if (vanished && today_ > rules::months_later(person.vanishes, 8)) {
        leave(index);
        if (!is_open(person)) return;
    }
    if (vanished || chance(98))
        agenda_[next].push_back({index, Task::contact, person.registration});
    else
        agenda_[next + std::chrono::months(1)].push_back({index, Task::contact, person.registration});
}

void Office::serve(std::size_t index) {
    static const std::vector<std::string> services = {"policy", "guidance", "job", "training", "business", "plan"};
    const Person& person = people_[index];
    take(person, "service", {{"service", services[static_cast<std::size_t>(below(6))]}, {"result", "已提供"}});
    if (chance(70)) plan(30 + below(60), Task::service, index);
    if (per_mille(5)) {
        take(person, "credit-propose", {{"reason", "提供虚假信息"}});
        plan(1 + below(20), Task::approve_credit, index);
    }
    if (per_mille(10)) take(person, "office", {{"town", "白沙镇"}});
    if (per_mille(20)) {
        take(person, "cancel-propose", {{"reason", "C2a"}});
        plan(1 + below(5), Task::drop, index);
    }
    if (per_mille(10)) plan(0, Task::apply_twice, index);
    if (plan_.corrects && chance(20)) correct(index);
    if (plan_.corrects_what_counts && chance(30)) correct_what_counts(person);
}

/// A misread name, an address of another town, a number of the old form for the same person.
void Office::correct(std::size_t index) {
    Person& person = people_[index];
    switch (below(3)) {
    case 0:
        person.applicant.name += "某";
        take(person, "correct", {{"key", "name"}, {"value", person.applicant.name}});
        return;
    case 1:
        person.applicant.town = "油溪镇";
        take(person, "change",
             {{"key", "residence_address.detail"}, {"value", person.applicant.town + person.applicant.street}});
        return;
    default:
        take(person, "correct", {{"key", "residence_address.county"}, {"value", chance(50) ? "江津区" : "巴南"}});
        return;
    }
}

void Office::offer(std::size_t index) {
    Person& person = people_[index];
    if (person.refusals_left > 0) {
        take(person, "offer", {{"service", "job"}, {"answer", "refused"}, {"good_reason", "no"}});
        if (--person.refusals_left == 0)
            plan(3 + below(20), Task::leave, index);
        else
            plan(5 + below(10), Task::offer, index);
        return;
    }
    if (chance(80))
        take(person, "offer", {{"service", "training"}, {"answer", "accepted"}});
    else
        take(person, "offer", {{"service", "job"}, {"answer", "refused"}, {"good_reason", "yes"}});
    if (chance(50)) plan(30 + below(60), Task::offer, index);
}

void Office::leave(std::size_t index) {
    Person& person = people_[index];
    std::map<std::string, std::string> grounds = {{"reason", person.leaves_for.empty() ? "C2a" : person.leaves_for}};
    if (per_mille(50))
        try_illegal(person.registration, "cancel", {{"reason", "C2c"}, {"income", "500"}, {"standard", "717"}});
    if (grounds["reason"] == "C2c") grounds.insert({{"income", "2600"}, {"standard", "717"}});
    if (chance(40)) take(person, "cancel-propose", grounds);
    if (!take_late(act(person.registration, "cancel", grounds), 40)) return;
    open_.erase(person.registration);
    const auto* reason = book().settings.cancellation(grounds["reason"]);
    if (per_mille(50)) try_illegal(person.registration, "contact", {{"reached", "no"}});
    if (reason->code == "C3f") {
        if (chance(30)) plan(2, Task::restore, index);
        return;
    }
    if (reason->notice && chance(95)) plan(below(8), Task::notify, index);
    if (reason->code.starts_with("C2") && person.times < 3 && chance(25)) plan(30 + below(200), Task::apply, index);
}

} // namespace dengji::ledger::test
