#include "pipeline/reading/identity_number.h"

namespace dengji::reading {

namespace {

/// H and M permits, and cards that begin with letters: their numbers are shorter and say nothing about themselves.
bool is_other_document(std::string_view text) {
    const bool letter_first = !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
    return letter_first && text.size() >= 9 && text.size() <= 15 &&
           templates::is_all_digits(text.substr(text.size() - 8));
}

} // namespace

std::optional<Date> birth_date_of(std::string_view number) {
    return templates::birth_date_of(number, today());
}

Verdict check_identity_number(std::string_view text) {
    Verdict verdict;
    verdict.value = templates::normal_number(text);
    const std::string& number = verdict.value;
    const auto against = [&](const char* code, const char* zh, const char* en) {
        verdict.support = Support::against;
        verdict.reasons.push_back({code, zh, en});
    };
    if (is_other_document(number)) return verdict;
    if (templates::has_old_citizen_number_form(number)) {
        against("id-number-15-digits", "证件号为15位旧号码，请核对", "identity number of the old kind with 15 digits");
    } else if (!templates::has_citizen_number_form(number)) {
        against("id-number-form", "证件号不是18位，请核对", "identity number is not 17 digits and a check character");
    } else if (!has_right_check_character(number)) {
        against("id-number-check", "身份证号校验位不符，请核对", "identity number's check character does not fit");
    } else if (!birth_date_of(number)) {
        against("id-number-birth", "身份证号中的出生日期不存在，请核对", "identity number's birth date does not exist");
    } else {
        verdict.support = Support::for_it;
    }
    return verdict;
}

} // namespace dengji::reading
