#pragma once
#include "pipeline/base/dates.h"

#include <optional>
#include <string>
#include <string_view>

namespace dengji::rules {

/// The identity documents that the rules tell apart; names as in templates/codes/id_type.csv.
enum class Document {
    none,                 ///< nothing is said
    resident_card,        ///< 居民身份证
    social_security_card, ///< 社会保障卡
    residence_card,       ///< 港澳台居民居住证
    permit,               ///< 港澳居民来往内地通行证
    taiwan_permit,        ///< 台湾居民来往大陆通行证
    other,
};

Document document_of(std::string_view name);

/// What is wrong with a number as the number of a document.
enum class NumberFault {
    none,
    form,        ///< not made as the numbers of this document are
    check,       ///< the check character does not fit
    birth,       ///< no such birth date
    old_number,  ///< 15 digits, of cards that are no longer valid
    card_number, ///< the number printed on a social security card in the place of the citizen number
};

/// Numbers as normal_number() makes them. A document that is not known here has no faults.
NumberFault number_fault(Document document, std::string_view number, Date latest_birth);

/// Whether a person of Hong Kong, Macao or Taiwan has it: by document, or by a number that begins with 81, 82 or 83.
bool is_hong_kong_macao_taiwan(Document document, std::string_view number);

/// The number of a 残疾人证: citizen number, kind of disability 1-7, grade 1-4, and B1, B2 … after a loss.
struct DisabilityNumber {
    std::string citizen_number;
    int kind = 0, grade = 0;
};
std::optional<DisabilityNumber> disability_number(std::string_view number);

/// The grade that a text on health names (肢体残疾三级, 残疾军人十级): 1 is the worst; nullopt when it names none.
std::optional<int> disability_grade(std::string_view text);
bool speaks_of_disability(std::string_view text);

} // namespace dengji::rules
