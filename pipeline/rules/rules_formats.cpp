// Section K, second part: formats, duplicates, places and certificates.
#include "pipeline/base/text.h"
#include "pipeline/rules/deadlines.h"
#include "pipeline/rules/rule_table.h"
#include "templates/citizen_number.h"

namespace dengji::rules {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Digits and hyphens alone, full-width ones made plain, the country's +86 left out.
std::string telephone(const std::string& text) {
    std::string number;
    for (const char c : with_plain_digits(text))
        if (c != ' ' && c != '(' && c != ')') number += c;
    if (number.starts_with("+86")) number.erase(0, 3);
    return number;
}

/// ^1[3-9]\d{9}$
bool is_mobile(const std::string& text) {
    std::string number;
    for (const char c : telephone(text))
        if (c != '-') number += c;
    if (number.size() == 13 && number.starts_with("86")) number.erase(0, 2);
    return number.size() == 11 && templates::is_all_digits(number) && number[0] == '1' && number[1] >= '3';
}

/// (0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?
bool is_landline(const std::string& text) {
    const auto number = telephone(text);
    std::size_t at = 0;
    const auto digits_from = [&] {
        std::size_t count = 0;
        while (at + count < number.size() && is_digit(number[at + count])) ++count;
        return count;
    };
    const auto subscriber_ends = [&](std::size_t length) { return length == 7 || length == 8; };
    auto first = digits_from();
    if (!number.empty() && number[0] == '0') {
        if (first == 3 || first == 4) { // the area code stands by itself
            at += first;
            if (at < number.size() && number[at] == '-') ++at;
            first = digits_from();
        } else { // written in one: three digits of area code, or four
            const std::size_t area = first == 10 || number.starts_with("01") || number.starts_with("02") ? 3 : 4;
            if (first <= area) return false;
            at += area;
            first -= area;
        }
    }
    if (!subscriber_ends(first) || number[at] < '2') return false;
    at += first;
    if (at == number.size()) return true;
    if (number[at++] != '-') return false;
    const auto extension = digits_from();
    return extension >= 1 && extension <= 6 && at + extension == number.size();
}

bool is_email(const std::string& text) {
    const auto at = text.find('@');
    if (text.size() > 254 || at == std::string::npos || at == 0 || text.find('@', at + 1) != std::string::npos)
        return false;
    const auto dot = text.find('.', at + 2);
    return text.find(' ') == std::string::npos && dot != std::string::npos && dot + 1 < text.size();
}

bool bad_optional_contact(const Case& c, const char* key, bool (*is_right)(const std::string&)) {
    return !c.empty(key) && !is_right(c.text(key));
}

Match contact_formats(const Case& c) {
    std::vector<std::string> odd;
    if (bad_optional_contact(c, "landline", is_landline)) odd.push_back("landline");
    if (bad_optional_contact(c, "email", is_email)) odd.push_back("email");
    return Match::at(odd);
}

Match unknown_counties(const Case& c) {
    std::vector<std::string> unknown;
    for (const std::string address : {"hukou_address", "residence_address"}) {
        const auto county = c.text(address + ".county");
        if (county.empty() || c.empty(address + ".province")) continue;
        const auto local = c.book.counties.name_of(county);
        const auto province = templates::short_place_name(c.text(address + ".province"));
        if (local && province == "重庆") continue;
        if (!c.book.areas.county_in(c.text(address + ".province"), c.text(address + ".city"), county))
            unknown.push_back(address + ".county");
    }
    return Match::at(unknown);
}

Match place_of_the_other(const Case& c) {
    const auto& where = c.facts.duplicates->where;
    return Match::with(where.empty() ? "见登记册" : where);
}

const CertificateFacts& certificate(const Case& c) {
    return *c.facts.certificate;
}

bool wrong_certificate_number(const Case& c) {
    const auto& settings = c.book.settings.papers;
    const auto& number = certificate(c).number;
    const bool right_form =
        static_cast<int>(number.size()) == settings.certificate_digits && templates::is_all_digits(number);
    // A replacement keeps its number, wherever that was given out, and older ones had 18 digits.
    if (certificate(c).replacement)
        return !templates::is_all_digits(number) || (number.size() != 16 && number.size() != 18);
    return !right_form || !number.starts_with(settings.certificate_county);
}

} // namespace

