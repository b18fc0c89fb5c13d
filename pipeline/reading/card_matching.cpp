#include "pipeline/reading/card_matching.h"

#include "pipeline/reading/acceptance.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/evidence.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/text_distance.h"

#include <algorithm>
#include <cmath>

namespace dengji::reading {

namespace {

constexpr double same_number = 6, same_name = 3, same_short_name = 2.4, same_address = 2;
constexpr double other_number = -3, other_sure_number = -2, near_sure_number = 0.5, other_name = -0.5;
constexpr std::size_t least_number = 12;     // characters of a number that says anything
constexpr std::size_t longest_compared = 40; // characters
constexpr double near_sure_errors = 2;

const Reading* find(const std::vector<Reading>& readings, const std::string& key) {
    const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.key == key; });
    return found == readings.end() ? nullptr : &*found;
}

std::string text_of(const Reading* reading) {
    const auto* text = reading == nullptr ? nullptr : std::get_if<std::string>(&reading->value);
    return text == nullptr ? std::string() : *text;
}

std::vector<std::string> texts_of(const Reading* reading) {
    std::vector<std::string> texts;
    const auto add = [&](const std::string& text) {
        std::string plain = comparable(text);
        if (!plain.empty() && std::find(texts.begin(), texts.end(), plain) == texts.end()) texts.push_back(plain);
    };
    if (reading == nullptr) return texts;
    add(text_of(reading));
    for (const std::string& text : reading->alternatives) add(text);
    return texts;
}

bool is_sure(const Reading* number) {
    return number != nullptr && !number->review && number->confidence >= Acceptance{}.usual &&
           has_right_check_character(text_of(number));
}

/// The address without the units that the form prints.
std::string without_units(const std::string& address) {
    std::u32string plain;
    for (const char32_t c : code_points(comparable(address)))
        if (std::u32string_view(U"省市区县州").find(c) == std::u32string_view::npos) plain.push_back(c);
    return utf8(plain);
}

double edits(const std::string& a, const std::string& b) {
    std::vector<std::string> first = characters(a), second = characters(b);
    if (first.size() > longest_compared) first.resize(longest_compared);
    if (second.size() > longest_compared) second.resize(longest_compared);
    return edits_by_beginning(first, second, [](const std::string&) { return true; }).back();
}

double length(const std::string& text) {
    return static_cast<double>(characters(text).size());
}

double number_points(const Identity& sheet, const Identity& card) {
    double best = -1;
    for (const std::string& ours : sheet.numbers)
        for (const std::string& its : card.numbers) {
            if (ours.size() < least_number || its.size() < least_number) continue;
            const double errors = edits(ours, its);
            if (best < 0 || errors < best) best = errors;
        }
    if (best < 0) return 0; // nothing to compare
    if (best > 0 && sheet.number_is_sure && card.number_is_sure && sheet.numbers.front() != card.numbers.front())
        return best <= near_sure_errors ? near_sure_number : other_sure_number;
    return std::max(other_number, same_number - best);
}

double name_points(const Identity& sheet, const Identity& card) {
    if (sheet.names.empty() || card.names.empty()) return 0;
    double best = other_name;
    for (const std::string& ours : sheet.names)
        for (const std::string& its : card.names) {
            if (ours == its) return length(its) >= 3 ? same_name : same_short_name;
            const double longer = std::max(length(ours), length(its));
            const double share = 1 - edits(ours, its) / longer;
            if (share >= 0.5) best = std::max(best, share >= 0.6 ? 2.0 : 1.2);
        }
    return best;
}

double address_points(const Identity& sheet, const Identity& card) {
    const double longer = std::max(length(sheet.address), length(card.address));
    if (sheet.address.empty() || card.address.empty()) return 0;
    const double share = 1 - edits(sheet.address, card.address) / longer;
    return share >= 0.85 ? same_address : share >= 0.7 ? same_address / 2 : 0;
}

} // namespace

Identity identity_of_sheet(const std::vector<Reading>& readings) {
    Identity identity;
    identity.names = texts_of(find(readings, "name"));
    const Reading* number = find(readings, "id_number");
    identity.numbers = texts_of(number);
    identity.number_is_sure = is_sure(number);
    for (const char* part : {"province", "city", "county", "detail"})
        identity.address += without_units(text_of(find(readings, std::string("hukou_address.") + part)));
    return identity;
}

Identity identity_of_card(const std::vector<Reading>& readings) {
    Identity identity;
    identity.names = texts_of(find(readings, "card.name"));
    const Reading* number = find(readings, "card.id_number");
    identity.numbers = texts_of(number);
    identity.number_is_sure = is_sure(number);
    identity.address = without_units(text_of(find(readings, "card.address")));
    return identity;
}

double fit(const Identity& sheet, const Identity& card) {
    const double name = name_points(sheet, card);
    const bool two_numbers =
        sheet.number_is_sure && card.number_is_sure && sheet.numbers.front() != card.numbers.front();
    // Brothers and sisters have much in common, but not the name.
    if (two_numbers && name < same_short_name) return 0;
    return number_points(sheet, card) + name + address_points(sheet, card);
}

} // namespace dengji::reading
