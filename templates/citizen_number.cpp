#include "templates/citizen_number.h"

#include "pipeline/base/text.h"

#include <algorithm>
#include <array>

namespace dengji::templates {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

int number_at(std::string_view text, std::size_t from, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(from, length)) value = value * 10 + (c - '0');
    return value;
}

bool begins_with_17_digits(std::string_view number) noexcept {
    return number.size() == 18 && is_all_digits(number.substr(0, 17));
}

} // namespace

std::string normal_number(std::string_view text) {
    std::string number;
    for (const char c : with_plain_digits(trimmed(text))) {
        if (c == ' ' || c == '-') continue;
        number.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return number;
}

bool is_all_digits(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool has_citizen_number_form(std::string_view number) noexcept {
    return begins_with_17_digits(number) && (is_digit(number[17]) || number[17] == 'X');
}

bool has_old_citizen_number_form(std::string_view number) noexcept {
    return number.size() == 15 && is_all_digits(number);
}

char citizen_check_character(std::string_view number) {
    constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += (number[i] - '0') * weights[i];
    constexpr std::string_view characters = "10X98765432";
    return characters[static_cast<std::size_t>(sum % 11)];
}

bool has_right_check_character(std::string_view number) {
    return begins_with_17_digits(number) && number[17] == citizen_check_character(number);
}

std::optional<Date> birth_date_of(std::string_view number, Date latest) {
    std::optional<Date> born;
    if (begins_with_17_digits(number))
        born = make_date(number_at(number, 6, 4), number_at(number, 10, 2), number_at(number, 12, 2));
    else if (has_old_citizen_number_form(number))
        born = make_date(1900 + number_at(number, 6, 2), number_at(number, 8, 2), number_at(number, 10, 2));
    if (!born || static_cast<int>(born->year()) < 1900 || *born > latest) return std::nullopt;
    return born;
}

std::optional<bool> is_male(std::string_view number) {
    if (begins_with_17_digits(number)) return (number[16] - '0') % 2 == 1;
    if (has_old_citizen_number_form(number)) return (number[14] - '0') % 2 == 1;
    return std::nullopt;
}

std::string renewed_citizen_number(std::string_view old_number) {
    std::string number = std::string(old_number.substr(0, 6)) + "19" + std::string(old_number.substr(6));
    number += citizen_check_character(number);
    return number;
}

} // namespace dengji::templates
