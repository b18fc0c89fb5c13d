#include "pipeline/rules/identity.h"

#include "pipeline/base/text.h"
#include "templates/citizen_number.h"

#include <array>
#include <map>

namespace dengji::rules {
namespace {

NumberFault citizen_number_fault(std::string_view number, Date latest_birth) {
    if (!templates::has_citizen_number_form(number)) return NumberFault::form;
    if (!templates::has_right_check_character(number)) return NumberFault::check;
    return templates::birth_date_of(number, latest_birth) ? NumberFault::none : NumberFault::birth;
}

/// Nine characters, the first of them a letter or a digit: what is printed on the face of the card.
bool is_card_face_number(std::string_view number) {
    return number.size() == 9 && templates::is_all_digits(number.substr(1)) &&
           ((number[0] >= 'A' && number[0] <= 'Z') || (number[0] >= '0' && number[0] <= '9'));
}

bool is_permit_number(std::string_view number) {
    return (number.size() == 9 || number.size() == 11) && (number[0] == 'H' || number[0] == 'M') &&
           templates::is_all_digits(number.substr(1));
}

bool has_residence_card_area(std::string_view number) {
    return number.starts_with("810000") || number.starts_with("820000") || number.starts_with("830000");
}

} // namespace

Document document_of(std::string_view name) {
    static const std::map<std::string, Document, std::less<>> documents = {
        {"居民身份证", Document::resident_card},
        {"社会保障卡", Document::social_security_card},
        {"港澳台居民居住证", Document::residence_card},
        {"港澳居民来往内地通行证", Document::permit},
        {"台湾居民来往大陆通行证", Document::taiwan_permit}};
    if (name.empty()) return Document::none;
    const auto found = documents.find(name);
    return found == documents.end() ? Document::other : found->second;
}

NumberFault number_fault(Document document, std::string_view number, Date latest_birth) {
    switch (document) {
    case Document::social_security_card:
        if (is_card_face_number(number)) return NumberFault::card_number;
        [[fallthrough]];
    case Document::resident_card:
        return templates::has_old_citizen_number_form(number) ? NumberFault::old_number
                                                              : citizen_number_fault(number, latest_birth);
    case Document::residence_card:
        return has_residence_card_area(number) ? citizen_number_fault(number, latest_birth) : NumberFault::form;
    case Document::permit: return is_permit_number(number) ? NumberFault::none : NumberFault::form;
    case Document::none:
        // Without a document, a number of 18 characters can only be a citizen's.
        return number.size() == 18 ? citizen_number_fault(number, latest_birth) : NumberFault::none;
    case Document::taiwan_permit:
    case Document::other: return NumberFault::none;
    }
    return NumberFault::none;
}

bool is_hong_kong_macao_taiwan(Document document, std::string_view number) {
    return document == Document::residence_card || document == Document::permit ||
           document == Document::taiwan_permit || has_residence_card_area(number);
}

std::optional<DisabilityNumber> disability_number(std::string_view number) {
    if (number.size() < 20 || !templates::has_citizen_number_form(number.substr(0, 18))) return std::nullopt;
    const int kind = number[18] - '0', grade = number[19] - '0';
    const auto loss = number.substr(20);
    const bool known_loss =
        loss.empty() || (loss.size() >= 2 && loss[0] == 'B' && templates::is_all_digits(loss.substr(1)));
    if (kind < 1 || kind > 7 || grade < 1 || grade > 4 || !known_loss) return std::nullopt;
    return DisabilityNumber{std::string(number.substr(0, 18)), kind, grade};
}

std::optional<int> disability_grade(std::string_view text) {
    constexpr std::array<std::u32string_view, 10> words{U"一壹1", U"二贰2", U"三叁3", U"四肆4", U"五伍5",
                                                        U"六陆6", U"七柒7", U"八捌8", U"九玖9", U"十拾"};
    const auto characters = code_points(comparable(text));
    for (std::size_t i = 1; i < characters.size(); ++i) {
        if (characters[i] != U'级') continue;
        if (i >= 2 && characters[i - 2] == U'1' && characters[i - 1] == U'0') return 10;
        for (std::size_t grade = 0; grade < words.size(); ++grade)
            if (words[grade].find(characters[i - 1]) != std::u32string_view::npos) return static_cast<int>(grade) + 1;
    }
    return std::nullopt;
}

bool speaks_of_disability(std::string_view text) {
    const std::string plain = comparable(text);
    const bool denied = plain.find("无残疾") != std::string::npos || plain.find("非残疾") != std::string::npos;
    return plain.find("残") != std::string::npos && !denied;
}

} // namespace dengji::rules
