#include "pipeline/reading/sheet_checks.h"

#include "pipeline/reading/identity_number.h"

#include <algorithm>

namespace dengji::reading {

namespace {

Reading* by_content(std::vector<Reading>& readings, const std::vector<templates::Field>& fields,
                    const std::string& content) {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.content == content; });
    if (field == fields.end()) return nullptr;
    const auto found =
        std::find_if(readings.begin(), readings.end(), [&](const auto& r) { return r.key == field->key; });
    return found == readings.end() ? nullptr : &*found;
}

std::string text_of(const Reading* reading) {
    if (reading == nullptr) return {};
    const auto* text = std::get_if<std::string>(&reading->value);
    return text == nullptr ? std::string() : *text;
}

void mark(Reading& reading, const Reason& reason) {
    reading.review = true;
    reading.confidence = std::min(reading.confidence, 0.5);
    reading.reasons.push_back(reason);
}

} // namespace

void check_between_fields(std::vector<Reading>& readings, const std::vector<templates::Field>& fields) {
    Reading* number = by_content(readings, fields, "id_number");
    Reading* sex = by_content(readings, fields, "sex");
    const std::string number_text = text_of(number), sex_text = text_of(sex);
    const auto male = is_male(number_text);
    if (male && has_right_check_character(number_text) && (sex_text == "男" || sex_text == "女") &&
        *male != (sex_text == "男")) {
        const Reason reason{"sex-id-number", "性别与身份证号不符，请核对",
                            "sex does not agree with the identity number"};
        mark(*sex, reason);
        mark(*number, reason);
    }
}

} // namespace dengji::reading