std::vector<Rule> format_rules() {
    using enum Action;
    const auto application = Subject::application;
    const char* const formats = "号码的通用格式";
    const char* const judgement = "经办判断：不得重复登记";
    return {
        {"K15",
         formats,
         application,
         hold,
         {"mobile"},
         "手机号码不是11位，或者不是以13至19开头。请向申请人核对手机号码。",
         [](const Case& c) -> Match { return !c.empty("mobile") && !is_mobile(c.text("mobile")); }},
        {"K15",
         formats,
         application,
         warn,
         {"landline"},
         "固定电话或者电子邮件的格式不对。不影响登记，请顺便核对。",
         contact_formats},
        {"K16",
         judgement,
         Subject::duplicates,
         hold,
         {"id_number"},
         "另有一份申请填了同一个证件号（{}）。请核对是否同一人重复申请。",
         [](const Case& c) -> Match {
             return c.facts.duplicates->same_number.value_or(false) ? place_of_the_other(c) : Match(false);
         }},
        {"K16",
         judgement,
         Subject::duplicates,
         hold,
         {"name", "id_number"},
         "另有一份申请姓名和出生日期相同，证件号不同（{}）。请核对是否同一人，不要自动合并。",
         [](const Case& c) -> Match {
             return c.facts.duplicates->look_alike.value_or(false) ? place_of_the_other(c) : Match(false);
         }},
        {"K16",
         judgement,
         Subject::duplicates,
         hold,
         {"id_number"},
         "尚未查询有没有相同的申请。请问：这个证件号以前申请过吗？",
         [](const Case& c) -> Match { return !c.facts.duplicates->same_number; }},
        {"K17",
         "GB/T 2260",
         application,
         warn,
         {"hukou_address.county"},
         "所填区县不在所填省市的名称表中，可能是区划调整或者笔误。不影响登记，请顺便核对。",
         unknown_counties},
    };
}

std::vector<Rule> certificate_rules() {
    using enum Action;
    const auto issuing = Subject::certificate;
    const char* const practice = "人社部发〔2010〕75号";
    return {
        {"K18",
         practice,
         issuing,
         reject,
         {},
         "证书编号不合规则（16位数字，新证以发证区县代码开头）。请换用正确的编号。",
         [](const Case& c) -> Match { return wrong_certificate_number(c); }},
        {"K18",
         practice,
         issuing,
         reject,
         {},
         "证书编号已被另一本证书使用。请换用未使用的编号。",
         [](const Case& c) -> Match {
             return !certificate(c).replacement && certificate(c).number_taken.value_or(false);
         }},
        {"K18",
         practice,
         issuing,
         hold,
         {},
         "尚未查询证书编号是否已被使用。请核对发证台账。",
         [](const Case& c) -> Match { return !certificate(c).replacement && !certificate(c).number_taken; }},
        {"K19",
         practice,
         issuing,
         hold,
         {},
         "此人已有一本有效的《就业创业证》。不要再发新证；遗失、损坏或者写满的，请按补发、换发办理。",
         [](const Case& c) -> Match {
             return !certificate(c).replacement && certificate(c).has_valid_one.value_or(false);
         }},
        {"K19",
         practice,
         issuing,
         hold,
         {},
         "补发、换发应沿用原编号，现在的编号不同。请核对原证编号。",
         [](const Case& c) -> Match {
             return certificate(c).replacement && certificate(c).earlier_number &&
                    *certificate(c).earlier_number != certificate(c).number;
         }},
        {"K19",
         practice,
         issuing,
         hold,
         {},
         "不清楚此人是否已有《就业创业证》，或者原证编号是多少。请核对发证台账。",
         [](const Case& c) -> Match {
             return certificate(c).replacement ? !certificate(c).earlier_number : !certificate(c).has_valid_one;
         }},
        {"K20",
         practice,
         issuing,
         remind,
         {},
         "《就业创业证》没有在规定的工作日内发放，现已超期（应于{}前发放）。请尽快发放。",
         [](const Case& c) -> Match {
             const auto& given = certificate(c);
             if (!given.applied_on) return false;
             const auto due = certificate_deadline(c.book.settings.deadlines, c.book.calendar, *given.applied_on);
             return due.overdue(given.issued_on.value_or(c.on)) ? Match::with(day_in_words(due.due)) : Match(false);
         }},
        {"K20",
         practice,
         issuing,
         hold,
         {},
         "没有记录申请办证的日期，发放期限无法计算。请补记申请日期。",
         [](const Case& c) -> Match { return !certificate(c).applied_on && !certificate(c).issued_on; }},
    };
}

} // namespace dengji::rules
