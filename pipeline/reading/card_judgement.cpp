#include "pipeline/reading/card_judgement.h"

#include "pipeline/reading/acceptance.h"

#include "pipeline/base/dates.h"
#include "pipeline/base/text.h"
#include "pipeline/reading/evidence.h"
#include "pipeline/reading/identity_number.h"

#include <algorithm>
#include <set>

namespace dengji::reading {

namespace {

const Reason unread{"card-unread", "身份证复印件上此项看不清，请查看原件", "this could not be read on the card's copy"};
const Reason unsure{"card-unsure", "身份证复印件上此项识别把握不大，请核对",
                    "the reading of the card's copy is not sure"};
const Reason mended{"card-number-mended", "身份证号由出生日期和校验位推定，请核对",
                    "the number was completed from the date of birth and the check character"};
const Reason birth_differs{"card-birth-number", "身份证上的出生日期与号码不符，请核对",
                           "the card's date of birth does not agree with its number"};
const Reason sex_differs{"card-sex-number", "身份证上的性别与号码不符，请核对",
                         "the card's sex does not agree with its number"};

constexpr double agreed = 0.98;      // two recognisers say the same
constexpr double disagreed = 0.5;    // at most, where they do not
constexpr double alone = 0.9;        // of a single recogniser's confidence
constexpr double said_twice = 0.995; // the card says it in two places
constexpr double mended_number = 0.7;

bool sound(const std::string& number) {
    return check_identity_number(number).support == Support::for_it;
}

bool has_sex(const std::string& number, const std::string& sex) {
    const auto male = is_male(number);
    return sex.empty() || !male || *male == (sex == "男");
}

std::string birth_in(const std::string& number) {
    const auto born = birth_date_of(number);
    return born ? format(*born) : std::string();
}

/// Numbers that take each digit from one of two readings, and the date of birth where it is given.
std::set<std::string> mixtures(const std::string& a, const std::string& b, const std::string& birth) {
    std::string first = a, second = b;
    if (birth.size() == 10) {
        const std::string digits = birth.substr(0, 4) + birth.substr(5, 2) + birth.substr(8, 2);
        first.replace(6, 8, digits);
        second.replace(6, 8, digits);
    }
    std::vector<std::size_t> differ;
    for (std::size_t i = 0; i < first.size(); ++i)
        if (first[i] != second[i]) differ.push_back(i);
    std::set<std::string> found;
    constexpr std::size_t most = 6; // readings that differ in more places are about different things
    if (differ.size() > most) return found;
    for (unsigned mask = 0; mask < (1U << differ.size()); ++mask) {
        std::string mixture = first;
        for (std::size_t i = 0; i < differ.size(); ++i)
            if (mask >> i & 1U) mixture[differ[i]] = second[differ[i]];
        found.insert(mixture);
    }
    return found;
}

Reading begun(const std::string& key, const CardEntry& entry) {
    Reading reading;
    reading.key = key;
    reading.raw = entry.text;
    reading.value = entry.text;
    return reading;
}

std::string text_of(const Reading& reading) {
    return std::get<std::string>(reading.value);
}

void finish(Reading& reading) {
    if (text_of(reading).empty()) {
        reading.confidence = 0;
        reading.reasons = {unread};
    }
    reading.review = !reading.reasons.empty() || reading.confidence < Acceptance{}.usual;
    if (reading.review && reading.reasons.empty()) reading.reasons.push_back(unsure);
}

/// The same but for a label that one of them took for text.
bool agree(const std::string& a, const std::string& b) {
    constexpr std::size_t label = 2, least = 4; // characters
    const std::string &longer = a.size() >= b.size() ? a : b, &shorter = a.size() >= b.size() ? b : a;
    if (longer == shorter) return true;
    const std::size_t count = characters(shorter).size();
    return longer.ends_with(shorter) && count >= least && characters(longer).size() == count + label;
}

/// A value that stands on its own: the agreement of the recognisers is all there is.
Reading judged(const std::string& key, const CardEntry& first, const CardEntry* second) {
    Reading reading = begun(key, first);
    if (second == nullptr) {
        reading.confidence = alone * first.confidence;
    } else if (agree(first.text, second->text)) {
        if (second->text.size() < first.text.size()) reading.value = second->text;
        reading.confidence = std::max({agreed * std::max(first.confidence, second->confidence), disagreed});
    } else {
        const bool take_second = first.text.empty();
        if (take_second) reading = begun(key, *second);
        reading.confidence = std::min(disagreed, take_second ? second->confidence : first.confidence);
        const std::string& other = take_second ? first.text : second->text;
        if (!other.empty()) reading.alternatives.push_back(other);
    }
    return reading;
}

/// The same where one of two differing texts is known to be a good word.
const CardEntry& better_sex(const CardEntry& first, const CardEntry* second) {
    return first.text.empty() && second != nullptr ? *second : first;
}

} // namespace

void complete_birth(CardText& text, const std::vector<std::string>& number_readings) {
    if (!text.birth.text.empty() || text.birth_digits.empty()) return;
    for (const std::string& number : number_readings) {
        const auto born = sound(number) ? birth_date_of(number) : std::nullopt;
        if (!born) continue;
        const std::string printed = std::to_string(static_cast<int>(born->year())) +
                                    std::to_string(static_cast<unsigned>(born->month())) +
                                    std::to_string(static_cast<unsigned>(born->day()));
        if (printed == text.birth_digits) text.birth.text = format(*born);
    }
}

bool is_card_front(const CardText& text, const std::vector<std::string>& number_readings) {
    if (text.number_of_another_paper) return false;
    constexpr int least_labels = 2; // other papers print identity numbers too, but not these words around them
    if (text.labels >= least_labels) return true;
    if (text.birth.text.empty() || text.sex.text.empty()) return false;
    return std::any_of(number_readings.begin(), number_readings.end(), [&](const std::string& number) {
        return sound(number) && birth_in(number) == text.birth.text && has_sex(number, text.sex.text);
    });
}

CardNumber decide_number(const std::vector<std::string>& readings, const std::string& birth, const std::string& sex) {
    CardNumber number;
    int most_votes = 0;
    for (const std::string& reading : readings) {
        if (!sound(reading)) continue;
        int votes = static_cast<int>(std::count(readings.begin(), readings.end(), reading));
        votes += 2 * (birth_in(reading) == birth) + (!sex.empty() && has_sex(reading, sex));
        if (votes > most_votes) number.value = reading, most_votes = votes;
    }
    if (!number.value.empty()) {
        const bool birth_agrees = birth_in(number.value) == birth;
        const bool twice = std::count(readings.begin(), readings.end(), number.value) > 1;
        number.confidence = birth_agrees ? said_twice : twice ? agreed : 0.93;
        return number;
    }

    std::set<std::string> proposals;
    for (const std::string& a : readings)
        for (const std::string& b : readings) {
            if (a.size() != 18 || b.size() != 18) continue;
            for (const std::string& mixture : mixtures(a, b, birth))
                if (sound(mixture) && has_sex(mixture, sex)) proposals.insert(mixture);
        }
    if (proposals.size() == 1) {
        number.value = *proposals.begin();
        number.confidence = mended_number;
        number.reasons = {mended};
        return number;
    }
    const auto nearest = std::min_element(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
        const auto off = [](const std::string& text) { return text.size() > 18 ? text.size() - 18 : 18 - text.size(); };
        return off(a) < off(b);
    });
    if (nearest == readings.end() || nearest->empty()) return number;
    number.value = *nearest;
    number.confidence = 0.3;
    number.reasons = check_identity_number(number.value).reasons;
    if (number.reasons.empty()) number.reasons = {unsure};
    return number;
}

