#include "pipeline/reading/number_prior.h"

#include "pipeline/base/error.h"
#include "pipeline/reading/identity_number.h"

#include <algorithm>

namespace dengji::reading {
namespace {

// Natural logarithms. A wrong check digit stands in about one number of 300 (e^-6), and so on; what decides is the
// picture.
constexpr double wrong_check = -6, no_day = -7, unusual_age = -2, wrong_birth = -5, wrong_sex = -3;
constexpr double old_identity = -5, other_length = -9, other_signs = -12;

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int value_of(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

bool begins_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

/// 1 or 01 to `most`.
double of_count(std::string_view number, int most) {
    if (!all_digits(number) || number.size() > 2) return -8;
    const int value = value_of(number);
    if (value < 1 || value > most) return -8;
    return number[0] == '0' ? -1 : 0;
}

double of_mobile(std::string_view number) {
    if (!all_digits(number)) return -9;
    if (number.size() == 11) return number[0] == '1' && number[1] >= '3' ? 0 : number[0] == '0' ? -5 : -6;
    if (number.size() == 8 || number.size() == 12) return number.size() == 12 && number[0] != '0' ? -7 : -5;
    return number.size() == 10 ? -6 : -8;
}

double of_landline(std::string_view number) {
    const auto dash = number.find('-');
    const std::string_view first = number.substr(0, dash);
    std::string_view rest = dash == std::string_view::npos ? std::string_view() : number.substr(dash + 1);
    const auto local = [](std::string_view n) { return all_digits(n) && n.size() == 8 && n[0] >= '2'; };
    if (rest.empty()) {
        if (dash != std::string_view::npos || !all_digits(number)) return -8;
        if (local(number)) return -0.5;
        if (number.size() == 11 && begins_with(number, "023") && local(number.substr(3))) return 0;
        if (number.size() == 11 && number[0] == '1' && number[1] >= '3') return -2;
        if (number[0] == '0' && number.size() >= 10 && number.size() <= 12) return -2.5;
        return number.size() == 7 ? -3.5 : -7;
    }
    if (first == "023" && local(rest)) return 0;
    if (!all_digits(first)) return -8;
    const auto extension = rest.find('-');
    double weight = 0;
    if (extension != std::string_view::npos) {
        if (!all_digits(rest.substr(extension + 1))) return -8;
        rest = rest.substr(0, extension);
        weight = -3;
    }
    if (!all_digits(rest)) return -8;
    if (first[0] == '0' && (first.size() == 3 || first.size() == 4) && (rest.size() == 7 || rest.size() == 8))
        return weight + (first == "023" ? -1.5 : -2.5);
    if (local(first) && rest.size() <= 6) return -4;
    return -7;
}

/// 12, 3-2, 8-1-402: none begins with 0.
double of_house(std::string_view number) {
    std::size_t parts = 0;
    for (std::size_t from = 0; from <= number.size(); ++parts) {
        const auto end = std::min(number.find('-', from), number.size());
        const std::string_view part = number.substr(from, end - from);
        if (!all_digits(part) || part.size() > 4 || part[0] == '0') return -7;
        from = end + 1;
    }
    return parts > 4 ? -7 : 0;
}

} // namespace

NumberPrior::NumberPrior(NearAreas areas, int this_year) : areas_(std::move(areas)), this_year_(this_year) {}

bool NumberPrior::knows(std::string_view content) {
    constexpr std::string_view contents[] = {"id_number", "id_number_like", "mobile", "landline",
                                             "year",      "month",          "day",    "house_number"};
    return std::find(std::begin(contents), std::end(contents), content) != std::end(contents);
}

bool NumberPrior::is_part_of_date(std::string_view content) {
    return content == "year" || content == "month" || content == "day";
}

std::string NumberPrior::plain(std::string_view content, std::string_view number) {
    std::string result(number);
    if (content == "mobile" || content == "id_number" || content == "id_number_like") std::erase(result, '-');
    return result;
}

double NumberPrior::log_weight(std::string_view content, std::string_view number, const NumberHints& hints) const {
    if (!knows(content))
        throw Error(ErrorKind::internal, "no number field has the content " + std::string(content),
                    "Ask NumberPrior::knows first.");
    if (number.empty()) return 0;
    const std::string text = plain(content, number);
    const auto taken_out = static_cast<double>(number.size() - text.size());
    if (content == "id_number") return of_identity_number(text, hints) - 3 * taken_out;
    if (content == "id_number_like") return of_document(text, hints) - taken_out;
    if (content == "mobile") return of_mobile(text) - 0.5 * taken_out;
    if (content == "landline") return of_landline(text);
    if (content == "year") return of_year(text);
    if (content == "month") return of_count(text, 12);
    if (content == "day") return of_count(text, 31);
    return of_house(text);
}

double NumberPrior::of_identity_number(std::string_view number, const NumberHints& hints) const {
    const bool form =
        number.size() == 18 && all_digits(number.substr(0, 17)) && (number[17] == 'X' || all_digits(number.substr(17)));
    const bool old_form = number.size() == 15 && all_digits(number);
    if (!form && !old_form) return all_digits(number.substr(0, number.size() - 1)) ? other_length : other_signs;
    double weight = areas_.log_weight(number.substr(0, 6));
    if (old_form)
        weight += old_identity;
    else if (!has_right_check_character(number))
        weight += wrong_check;
    const auto born = birth_date_of(number);
    if (!born)
        weight += no_day;
    else if (const int age = this_year_ - static_cast<int>(born->year()); age < 14 || age > 75)
        weight += unusual_age;
    if (hints.born && born != hints.born) weight += wrong_birth;
    if (hints.male && is_male(number) != hints.male) weight += wrong_sex;
    return weight;
}

double NumberPrior::of_document(std::string_view number, const NumberHints& hints) const {
    if (number.size() >= 20 && has_right_check_character(number.substr(0, 18))) {
        const std::string_view grade = number.substr(18);
        const bool lawful =
            grade.size() == 2 && grade[0] >= '1' && grade[0] <= '7' && grade[1] >= '1' && grade[1] <= '4';
        const std::string_view person = number.substr(0, 18);
        double weight = of_identity_number(person, hints) + (lawful ? 0 : -4);
        if (!hints.id_number.empty()) weight += person == hints.id_number ? 2 : -3;
        return weight;
    }
    if (number.size() == 18) return std::max(of_identity_number(number, hints) - 1, -8.0);
    if (!all_digits(number.substr(0, number.size() - 1))) return -9;
    // Any other document: nothing is known of its digits, but there are some.
    return number.size() == 20 ? -7 : number.size() >= 6 ? -6 : -8;
}

double NumberPrior::of_year(std::string_view number) const {
    if (!all_digits(number)) return -9;
    if (number.size() == 2) return value_of(number) <= this_year_ % 100 ? -4 : -7;
    if (number.size() != 4) return -8;
    const int year = value_of(number);
    if (year > this_year_) return year == this_year_ + 1 ? -4 : -7;
    if (year > this_year_ - 12) return 0;
    return year >= 1980 ? -2 : year >= 1930 ? -5 : -7;
}

} // namespace dengji::reading
