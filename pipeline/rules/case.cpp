#include "pipeline/rules/case.h"

#include "pipeline/base/text.h"
#include "pipeline/rules/ages.h"
#include "templates/citizen_number.h"

#include <algorithm>

namespace dengji::rules {
namespace {

std::optional<bool> male_of(const std::string& text) {
    const auto word = comparable(text);
    if (word == "男" || word == "男性" || word == "1") return true;
    if (word == "女" || word == "女性" || word == "2") return false;
    return std::nullopt;
}

Date day_of_application(const Application& application, std::optional<Date> signed_on, Date on) {
    if (application.received_on) return *application.received_on;
    return signed_on && *signed_on <= on ? *signed_on : on;
}

} // namespace

Case::Case(const Application& given, const RegisterFacts& known, const RuleBook& looked_up, Date day)
    : application(given), facts(known), book(looked_up), on(day) {
    document_name = book.documents.name_of(text("id_type")).value_or(text("id_type"));
    document = document_of(document_name);
    number = templates::normal_number(text("id_number"));
    fault = number.empty() ? NumberFault::none : number_fault(document, number, on);
    born = templates::birth_date_of(number, on);
    if (!born) born = application.born_on;
    male = male_of(text("sex"));
    unemployed_since = parse_month(text("unemployed_since"));
    signed_on = parse_date(text("signed_on"));
    applied_on = day_of_application(application, signed_on, on);
}

bool Case::attached(const std::string& paper) const {
    return application.attachments && application.attachments->count(paper) != 0;
}

bool Case::ticked_unknown(const std::string& key) const {
    const auto* field = book.form.field(key);
    if (field == nullptr) return false;
    const auto chosen = application.chosen(key);
    return std::any_of(chosen.begin(), chosen.end(), [&](const std::string& option) {
        return std::find(field->options.begin(), field->options.end(), option) == field->options.end();
    });
}

bool Case::online() const {
    return application.channel == Channel::app12333 || application.channel == Channel::national;
}

bool Case::number_gives_birth() const {
    return templates::birth_date_of(number, on).has_value();
}

std::optional<int> Case::age() const {
    if (!born) return std::nullopt;
    return age_on(*born, applied_on);
}

} // namespace dengji::rules