std::vector<Reading> judge_card(const CardText& first, const std::optional<CardText>& second,
                                const std::vector<std::string>& number_readings) {
    const auto other = [&](CardEntry CardText::*entry) { return second ? &((*second).*entry) : nullptr; };
    Reading name = judged("card.name", first.name, other(&CardText::name));
    Reading sex = judged("card.sex", better_sex(first.sex, other(&CardText::sex)), other(&CardText::sex));
    Reading ethnicity = judged("card.ethnicity", first.ethnicity, other(&CardText::ethnicity));
    Reading birth = judged("card.birth_date", first.birth, other(&CardText::birth));
    Reading address = judged("card.address", first.address, other(&CardText::address));

    std::string printed_birth = text_of(birth);
    CardNumber decided = decide_number(number_readings, printed_birth, text_of(sex));
    if (!birth.alternatives.empty() && decided.sound() && birth_in(decided.value) == birth.alternatives.front()) {
        birth.alternatives = {printed_birth};
        printed_birth = birth_in(decided.value);
        birth.value = printed_birth;
        decided.confidence = said_twice;
    }
    Reading number = begun("card.id_number", first.number);
    number.value = decided.value;
    number.confidence = decided.confidence;
    number.reasons = decided.reasons;
    for (const std::string& reading : number_readings)
        if (!reading.empty() && reading != decided.value &&
            std::find(number.alternatives.begin(), number.alternatives.end(), reading) == number.alternatives.end())
            number.alternatives.push_back(reading);

    if (decided.sound()) {
        const std::string born = birth_in(decided.value);
        if (printed_birth == born) {
            birth.confidence = std::max(birth.confidence, said_twice);
        } else if (!printed_birth.empty()) {
            birth.reasons.push_back(birth_differs);
            number.reasons.push_back(birth_differs);
            number.confidence = std::min(number.confidence, disagreed);
        }
        if (!text_of(sex).empty() && has_sex(decided.value, text_of(sex))) {
            sex.confidence = std::max(sex.confidence, agreed);
        } else if (!text_of(sex).empty()) {
            sex.reasons.push_back(sex_differs);
            number.reasons.push_back(sex_differs);
            number.confidence = std::min(number.confidence, disagreed);
        }
    }
    std::vector<Reading> readings{std::move(name),  std::move(sex),     std::move(ethnicity),
                                  std::move(birth), std::move(address), std::move(number)};
    for (Reading& reading : readings) finish(reading);
    return readings;
}

} // namespace dengji::reading
