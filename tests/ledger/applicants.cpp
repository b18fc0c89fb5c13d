#include "tests/ledger/applicants.h"

#include "templates/citizen_number.h"

#include <array>
#include <cstdio>
#include <dengji_project.h>

namespace dengji::ledger::test {
namespace {

const std::array surnames = {"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩"};
const std::array first_parts = {"试", "样", "虚", "拟", "范", "示", "例", "假"};
const std::array second_parts = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "甲", "乙", "丙", "丁"};
const std::array areas = {"500116", "500225", "510225", "500113", "522121"};

const std::string left_school = "年满16周岁，从各类学校毕业、肄业";
const std::array reasons = {"被企业解除或终止劳动关系", "企业破产倒闭终止劳动关系", "终止从事个体工商户",
                            "承包土地被征用等情况", "退出公益性岗位"};

} // namespace

const rules::RuleBook& book() {
    static const auto loaded = rules::load_rule_book(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates");
    return loaded;
}

const templates::Offices& offices() {
    static const auto loaded =
        templates::Offices::load(std::filesystem::path(DENGJI_SOURCE_DIR) / "templates/offices/jiangjin.csv", "江津区");
    return loaded;
}

Date day(const std::string& text) {
    return parse_date(text).value();
}

std::string number_of(const std::string& area, Date born, bool male, int sequence) {
    auto digits = format(born);
    std::erase(digits, '-');
    std::array<char, 8> order{};
    std::snprintf(order.data(), order.size(), "%03d", (sequence / 2 * 2 + (male ? 1 : 0)) % 1000);
    std::string number = area + digits + order.data();
    number += templates::citizen_check_character(number);
    return number;
}

std::string People::unused_number(Date born, bool male) {
    for (int tries = below(500);; ++tries) {
        const auto number = number_of(areas[static_cast<std::size_t>(below(areas.size()))], born, male, 2 * tries + 2);
        if (numbers_.insert(number).second) return number;
    }
}

Applicant People::next() {
    Applicant person;
    ++count_;
    const bool graduate = below(10) == 0;
    person.male = below(2) == 0;
    const int age = graduate ? 21 + below(3) : 24 + below(30);
    person.born = Date(std::chrono::year(2023 - age), std::chrono::month(static_cast<unsigned>(1 + below(12))),
                       std::chrono::day(static_cast<unsigned>(1 + below(28))));
    person.number = unused_number(person.born, person.male);
    person.name = std::string(surnames[static_cast<std::size_t>(below(surnames.size()))]) +
                  first_parts[static_cast<std::size_t>(below(first_parts.size()))] +
                  second_parts[static_cast<std::size_t>(below(second_parts.size()))];
    const auto& towns = offices().all();
    if (below(40) != 0) person.town = towns[static_cast<std::size_t>(below(static_cast<int>(towns.size())))].town;
    person.street = "虚构路" + std::to_string(count_) + "号";
    std::array<char, 16> mobile{};
    std::snprintf(mobile.data(), mobile.size(), "139%08d", count_);
    person.mobile = mobile.data();
    person.claims_benefit = !graduate && below(3) == 0;
    person.disabled = !graduate && below(30) == 0;
    person.health = person.disabled ? "肢体残疾三级" : "健康";
    person.hukou = below(2) == 0 ? "农村居民家庭" : "城镇居民家庭";
    person.education = graduate ? "大学专科或同等学历" : below(2) == 0 ? "初级中学" : "普通高中";
    person.reason = graduate ? left_school : reasons[static_cast<std::size_t>(below(reasons.size()))];
    person.category = graduate                         ? "高校毕业生"
                      : person.disabled                ? "残疾人员"
                      : person.hukou == "农村居民家庭" ? "农民工"
                                                       : "初高中毕业生";
    return person;
}

rules::Application application_of(const Applicant& person, Date received_on, rules::Channel channel) {
    rules::Application application;
    const auto set = [&](const std::string& key, const std::string& text) { application.fields[key].value = text; };
    const auto tick = [&](const std::string& key, const std::string& option) {
        application.fields[key].value = std::vector<std::string>{option};
    };
    set("name", person.name);
    set("sex", person.male ? "男" : "女");
    set("ethnicity", "汉族");
    set("health", person.health);
    set("unemployed_since", format(received_on.year() / received_on.month() - std::chrono::months(1)));
    set("id_type", "居民身份证");
    set("id_number", person.number);
    tick("hukou_type", person.hukou);
    tick("education", person.education);
    tick("categories", person.category);
    if (person.disabled) set("category_id_number", person.number + "43");
    const bool here = !person.town.empty();
    for (const std::string address : {"hukou_address", "residence_address"}) {
        set(address + ".province", "重庆");
        const bool elsewhere = address == "residence_address" && !here;
        set(address + ".county", elsewhere ? "巴南" : "江津");
        set(address + ".detail", (elsewhere ? "鱼洞街道" : here ? person.town : "几江街道") + person.street);
    }
    set("mobile", person.mobile);
    tick("unemployment_reason", person.reason);
    tick("claims_benefit", person.claims_benefit ? "是" : "否");
    application.fields["signature"].value = true;
    set("signed_on", format(received_on));
    application.received_on = received_on;
    application.channel = channel;
    application.original_seen = true;
    application.photo = true;
    application.wants_certificate = true;
    application.draws_pension = false;
    application.attachments = std::set<std::string>{"id_card", "graduation", "disability"};
    return application;
}

} // namespace dengji::ledger::test
