// Section C: identity documents and papers, 渝人社办〔2020〕79号 三（一） and the notes of the form.
#include "pipeline/rules/rule_table.h"
#include "templates/citizen_number.h"

#include <algorithm>

namespace dengji::rules {
namespace {

using templates::Need;

bool lists(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool outsider(const Case& c) {
    return is_hong_kong_macao_taiwan(c.document, c.number);
}

const templates::PaperSettings& papers(const Case& c) {
    return c.book.settings.papers;
}

bool document_held(const Case& c) {
    return lists(papers(c).held_documents.value, c.document_name);
}

/// A mainland person's document on a number of a Hong Kong, Macao or Taiwan resident: one of the two is wrong.
bool document_of_others(const Case& c) {
    return outsider(c) && c.document == Document::resident_card;
}

/// What is wrong with a number that was typed and cannot be right, in words.
const char* fault_words(NumberFault fault) {
    switch (fault) {
    case NumberFault::form: return "位数或者字符不符合该证件号码的规则";
    case NumberFault::check: return "最后一位校验码不符";
    case NumberFault::birth: return "其中的出生日期不存在";
    case NumberFault::none:
    case NumberFault::old_number:
    case NumberFault::card_number: break;
    }
    return "";
}

bool plainly_wrong(const Case& c) {
    return c.fault == NumberFault::form || c.fault == NumberFault::check || c.fault == NumberFault::birth;
}

Match wrong_number(const Case& c, bool read_by_machine) {
    if (!plainly_wrong(c) || c.application.by_machine("id_number") != read_by_machine) return false;
    return Match::with(fault_words(c.fault));
}

bool sound_citizen_number(const Case& c) {
    return c.fault == NumberFault::none && templates::has_citizen_number_form(c.number) &&
           templates::has_right_check_character(c.number);
}

bool paper_missing(const Case& c, const std::string& category) {
    const auto* needed = papers(c).category(category);
    return c.is(category) && needed != nullptr && needed->need == Need::required && !c.attached(needed->paper);
}

/// Categories whose required papers have rules of their own.
bool named_by_a_rule(const std::string& category) {
    return category == "高校毕业生" || category == "刑满释放人员" || category == "复员退伍军人" ||
           category == "戒毒康复人员";
}

/// The categories whose papers are not there, of those that no other rule names.
Match other_papers_missing(const Case& c, Need need) {
    std::string missing;
    for (const auto& category : c.application.chosen("categories")) {
        const auto* needed = papers(c).category(category);
        if (needed == nullptr || needed->need != need || c.attached(needed->paper)) continue;
        if (need == Need::required && named_by_a_rule(category)) continue;
        missing += (missing.empty() ? "" : "、") + papers(c).paper(needed->paper)->name;
    }
    return missing.empty() ? Match(false) : Match::with(missing);
}

/// No number among those given in 人员类别证件号码 is that of a 残疾人证 of this person and grade.
bool disability_number_differs(const Case& c) {
    if (!c.is("残疾人员") || c.empty("category_id_number")) return false;
    const auto grade = disability_grade(c.text("health"));
    const auto fits = [&](const std::string& text) {
        const auto given = disability_number(text);
        return given && (c.number.empty() || given->citizen_number == c.number) && (!grade || given->grade == *grade);
    };
    std::string number;
    const auto text = templates::normal_number(c.text("category_id_number")) + ";";
    for (const char character : text) {
        const bool part = (character >= '0' && character <= '9') || character == 'X' || character == 'B';
        if (part) {
            number += character;
        } else {
            if (fits(number)) return false;
            number.clear();
        }
    }
    return true;
}

/// Categories written into the record that nobody has verified.
bool unverified_category(const Case& c) {
    const auto& person = *c.facts.person;
    if (!person.written_categories || !person.verified_categories) return false;
    return !std::includes(person.verified_categories->begin(), person.verified_categories->end(),
                          person.written_categories->begin(), person.written_categories->end());
}

Rule needs_paper(const char* id, const char* clause, const char* message, Match (*condition)(const Case&)) {
    return {id, clause, Subject::application, Action::hold, {"categories"}, message, condition};
}

} // namespace

std::vector<Rule> document_rules() {
    using enum Action;
    const auto application = Subject::application;
    const char* const third = "渝人社办〔2020〕79号 三（一）";
    const char* const note = "填表说明4；渝人社办〔2020〕79号 三（一）";
    return {
        {"C01",
         third,
         application,
         reject,
         {"id_type"},
         "所填证件不是有效身份证件。内地（大陆）居民请出示居民身份证或者社会保障卡；请退回申请人更换证件。",
         [](const Case& c) -> Match {
             return !c.document_name.empty() && !outsider(c) && !document_held(c) &&
                    !lists(papers(c).mainland_documents.value, c.document_name);
         }},
        {"C02",
         third,
         application,
         hold,
         {"id_type"},
         "台湾居民来往大陆通行证不在通知所列的证件中。请问：申请人有没有港澳台居民居住证或者社会保障卡？",
         [](const Case& c) -> Match { return document_held(c); }},
        {"C02",
         third,
         application,
         hold,
         {"id_type", "id_number"},
         "证件类型为居民身份证，证件号却是港澳台居民的号码。请对照证件核对类型和号码。",
         [](const Case& c) -> Match { return document_of_others(c); }},
        {"C02",
         third,
         application,
         reject,
         {"id_type"},
         "所填证件不是港澳台居民的有效身份证件。请出示港澳台居民居住证、社会保障卡或者港澳居民来往内地通行证；请退回申"
         "请人更换证件。",
         [](const Case& c) -> Match {
             return !c.document_name.empty() && outsider(c) && !document_held(c) && !document_of_others(c) &&
                    !lists(papers(c).hong_kong_macao_taiwan_documents.value, c.document_name);
         }},
        {"C03",
         "填表说明3",
         application,
         hold,
         {"id_type"},
         "没有核验证件原件。请核验居民身份证或者社会保障卡原件后注明“原件已核验”。",
         [](const Case& c) -> Match { return !c.online() && c.application.original_seen == false; }},
        {"C03",
         "填表说明3",
         application,
         hold,
         {"id_type"},
         "没有记录是否核验过证件原件。请问：申请人出示证件原件了吗？",
         [](const Case& c) -> Match { return !c.online() && !c.application.original_seen; }},
        {"C04",
         "GB 11643",
         application,
         reject,
         {"id_number"},
         "证件号有错：{}。请退回申请人对照证件改正。",
         [](const Case& c) -> Match { return wrong_number(c, false); }},
        {"C04",
         "GB 11643",
         application,
         hold,
         {"id_number"},
         "识读的证件号有错：{}。请对照原件重新核对号码。",
         [](const Case& c) -> Match { return wrong_number(c, true); }},
        {"C04",
         "GB 11643",
         application,
         hold,
         {"id_number"},
         "证件号是15位的旧号码，这种身份证已经停用。请申请人出示现行证件，改填18位号码。",
         [](const Case& c) -> Match { return c.fault == NumberFault::old_number; }},
        {"C04",
         "GB 11643",
         application,
         hold,
         {"id_number"},
         "所填的是社会保障卡的卡面号码。请改填18位的社会保障号码。",
         [](const Case& c) -> Match { return c.fault == NumberFault::card_number; }},
        {"C05",
         "GB 11643",
         application,
         hold,
         {"sex", "id_number"},
         "性别与证件号第17位表示的性别不一致。请对照证件核对性别和号码。",
         [](const Case& c) -> Match {
             const auto by_number = templates::is_male(c.number);
             return sound_citizen_number(c) && by_number && c.male && *by_number != *c.male;
         }},
        {"C06",
         "GB 11643",
         application,
         info,
         {"id_number"},
         "年龄按证件号中的出生日期计算；15位旧号码按19××年出生计算。",
         [](const Case& c) -> Match { return c.fault == NumberFault::old_number && c.number_gives_birth(); }},
        {"C06",
         "GB 11643",
         application,
         hold,
         {"id_number"},
         "证件号中没有出生日期，年龄无法判断。请对照证件原件补录出生日期。",
         [](const Case& c) -> Match { return !c.number.empty() && !c.born; }},
        {"C07",
         "GB/T 2260",
         application,
         warn,
         {"id_number"},
         "证件号前6位不在现行和历史行政区划代码表中，可能是很早的旧代码。请顺便核对号码；不得因此不予受理。",
         [](const Case& c) -> Match { return sound_citizen_number(c) && !c.book.areas.knows(c.number.substr(0, 6)); }},
        needs_paper("C08", note, "勾选了高校毕业生，没有毕业证书复印件。可以先登记，收到毕业证书之前不要注明这一身份。",
                    [](const Case& c) -> Match { return paper_missing(c, "高校毕业生"); }),
        needs_paper(
            "C09", note,
            "勾选了刑满释放人员，没有释放证明书或者解除社区矫正宣告书。可以先登记，收到证明之前不要注明这一身份。",
            [](const Case& c) -> Match { return paper_missing(c, "刑满释放人员"); }),
        needs_paper("C10", note, "勾选了复员退伍军人，没有退役证复印件。可以先登记，收到退役证之前不要注明这一身份。",
                    [](const Case& c) -> Match { return paper_missing(c, "复员退伍军人"); }),
        needs_paper(
            "C11", "填表说明4",
            "勾选了戒毒康复人员，没有社区戒毒、社区康复或者强制隔离戒毒决定书。可以先登记，收到之前不要注明这一身份。",
            [](const Case& c) -> Match { return paper_missing(c, "戒毒康复人员"); }),
        {"C12",
         "填表说明4；GB/T 26341",
         application,
         hold,
         {"category_id_number", "id_number", "health"},
         "残疾人证号与证件号或者残疾等级对不上（残疾人证号是18位证件号加类别和等级各一位）。请对照残疾人证核对。",
         [](const Case& c) -> Match { return disability_number_differs(c); }},
        {"C13",
         "填表说明4",
         application,
         warn,
         {"categories"},
         "勾选的人员类别没有附相应材料：{}。不影响登记，请提醒申请人补交。",
         [](const Case& c) -> Match { return other_papers_missing(c, Need::optional); }},
        {"C13",
         "填表说明4",
         application,
         hold,
         {"categories"},
         "勾选的人员类别没有附本机构要求的材料：{}。可以先登记，收到之前不要注明这一身份。",
         [](const Case& c) -> Match { return other_papers_missing(c, Need::required); }},
        {"C14",
         third,
         Subject::person,
         hold,
         {"categories"},
         "登记信息中注明的人员身份没有认定记录。请补记认定人和认定日期，或者取消注明。",
         [](const Case& c) -> Match { return unverified_category(c); }},
        {"C14",
         third,
         Subject::person,
         hold,
         {"categories"},
         "不清楚登记信息中的人员身份是否认定过。请问：由谁、在哪一天认定的？",
         [](const Case& c) -> Match {
             const auto& person = *c.facts.person;
             return person.written_categories && !person.written_categories->empty() && !person.verified_categories;
         }},
        {"C15",
         "填表说明5",
         application,
         hold,
         {},
         "要办理《就业创业证》，但没有近期2寸免冠登记照。请申请人补交照片后再发证；登记照常办理。",
         [](const Case& c) -> Match {
             return c.application.wants_certificate.value_or(false) && !c.application.photo.value_or(false);
         }},
        {"C15",
         "填表说明5",
         application,
         remind,
         {},
         "没有记录是否办理《就业创业证》。请询问申请人；要办的需交2寸免冠登记照1张，免费发放。",
         [](const Case& c) -> Match { return !c.application.wants_certificate; }},
        {"C16",
         third,
         Subject::handling,
         reject,
         {},
         "《就业创业证》免费发放，不得收费。请退还所收费用。",
         [](const Case& c) -> Match { return c.facts.handling->fee.value_or(0) > 0; }},
    };
}

} // namespace dengji::rules
