// Examples for sections A and B.
#include "tests/rules/rule_examples.h"

namespace dengji::rules::test {

std::vector<Example> entry_examples() {
    using enum Action;
    return {
        {"A01", reject, [](Scene& s) { s.set("name", "　"); }},
        {"A02", reject, [](Scene& s) { s.set("sex", "未知"); }, [](Scene& s) { s.set("sex", "男性"); }},
        {"A03", reject, [](Scene& s) { s.set("ethnicity", ""); }},
        {"A03", hold, [](Scene& s) { s.set("ethnicity", "火星族"); }, [](Scene& s) { s.set("ethnicity", "土家"); }},
        {"A04", reject, [](Scene& s) { s.set("health", ""); }},
        {"A05", reject, [](Scene& s) { s.set("unemployed_since", "2020"); }},
        {"A06", reject, [](Scene& s) { s.set("id_type", ""); }},
        {"A07", reject, [](Scene& s) { s.set("id_number", ""); }},
        {"A08", reject, [](Scene& s) { s.tick("hukou_type", {}); }},
        {"A08", hold,
         [](Scene& s) {
             s.tick("hukou_type", {"家庭", "集体"});
         }},
        {"A09", reject, [](Scene& s) { s.tick("education", {}); }},
        {"A09", hold,
         [](Scene& s) {
             s.tick("education", {"小学", "初级中学"});
         }},
        {"A09", hold, [](Scene& s) { s.tick("education", {"大专"}); }},
        {"A10", hold, [](Scene& s) { s.tick("categories", {}); }},
        {"A10", hold, [](Scene& s) { s.also("退休人员"); }, [](Scene& s) { s.also("农民工"); }},
        {"A11", reject,
         [](Scene& s) {
             for (const char* part : {"province", "county", "detail"}) s.set(std::string("hukou_address.") + part, "");
         }},
        {"A11", hold, [](Scene& s) { s.set("hukou_address.county", ""); },
         [](Scene& s) { s.set("hukou_address.city", ""); }},
        {"A12", reject,
         [](Scene& s) {
             for (const char* part : {"province", "county", "detail"})
                 s.set(std::string("residence_address.") + part, "");
         }},
        {"A12", hold, [](Scene& s) { s.set("residence_address.detail", ""); }},
        {"A13", reject, [](Scene& s) { s.set("mobile", ""); }},
        {"A14", reject, [](Scene& s) { s.tick("unemployment_reason", {}); }},
        {"A14", hold,
         [](Scene& s) {
             s.tick("unemployment_reason", {"从各类单位辞职", "终止从事个体工商户"});
         }},
        {"A15", hold, [](Scene& s) { s.tick("unemployment_reason", {"其他"}); },
         [](Scene& s) {
             s.tick("unemployment_reason", {"其他"});
             s.set("unemployment_reason.other", "外出返乡");
         }},
        {"A16", reject, [](Scene& s) { s.tick("claims_benefit", {}); }},
        {"A16", hold,
         [](Scene& s) {
             s.tick("claims_benefit", {"是", "否"});
         }},
        {"A17", warn, [](Scene& s) { s.set("political_status", "不知道"); },
         [](Scene& s) { s.set("political_status", "党员"); }},
        {"A17", warn, [](Scene& s) { s.set("qualification.2.level", "三级"); }},
        {"A18", reject, [](Scene& s) { s.application.fields["signature"].value = false; }},
        {"A18", hold, [](Scene& s) { s.set("signed_on", ""); }},
        {"A18", hold, [](Scene& s) { s.set("signed_on", "2020-04-15"); },
         [](Scene& s) { s.set("signed_on", "2020-04-13"); }},
        {"A18", hold, [](Scene& s) { s.set("signed_on", "2020-02-28"); },
         [](Scene& s) { s.set("signed_on", "2020-03-01"); }},
        {"A19", hold,
         [](Scene& s) {
             s.set("health", "残疾");
             s.also("残疾人员");
         },
         [](Scene& s) { s.set("health", "肢体残疾三级"); }},
        {"A20", warn, [](Scene& s) { s.also("低保家庭人员"); },
         [](Scene& s) {
             s.also("低保家庭人员");
             s.set("category_id_number", "500116000123");
         }},

        {"B01", reject, [](Scene& s) { s.person(day("2004-04-15"), true); },
         [](Scene& s) { s.person(day("2004-04-14"), true); }},
        {"B01", hold, [](Scene& s) { s.set("id_number", "500116200804159910"); },
         [](Scene& s) { s.person(day("2008-04-15"), true); }},
        {"B02", reject, [](Scene& s) { s.application.draws_pension = true; }},
        {"B03", hold,
         [](Scene& s) {
             s.person(day("1960-04-01"), true);
             s.application.draws_pension.reset();
         },
         [](Scene& s) {
             s.person(day("1960-05-01"), true);
             s.application.draws_pension.reset();
         }},
        {"B03", hold,
         [](Scene& s) {
             s.person(day("1970-04-01"), false);
             s.application.draws_pension.reset();
         },
         [](Scene& s) { s.person(day("1970-04-01"), false); }},
        {"B04", reject, [](Scene& s) { s.set("remarks", "已完全丧失劳动能力"); },
         [](Scene& s) { s.set("remarks", "未完全丧失劳动能力"); }},
        {"B05", hold, [](Scene& s) { s.facts.person->signs_of_employment = true; }},
        {"B05", hold, [](Scene& s) { s.facts.person->signs_of_employment.reset(); },
         [](Scene& s) {
             s.facts.person->signs_of_employment.reset();
             s.application.confirmed = {"B05"};
         }},
        {"B06", info, [](Scene& s) { s.tick("hukou_type", {"农村居民家庭"}); }},
        {"B07", hold,
         [](Scene& s) {
             s.set("id_type", "港澳台居民居住证");
             s.set("id_number", "810000199001019910");
         },
         [](Scene& s) {
             s.set("id_type", "港澳台居民居住证");
             s.set("id_number", "810000199001019910");
             s.application.attachments = std::set<std::string>{"graduation", "mainland_employment"};
         }},
        {"B08", info, [](Scene& s) { s.set("hukou_address.county", "合川区"); },
         [](Scene& s) { s.set("hukou_address.county", "江津区"); }},
        {"B09", hold, [](Scene& s) { s.facts.person->has_open_registration = true; }},
        {"B09", hold, [](Scene& s) { s.facts.person->has_open_registration.reset(); }},
        {"B10", warn, [](Scene& s) { s.application.channel = Channel::disabled_agency; },
         [](Scene& s) {
             s.application.channel = Channel::disabled_agency;
             s.also("残疾人员");
         }},
        {"B10", hold, [](Scene& s) { s.application.channel.reset(); }},
    };
}

} // namespace dengji::rules::test
