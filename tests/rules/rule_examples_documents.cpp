// Examples for sections C and K.
#include "tests/rules/rule_examples.h"

namespace dengji::rules::test {
namespace {

void disabled(Scene& s, const char* grade, const std::string& number) {
    s.also("残疾人员");
    s.set("health", grade);
    s.set("category_id_number", number);
}

std::string own_number(const Scene& s) {
    return s.application.text("id_number");
}

CertificateFacts certificate(const char* number) {
    return {number, false, false, false, {}, day("2020-04-14"), day("2020-04-14")};
}

} // namespace

std::vector<Example> document_examples() {
    using enum Action;
    return {
        {"C01", reject, [](Scene& s) { s.set("id_type", "驾驶证"); }, [](Scene& s) { s.set("id_type", "社保卡"); }},
        {"C02", hold, [](Scene& s) { s.set("id_type", "台湾居民来往大陆通行证"); }},
        {"C02", hold, [](Scene& s) { s.set("id_number", "830000198808089927"); }},
        {"C02", reject,
         [](Scene& s) {
             s.set("id_type", "护照");
             s.set("id_number", "810000199001019910");
         },
         [](Scene& s) {
             s.set("id_type", "港澳居民来往内地通行证");
             s.set("id_number", "H12345678");
         }},
        {"C03", hold, [](Scene& s) { s.application.original_seen = false; },
         [](Scene& s) {
             s.application.original_seen = false;
             s.application.channel = Channel::national;
         }},
        {"C03", hold, [](Scene& s) { s.application.original_seen.reset(); }},
        {"C04", reject, [](Scene& s) { s.set("id_number", "510225196803159911"); },
         [](Scene& s) { s.set("id_number", "510225196803159919"); }},
        {"C04", reject, [](Scene& s) { s.set("id_number", "510225196802319917"); }},
        {"C04", reject, [](Scene& s) { s.set("id_number", "51022519680315991"); },
         [](Scene& s) { s.set("id_number", " ５１９００７ １９９３０９０９ ９９８ｘ"); }},
        {"C04", hold,
         [](Scene& s) {
             s.set("id_number", "510225196803159911");
             s.application.fields["id_number"].by_machine = true;
         }},
        {"C04", hold, [](Scene& s) { s.set("id_number", "510225680315991"); }},
        {"C04", hold,
         [](Scene& s) {
             s.set("id_type", "社会保障卡");
             s.set("id_number", "A12345678");
         }},
        {"C05", hold, [](Scene& s) { s.set("sex", "女"); }},
        {"C06", info, [](Scene& s) { s.set("id_number", "510225680315991"); }},
        {"C06", hold,
         [](Scene& s) {
             s.set("id_type", "港澳居民来往内地通行证");
             s.set("id_number", "H12345678");
         },
         [](Scene& s) {
             s.set("id_type", "港澳居民来往内地通行证");
             s.set("id_number", "H12345678");
             s.application.born_on = day("1990-01-20");
         }},
        {"C07", warn, [](Scene& s) { s.set("id_number", number_of("509999", day("1990-01-20"), true)); },
         [](Scene& s) { s.set("id_number", number_of("512721", day("1965-01-20"), true)); }},
        {"C08", hold,
         [](Scene& s) {
             s.tick("categories", {"高校毕业生"});
             s.application.attachments.reset();
         },
         [](Scene& s) { s.tick("categories", {"高校毕业生"}); }},
        {"C09", hold, [](Scene& s) { s.also("刑满释放人员"); },
         [](Scene& s) {
             s.also("刑满释放人员");
             s.application.attachments->insert("release");
         }},
        {"C10", hold, [](Scene& s) { s.also("复员退伍军人"); },
         [](Scene& s) {
             s.also("复员退伍军人");
             s.application.attachments->insert("discharge");
         }},
        {"C11", hold, [](Scene& s) { s.also("戒毒康复人员"); },
         [](Scene& s) {
             s.also("戒毒康复人员");
             s.application.attachments->insert("rehabilitation");
         }},
        {"C12", hold, [](Scene& s) { disabled(s, "肢体残疾三级", own_number(s) + "42"); },
         [](Scene& s) { disabled(s, "肢体残疾三级", "低保123456；" + own_number(s) + "43B1"); }},
        {"C12", hold, [](Scene& s) { disabled(s, "肢体残疾三级", "51022519680315991943"); }},
        {"C13", warn, [](Scene& s) { s.also("低保家庭人员"); },
         [](Scene& s) {
             s.also("低保家庭人员");
             s.application.attachments->insert("minimum_living");
         }},
        {"C14", hold, [](Scene& s) { s.facts.person->verified_categories->clear(); }},
        {"C14", hold, [](Scene& s) { s.facts.person->verified_categories.reset(); }},
        {"C15", hold, [](Scene& s) { s.application.photo = false; },
         [](Scene& s) {
             s.application.photo = false;
             s.application.wants_certificate = false;
         }},
        {"C15", remind, [](Scene& s) { s.application.wants_certificate.reset(); }},
        {"C16", reject, [](Scene& s) { s.facts.handling->fee = 500; }},
    };
}

std::vector<Example> agreement_examples() {
    using enum Action;
    return {
        {"K01", hold, [](Scene& s) { s.also("4050人员"); },
         [](Scene& s) {
             s.also("4050人员");
             s.person(day("1970-04-14"), true);
         }},
        {"K01", hold,
         [](Scene& s) {
             s.also("4050人员");
             s.person(day("1965-04-01"), false);
         },
         [](Scene& s) {
             s.also("4050人员");
             s.person(day("1965-05-01"), false);
         }},
        {"K02", info, [](Scene& s) { s.person(day("1980-04-14"), false); },
         [](Scene& s) { s.person(day("1980-04-15"), false); }},
        {"K03", hold, [](Scene& s) { s.also("高校毕业生"); },
         [](Scene& s) {
             s.also("高校毕业生");
             s.tick("education", {"大学专科或同等学历"});
         }},
        {"K03", warn,
         [](Scene& s) {
             s.tick("categories", {"高校毕业生"});
             s.tick("unemployment_reason", {"年满16周岁，从各类学校毕业、肄业"});
             s.set("unemployed_since", "2018-03");
         },
         [](Scene& s) {
             s.tick("categories", {"高校毕业生"});
             s.tick("unemployment_reason", {"年满16周岁，从各类学校毕业、肄业"});
             s.set("unemployed_since", "2018-04");
         }},
        {"K04", warn, [](Scene& s) { s.also("中职毕业生"); },
         [](Scene& s) {
             s.also("中职毕业生");
             s.tick("education", {"职业高中"});
         }},
        {"K05", warn, [](Scene& s) { s.tick("education", {"小学"}); },
         [](Scene& s) { s.tick("education", {"普通高中"}); }},
        {"K06", hold, [](Scene& s) { s.also("残疾人员"); }},
        {"K06", hold, [](Scene& s) { s.set("health", "视力残疾二级"); },
         [](Scene& s) {
             s.set("health", "视力残疾二级");
             s.also("残疾人员");
         }},
        {"K07", warn, [](Scene& s) { s.also("刑满释放人员"); },
         [](Scene& s) {
             s.also("刑满释放人员");
             s.tick("unemployment_reason", {"刑满释放、假释、监外执行"});
         }},
        {"K08", warn, [](Scene& s) { s.tick("unemployment_reason", {"军人退出现役且未纳入国家统一安置"}); },
         [](Scene& s) {
             s.also("复员退伍军人");
             s.tick("unemployment_reason", {"军人退出现役且未纳入国家统一安置"});
         }},
        {"K09", warn,
         [](Scene& s) {
             s.tick("categories", {"农民工"});
             s.tick("unemployment_reason", {"年满16周岁，从各类学校毕业、肄业"});
         },
         [](Scene& s) { s.tick("unemployment_reason", {"年满16周岁，从各类学校毕业、肄业"}); }},
        {"K10", hold, [](Scene& s) { s.set("unemployed_since", "2020-05"); },
         [](Scene& s) { s.set("unemployed_since", "2020-04"); }},
        {"K10", hold, [](Scene& s) { s.set("unemployed_since", "2005-12"); },
         [](Scene& s) { s.set("unemployed_since", "2006-01"); }},
        {"K11", warn, [](Scene& s) { s.tick("unemployment_reason", {"从各类单位辞职"}); },
         [](Scene& s) {
             s.tick("unemployment_reason", {"从各类单位辞职"});
             s.tick("claims_benefit", {"否"});
         }},
        {"K12", warn, [](Scene& s) { s.also("农民工"); },
         [](Scene& s) {
             s.also("农民工");
             s.tick("hukou_type", {"农村居民家庭"});
         }},
        {"K13", warn, [](Scene& s) { s.tick("hukou_type", {"集体"}); }},
        {"K13", hold,
         [](Scene& s) {
             s.tick("hukou_type", {"城镇居民家庭", "农村居民家庭"});
         }},
        {"K14", warn,
         [](Scene& s) {
             s.tick("categories", {"低保家庭人员", "特困救助供养人员"});
         },
         [](Scene& s) {
             s.tick("categories", {"低保家庭人员", "零就业家庭人员"});
         }},
        {"K15", hold, [](Scene& s) { s.set("mobile", "1390000000"); },
         [](Scene& s) { s.set("mobile", "+86 139-0000-0001"); }},
        {"K15", warn,
         [](Scene& s) {
             s.set("landline", "4755739");
             s.set("email", "nobody");
         },
         [](Scene& s) {
             s.set("landline", "023-47557390-12");
             s.set("email", "nobody@example.com");
         }},
        {"K16", hold, [](Scene& s) { s.facts.duplicates->same_number = true; }},
        {"K16", hold, [](Scene& s) { s.facts.duplicates->look_alike = true; }},
        {"K16", hold, [](Scene& s) { s.facts.duplicates->same_number.reset(); }},
        {"K17", warn, [](Scene& s) { s.set("residence_address.county", "浦东新区"); },
         [](Scene& s) {
             s.set("residence_address.province", "四川省");
             s.set("residence_address.city", "泸州市");
             s.set("residence_address.county", "合江县");
         }},
        {"K18", reject, [](Scene& s) { s.facts.certificate = certificate("5001160020000"); },
         [](Scene& s) { s.facts.certificate = certificate("5001160020000001"); }},
        {"K18", reject,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->number_taken = true;
         }},
        {"K18", hold,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->number_taken.reset();
         }},
        {"K19", hold,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->has_valid_one = true;
         },
         [](Scene& s) { s.facts.certificate = certificate("5001160020000001"); }},
        {"K19", hold,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->replacement = true;
             s.facts.certificate->earlier_number = "5001160019000001";
         },
         [](Scene& s) {
             s.facts.certificate = certificate("500116001900000112");
             s.facts.certificate->replacement = true;
             s.facts.certificate->earlier_number = "500116001900000112";
         }},
        {"K19", hold,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->has_valid_one.reset();
         }},
        {"K20", remind,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->issued_on.reset();
             s.on = day("2020-04-28");
         },
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->issued_on.reset();
             s.on = day("2020-04-27");
         }},
        {"K20", hold,
         [](Scene& s) {
             s.facts.certificate = certificate("5001160020000001");
             s.facts.certificate->applied_on.reset();
             s.facts.certificate->issued_on.reset();
         }},
    };
}

} // namespace dengji::rules::test
