// Examples for sections D to H.
#include "tests/rules/rule_examples.h"

namespace dengji::rules::test {
namespace {

/// An application of this channel that came on Thursday 30 April 2020 and is not decided; its fifth working day is
/// Monday 11 May.
void waiting(Scene& s, Channel channel, const char* on) {
    s.application.channel = channel;
    s.facts.clock = ClockFacts{day("2020-04-30"), {}, {}, {}, {}};
    s.on = day(on);
}

void fresh(Scene& s, Channel channel, const char* received) {
    s.application.channel = channel;
    s.application.received_on = day(received);
    s.facts.clock.reset();
}

void cancel(Scene& s, const char* reason, std::optional<bool> evidence = true) {
    s.facts.cancellation = CancellationFacts{reason, evidence, {}, {}, {}, {}};
}

void survey(Scene& s, const char* on, std::optional<Date> closed = {}) {
    waiting(s, Channel::national, on);
    s.facts.clock->survey = Survey{day("2020-05-06"), closed, "", ""};
}

void contacts(Scene& s, bool last_reached) {
    s.facts.follow_up->registered_on = day("2019-01-10");
    s.facts.follow_up->contacts.clear();
    for (const char* on :
         {"2019-10-20", "2019-11-20", "2019-12-20", "2020-01-20", "2020-02-20", "2020-03-20", "2020-04-10"})
        s.facts.follow_up->contacts.push_back({day(on), false, "电话", "", "经办甲"});
    if (last_reached) s.facts.follow_up->contacts.back() = {day("2020-04-10"), true, "电话", "仍失业", "经办甲"};
}

void refusals(Scene& s, std::vector<Offer> offers) {
    s.facts.follow_up->offers = std::move(offers);
}

const Date offered = day("2020-04-14");

} // namespace

std::vector<Example> life_examples() {
    using enum Action;
    return {
        {"D01", remind, [](Scene& s) { waiting(s, Channel::counter, "2020-04-30"); }},
        {"D01", remind, [](Scene& s) { waiting(s, Channel::counter, "2020-05-01"); },
         [](Scene& s) { waiting(s, Channel::national, "2020-05-01"); }},
        {"D02", info, [](Scene& s) { fresh(s, Channel::national, "2020-04-30"); },
         [](Scene& s) { fresh(s, Channel::counter, "2020-04-30"); }},
        {"D02", remind, [](Scene& s) { waiting(s, Channel::national, "2020-05-08"); },
         [](Scene& s) { waiting(s, Channel::national, "2020-05-07"); }},
        {"D02", remind, [](Scene& s) { waiting(s, Channel::national, "2020-05-12"); }},
        {"D03", warn,
         [](Scene& s) {
             s.application.channel = Channel::app12333;
             s.facts.clock->decided_by_system = false;
         },
         [](Scene& s) {
             s.application.channel = Channel::app12333;
             s.facts.clock->decided_by_system = true;
         }},
        {"D03", hold, [](Scene& s) { s.application.channel = Channel::app12333; }},
        {"D04", info, [](Scene& s) { fresh(s, Channel::app12333, "2020-04-30"); }},
        {"D04", remind, [](Scene& s) { waiting(s, Channel::app12333, "2020-05-08"); },
         [](Scene& s) { waiting(s, Channel::app12333, "2020-05-07"); }},
        {"D04", remind, [](Scene& s) { waiting(s, Channel::app12333, "2020-05-12"); }},
        {"D05", remind, [](Scene& s) { s.facts.clock->feedback.reset(); },
         [](Scene& s) { waiting(s, Channel::national, "2020-05-01"); }},
        {"D05", remind, [](Scene& s) { s.facts.clock->feedback->way.clear(); }},
        {"D06", remind, [](Scene& s) { survey(s, "2020-05-12"); }, [](Scene& s) { survey(s, "2020-05-11"); }},
        {"D06", remind, [](Scene& s) { survey(s, "2020-05-15"); }},
        {"D06", hold, [](Scene& s) { survey(s, "2020-05-12", day("2020-05-11")); }},
        {"D07", info, [](Scene& s) { survey(s, "2020-05-12"); },
         [](Scene& s) { survey(s, "2020-05-12", day("2020-05-11")); }},
        {"D08", warn, [](Scene& s) { fresh(s, Channel::national, "2030-01-02"); },
         [](Scene& s) { fresh(s, Channel::national, "2026-02-13"); }},
        {"D08", warn,
         [](Scene& s) {
             waiting(s, Channel::national, "2029-12-28");
             s.facts.clock->submitted_on = day("2029-12-28");
         }},

        {"E01", remind,
         [](Scene& s) {
             s.facts.follow_up->first_contact = false;
             s.on = day("2020-05-15");
         },
         [](Scene& s) {
             s.facts.follow_up->first_contact = false;
             s.on = day("2020-05-14");
         }},
        {"E01", hold,
         [](Scene& s) {
             s.facts.follow_up->first_contact.reset();
             s.on = day("2020-05-15");
         }},
        {"E02", remind, [](Scene& s) { s.facts.follow_up->lists_given = false; }},
        {"E02", hold, [](Scene& s) { s.facts.follow_up->lists_given.reset(); }},
        {"E03", remind, [](Scene& s) { s.facts.follow_up->work_served = false; },
         [](Scene& s) {
             s.facts.follow_up->wants_work = false;
             s.facts.follow_up->work_served = false;
         }},
        {"E03", hold, [](Scene& s) { s.facts.follow_up->wants_work.reset(); }},
        {"E04", remind,
         [](Scene& s) {
             s.facts.follow_up->wants_business = true;
             s.facts.follow_up->business_served = false;
         }},
        {"E04", hold, [](Scene& s) { s.facts.follow_up->wants_business = true; }},
        {"E05", hold, [](Scene& s) { s.facts.follow_up->hardship = true; },
         [](Scene& s) {
             s.facts.follow_up->hardship = true;
             s.facts.follow_up->responsible = "经办甲";
         }},
        {"E05", remind,
         [](Scene& s) {
             s.facts.follow_up->hardship = true;
             s.facts.follow_up->plan = false;
         }},
        {"E05", hold, [](Scene& s) { s.facts.follow_up->hardship.reset(); }},
        {"E06", remind,
         [](Scene& s) {
             s.facts.follow_up->policy_eligible = true;
             s.facts.follow_up->policy_taken = false;
         }},
        {"E06", hold, [](Scene& s) { s.facts.follow_up->policy_eligible.reset(); }},
        {"E07", remind, [](Scene& s) { s.facts.handling->handed_to_insurance = false; },
         [](Scene& s) {
             s.facts.handling->handed_to_insurance = false;
             s.tick("claims_benefit", {"否"});
         }},
        {"E07", hold, [](Scene& s) { s.facts.handling->handed_to_insurance.reset(); }},
        {"E08", info, [](Scene& s) { s.application.channel = Channel::social_insurance; }},
        {"E09", warn,
         [](Scene& s) {
             s.facts.follow_up->services = {{day("2020-04-10"), day("2020-04-14")}};
         },
         [](Scene& s) {
             s.facts.follow_up->services = {{day("2020-04-10"), day("2020-04-13")}};
         }},

        {"F01", remind, [](Scene& s) { s.on = day("2020-04-20"); }, [](Scene& s) { s.on = day("2020-04-19"); }},
        {"F01", remind, [](Scene& s) { s.facts.follow_up->registered_on = day("2020-03-01"); },
         [](Scene& s) { s.facts.follow_up->registered_on = day("2020-03-02"); }},
        {"F02", hold,
         [](Scene& s) {
             s.facts.follow_up->contacts = {{day("2020-04-15"), true, "电话", "", "经办甲"}};
         },
         [](Scene& s) {
             s.facts.follow_up->contacts = {{day("2020-04-15"), false, "电话", "", "经办甲"}};
         }},
        {"F03", remind,
         [](Scene& s) {
             refusals(s, {{offered, false, false}, {offered, false, false}, {offered, false, false}});
         },
         [](Scene& s) {
             refusals(s,
                      {{offered, false, false}, {offered, false, false}, {offered, true, {}}, {offered, false, false}});
         }},
        {"F03", hold,
         [](Scene& s) {
             refusals(s, {{offered, false, {}}});
         },
         [](Scene& s) {
             refusals(s, {{offered, false, {}}, {offered, true, {}}});
         }},
        {"F04", remind, [](Scene& s) { contacts(s, false); }, [](Scene& s) { contacts(s, true); }},
        {"F05", hold, [](Scene& s) { s.facts.person->false_information = true; }},
        {"F06", info,
         [](Scene& s) {
             s.facts.follow_up->changes = {{true, true}};
         },
         [](Scene& s) {
             s.facts.follow_up->changes = {{false, true}};
         }},
        {"F06", hold,
         [](Scene& s) {
             s.facts.follow_up->changes = {{true, false}};
         }},
        {"F07", warn, [](Scene& s) { s.facts.office->promise_printed = false; }},
        {"F07", hold, [](Scene& s) { s.facts.office->promise_printed.reset(); }},

        {"G01", remind, [](Scene& s) { cancel(s, "C1"); }, [](Scene& s) { cancel(s, "C2a"); }},
        {"G01", hold, [](Scene& s) { cancel(s, "C1", false); }, [](Scene& s) { cancel(s, "C1"); }},
        {"G02", remind, [](Scene& s) { cancel(s, "C2a"); }, [](Scene& s) { cancel(s, "C2b"); }},
        {"G02", hold, [](Scene& s) { cancel(s, "C2a", {}); }, [](Scene& s) { cancel(s, "C2a"); }},
        {"G03", remind, [](Scene& s) { cancel(s, "C2b"); }, [](Scene& s) { cancel(s, "C2a"); }},
        {"G03", hold, [](Scene& s) { cancel(s, "C2b", false); }, [](Scene& s) { cancel(s, "C2b"); }},
        {"G04", reject,
         [](Scene& s) {
             cancel(s, "C2c");
             s.facts.cancellation->monthly_income = 619;
             s.facts.cancellation->minimum_standard = 620;
         },
         [](Scene& s) {
             cancel(s, "C2c");
             s.facts.cancellation->monthly_income = s.facts.cancellation->minimum_standard = 620;
         }},
        {"G04", hold, [](Scene& s) { cancel(s, "C2c"); }, [](Scene& s) { cancel(s, "C2a"); }},
        {"G04", remind,
         [](Scene& s) {
             cancel(s, "C2c");
             s.facts.cancellation->monthly_income = s.facts.cancellation->minimum_standard = 620;
         },
         [](Scene& s) { cancel(s, "C2c"); }},
        {"G05", remind, [](Scene& s) { cancel(s, "C3b"); }, [](Scene& s) { cancel(s, "C3c"); }},
        {"G05", hold, [](Scene& s) { cancel(s, "C3a", false); }, [](Scene& s) { cancel(s, "C3a"); }},
        {"G06", remind, [](Scene& s) { cancel(s, "C3c", {}); }, [](Scene& s) { cancel(s, "C3a"); }},
        {"G07", remind, [](Scene& s) { cancel(s, "C3d"); }, [](Scene& s) { cancel(s, "C3e"); }},
        {"G07", hold, [](Scene& s) { cancel(s, "C3d", false); }, [](Scene& s) { cancel(s, "C3d"); }},
        {"G08", remind, [](Scene& s) { cancel(s, "C3e", {}); }, [](Scene& s) { cancel(s, "C3f"); }},
        {"G09", remind, [](Scene& s) { cancel(s, "C3f", {}); }, [](Scene& s) { cancel(s, "C3e"); }},
        {"G10", remind,
         [](Scene& s) {
             cancel(s, "C2a");
             s.facts.cancellation->decided_on = day("2020-04-09");
         },
         [](Scene& s) {
             cancel(s, "C3f");
             s.facts.cancellation->decided_on = day("2020-04-01");
         }},
        {"G11", info, [](Scene& s) { s.facts.person->has_cancelled_registration = true; }},
        {"G11", hold, [](Scene& s) { s.facts.person->has_cancelled_registration.reset(); }},
        {"G12", info, [](Scene& s) { cancel(s, "C3d"); }, [](Scene& s) { cancel(s, "C1"); }},

        {"H01", remind, [](Scene& s) { s.facts.office->agencies_published = false; }},
        {"H01", hold, [](Scene& s) { s.facts.office->agencies_published.reset(); }},
        {"H02", hold, [](Scene& s) { s.facts.handling->handler.reset(); }},
    };
}

} // namespace dengji::rules::test
