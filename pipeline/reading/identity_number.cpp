#include "pipeline/reading/identity_number.h"

#include "pipeline/base/text.h"

#include <algorithm>
#include <array>

namespace dengji::reading {

namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number_at(std::string_view text, std::size_t from, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(from, length)) value = value * 10 + (c - '0');
    return value;
}

/// H and M permits, and cards that begin with letters: their numbers are shorter and say nothing about themselves.
bool is_other_document(std::string_view text) {
    const bool letter_first = !text.empty() && text.front() >= 'A' && text.front() <= 'Z';
    return letter_first && text.size() >= 9 && text.size() <= 15 && all_digits(text.substr(text.size() - 8));
}

} // namespace

char identity_check_character(std::string_view number) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
    constexpr std::string_view characters = "10X98765432";
    return characters[static_cast<std::size_t>(sum % 11)];
}

bool has_right_check_character(std::string_view number) {
    return number.size() == 18 && all_digits(number.substr(0, 17)) && number[17] == identity_check_character(number);
}

std::optional<Date> birth_date_of(std::string_view number) {
    std::optional<Date> born;
    if (number.size() == 18 && all_digits(number.substr(0, 17)))
        born = make_date(number_at(number, 6, 4), number_at(number, 10, 2), number_at(number, 12, 2));
    else if (number.size() == 15 && all_digits(number))
        born = make_date(1900 + number_at(number, 6, 2), number_at(number, 8, 2), number_at(number, 10, 2));
    if (!born || static_cast<int>(born->year()) < 1900 || *born > today()) return std::nullopt;
    return born;
}

std::optional<bool> is_male(std::string_view number) {
    if (number.size() == 18 && all_digits(number.substr(0, 17))) return (number[16] - '0') % 2 == 1;
    if (number.size() == 15 && all_digits(number)) return (number[14] - '0') % 2 == 1;
    return std::nullopt;
}

Verdict check_identity_number(std::string_view text) {
    Verdict verdict;
    for (char c : with_plain_digits(text)) {
        if (c == ' ' || c == '-') continue;
        verdict.value.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    const std::string& number = verdict.value;
    const auto against = [&](const char* code, const char* zh, const char* en) {
        verdict.support = Support::against;
        verdict.reasons.push_back({code, zh, en});
    };
    if (is_other_document(number)) return verdict;
    if (number.size() == 15 && all_digits(number)) {
        against("id-number-15-digits", "证件号为15位旧号码，请核对", "identity number of the old kind with 15 digits");
    } else if (number.size() != 18 || !all_digits(std::string_view(number).substr(0, 17)) ||
               (number[17] != 'X' && !all_digits(std::string_view(number).substr(17)))) {
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
