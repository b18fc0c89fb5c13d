#include "tests/rules/scene.h"

#include "templates/citizen_number.h"

#include <algorithm>
#include <dengji_project.h>

namespace dengji::rules::test {

const RuleBook& book() {
    static const RuleBook loaded = load_rule_book(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates");
    return loaded;
}

Date day(const char* text) {
    return parse_date(text).value();
}

std::string number_of(const std::string& area, Date born, bool male, int sequence) {
    auto digits = format(born);
    std::erase(digits, '-');
    std::string number = area + digits + std::to_string(sequence / 2 * 2 + (male ? 1 : 0));
    number += templates::citizen_check_character(number);
    return number;
}

void Scene::also(const std::string& category) {
    auto categories = application.chosen("categories");
    categories.push_back(category);
    tick("categories", categories);
}

void Scene::person(Date born, bool male) {
    set("id_number", number_of("500116", born, male));
    set("sex", male ? "男" : "女");
}

Findings Scene::findings() const {
    return check(Case(application, facts, book(), on));
}

Scene orderly() {
    Scene scene;
    scene.person(day("1990-01-20"), true);
    scene.set("name", "测试甲");
    scene.set("ethnicity", "汉族");
    scene.set("health", "健康");
    scene.set("unemployed_since", "2020-03");
    scene.set("id_type", "居民身份证");
    scene.tick("hukou_type", {"城镇居民家庭"});
    scene.tick("education", {"初级中学"});
    scene.tick("categories", {"初高中毕业生"});
    for (const std::string address : {"hukou_address", "residence_address"}) {
        scene.set(address + ".province", "重庆");
        scene.set(address + ".county", "江津");
        scene.set(address + ".detail", "几江街道某路1号");
    }
    scene.set("mobile", "13900000001");
    scene.tick("unemployment_reason", {"被企业解除或终止劳动关系"});
    scene.tick("claims_benefit", {"是"});
    scene.application.fields["signature"].value = true;
    scene.set("signed_on", "2020-04-14");

    auto& application = scene.application;
    application.received_on = day("2020-04-14");
    application.channel = Channel::counter;
    application.original_seen = true;
    application.photo = true;
    application.wants_certificate = true;
    application.draws_pension = false;
    application.attachments = std::set<std::string>{"id_card", "graduation"};

    auto& facts = scene.facts;
    facts.person = PersonFacts{
        false, false, false, false, std::set<std::string>{"初高中毕业生"}, std::set<std::string>{"初高中毕业生"}};
    facts.duplicates = DuplicateFacts{false, false, {}};
    facts.clock =
        ClockFacts{day("2020-04-14"), day("2020-04-14"), {}, {}, Feedback{day("2020-04-14"), "当面", "经办甲"}};
    facts.handling = HandlingFacts{"经办甲", "几江街道劳动就业和社会保障服务所", 0, true};
    FollowUpFacts life;
    life.registered_on = day("2020-04-14");
    life.first_contact = life.lists_given = life.plan = true;
    life.wants_work = life.work_served = true;
    life.wants_business = life.hardship = life.policy_eligible = false;
    facts.follow_up = life;
    facts.office = OfficeFacts{true, true};
    return scene;
}

bool says(const Findings& findings, const std::string& rule, Action action) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.rule == rule && finding.action == action; });
}

} // namespace dengji::rules::test
