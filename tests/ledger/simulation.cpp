#include "tests/ledger/simulation.h"

#include "pipeline/base/files.h"
#include "pipeline/rules/working_days.h"

#include <array>
#include <cstdio>

namespace dengji::ledger::test {

using rules::days_later;

Office::Office(Register& the_register, Lives& lives, const OfficePlan& plan, const std::filesystem::path& folder)
    : register_(the_register), lives_(lives), plan_(plan), random_(plan.seed), everybody_(plan.seed + 1),
      today_(plan.from) {
    write_file(folder / "simulated.jsonl", "{\"simulated\": " + std::to_string(plan.seed) + "}\n");
    batch_ = register_.begin_batch({folder});
    file_ = register_.add_file(batch_.id, 0, folder / "simulated.jsonl", "simulated.jsonl");
    const auto days = (std::chrono::sys_days(plan.until) - std::chrono::sys_days(plan.from)).count();
    people_.resize(static_cast<std::size_t>(plan.people));
    for (std::size_t i = 0; i < people_.size(); ++i)
        agenda_[days_later(plan.from, below(static_cast<int>(days)))].push_back({i, Task::apply, ""});
}

OfficeAccount Office::run(const std::function<void(Date, const OfficeAccount&)>& end_of_day) {
    for (; today_ <= plan_.until; today_ = days_later(today_, 1)) {
        lives_.together([&] {
            auto& jobs = agenda_[today_]; // grows while it is worked on
            for (std::size_t i = 0; i < jobs.size(); ++i) {
                const Job job = jobs[i];
                work(job);
            }
        });
        agenda_.erase(today_);
        if (end_of_day) end_of_day(today_, account_);
    }
    register_.finish_batch(batch_.id);
    return account_;
}

void Office::plan(int days, Task task, std::size_t person) {
    agenda_[days_later(today_, days)].push_back({person, task, people_[person].registration});
}

Act Office::act(const std::string& registration, const std::string& step,
                std::map<std::string, std::string> particulars) {
    static const std::array clerks = {"经办甲", "经办乙", "经办丙"};
    static const std::array ways = {"电话", "当面", "走访", "信息比对"};
    return {registration,
            step,
            today_,
            clerks[static_cast<std::size_t>(below(clerks.size()))],
            ways[static_cast<std::size_t>(below(ways.size()))],
            "材料",
            std::move(particulars),
            {}};
}

bool Office::take(Act act) {
    for (int tries = 0; tries < 2; ++tries) {
        const auto taken = lives_.take(act, today_);
        if (!taken.refusal) {
            ++account_.steps;
            ++account_.by_step[act.step];
            return true;
        }
        bool only_questions = !taken.refusal->findings.empty();
        for (const auto& finding : taken.refusal->findings) {
            only_questions = only_questions && finding.action == rules::Action::hold;
            act.answers[finding.rule] = "已核实";
        }
        if (only_questions && tries == 0) continue;
        if (account_.unexpected++ == 0) {
            account_.first_unexpected = act.step + " on " + format(today_) + ": " + taken.refusal->why;
            for (const auto& finding : taken.refusal->findings)
                account_.first_unexpected += " " + finding.rule + " " + finding.message;
        }
        return false;
    }
    return false;
}

bool Office::take_late(Act act, int days) {
    if (!plan_.writes_late || chance(60)) return take(std::move(act));
    Act earlier = act;
    earlier.on = days_later(today_, -1 - below(days));
    if (!lives_.take(earlier, today_).refusal) {
        ++account_.steps;
        ++account_.by_step[act.step];
        return true;
    }
    return take(std::move(act));
}

bool Office::take(const Person& person, const std::string& step, std::map<std::string, std::string> particulars) {
    return take(act(person.registration, step, std::move(particulars)));
}

void Office::try_illegal(const std::string& registration, const std::string& step,
                         std::map<std::string, std::string> particulars) {
    ++account_.illegal_tried;
    if (!lives_.take(act(registration, step, std::move(particulars)), today_).refusal) ++account_.illegal_accepted;
}

bool Office::is_open(const Person& person) {
    return open_.contains(person.registration);
}

void Office::work(const Job& job) {
    Person& person = people_[job.person];
    switch (job.task) {
    case Task::apply: apply(job.person, false); return;
    case Task::apply_twice:
        if (is_open(person)) apply(job.person, true); // who left on the same day may come again
        return;
    default: break;
    }
    if (job.registration != person.registration) return; // of an earlier registration
    switch (job.task) {
    case Task::check: check(job.person); return;
    case Task::close_survey: close_survey(job.person); return;
    case Task::register_it: register_it(job.person); return;
    case Task::feedback: take(person, "feedback"); return;
    case Task::resubmit:
        take(person, "resubmit");
        take(person, "correct", {{"key", "mobile"}, {"value", person.applicant.mobile}});
        take(person, "check", {{"signs_of_employment", "no"}});
        register_it(job.person);
        return;
    case Task::notify: take(person, "cancel-notify"); return;
    case Task::restore:
        take(person, "restore", {{"reason", "信息有误"}});
        open_.insert(person.registration);
        plan(1, Task::contact, job.person);
        plan(40 + below(100), Task::leave, job.person);
        return;
    default: break;
    }
    if (is_open(person)) follow_up(job);
}

void Office::follow_up(const Job& job) {
    Person& person = people_[job.person];
    switch (job.task) {
    case Task::first_contact:
        take(person, "first-contact",
             {{"state", "求职中"},
              {"wants_work", chance(70) ? "yes" : "no"},
              {"wants_business", chance(10) ? "yes" : "no"},
              {"policy_eligible", chance(20) ? "yes" : "no"}});
        if (chance(95)) take(person, "lists");
        if (chance(90))
            take(person, "hardship", {{"recognised", "no"}});
        else
            take(person, "hardship", {{"recognised", "yes"}, {"responsible", "经办丁"}, {"plan", "yes"}});
        return;
    case Task::contact: contact(job.person); return;
    case Task::service: serve(job.person); return;
    case Task::offer: offer(job.person); return;
    case Task::issue_certificate: {
        std::array<char, 32> number{};
        std::snprintf(number.data(), number.size(), "5001160024%06lld", ++certificates_);
        take(person, "certificate-issue", {{"number", number.data()}});
        return;
    }
    case Task::leave: leave(job.person); return;
    case Task::drop: take(person, "cancel-drop", {{"reason", "仍在求职"}}); return;
    case Task::approve_credit: {
        Act approval = act(person.registration, chance(80) ? "credit-approve" : "credit-reject");
        if (approval.step == "credit-reject") approval.particulars = {{"reason", "证据不足"}};
        approval.by = "审核戊";
        take(approval);
        return;
    }
    default: return;
    }
}

} // namespace dengji::ledger::test
