#include "pipeline/reading/card_evidence.h"

#include "pipeline/reading/acceptance.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/evidence.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace dengji::reading {

namespace {

const Reason differs_from_card{"card-differs", "与身份证复印件不一致，请核对",
                               "does not agree with the copy of the identity card"};
const Reason taken_by_card{"card-chose", "按身份证复印件选取，请核对", "chosen by the copy of the identity card"};
const Reason unsure{"unsure", "识别把握不大，请核对", "the reading is not sure"};

/// Reasons that say no more than that the writing was hard to read: another reading of the same value answers them.
const std::set<std::string> answered_by_agreement = {"unsure", "under-seal", "presence-unsure", "place-unsure"};

constexpr double card_weight = 0.8;        // of the card's confidence: recognisers may err alike on both papers
constexpr double begins_weight = 0.5;      // where only a beginning agrees
constexpr double sure_sheet = 0.75;        // from here on a sheet's reading is clear enough to be contradicted
constexpr double least_shared = 0.25;      // a reading below this was not a reading
constexpr std::size_t least_beginning = 4; // characters of the address's detail

std::string text_of(const Reading& reading) {
    const auto* text = std::get_if<std::string>(&reading.value);
    return text == nullptr ? std::string() : *text;
}

std::string as_compared(const std::string& key, const std::string& text) {
    std::string plain = comparable(text);
    constexpr std::string_view people = "族";
    if (key == "ethnicity" && plain.ends_with(people)) plain.resize(plain.size() - people.size());
    return plain;
}

void judge_again(Reading& reading) {
    reading.review = !reading.reasons.empty() || reading.confidence < Acceptance{}.usual;
    if (reading.review && reading.reasons.empty()) reading.reasons.push_back(unsure);
}

void agree(Reading& sheet, double card_confidence) {
    if (sheet.confidence >= least_shared)
        sheet.confidence = 1 - (1 - sheet.confidence) * (1 - card_weight * card_confidence);
    if (sheet.confidence >= Acceptance{}.usual)
        std::erase_if(sheet.reasons, [](const Reason& r) { return answered_by_agreement.contains(r.code); });
    judge_again(sheet);
}

/// Without the units, which the form prints and the card may write or not.
std::string without_units(const std::string& place) {
    std::string plain = comparable(place);
    for (const std::string_view unit : {"省", "市", "区", "县", "州"})
        if (plain.size() > unit.size() && plain.ends_with(unit)) {
            plain.resize(plain.size() - unit.size());
            break;
        }
    return plain;
}

Reading* find(std::vector<Reading>& readings, const std::string& key) {
    const auto found = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) { return r.key == key; });
    return found == readings.end() ? nullptr : &*found;
}

/// Takes a place and its unit away from the beginning of an address. False when it does not begin with it.
bool take_place(std::string& address, const std::string& place) {
    if (place.empty() || !address.starts_with(place)) return false;
    address.erase(0, place.size());
    for (const std::string_view unit : {"自治州", "自治县", "省", "市", "区", "县", "州"})
        if (address.starts_with(unit)) {
            address.erase(0, unit.size());
            break;
        }
    return true;
}

} // namespace

Likeness compare_with_card(const std::string& key, const std::string& sheet, const std::string& card) {
    const std::string ours = as_compared(key, sheet), its = as_compared(key, card);
    if (ours.empty() || its.empty()) return Likeness::unknown;
    return ours == its ? Likeness::same : Likeness::differs;
}

void weigh_card(Reading& sheet, const Reading& card) {
    const std::string ours = text_of(sheet), its = text_of(card);
    const Likeness likeness = compare_with_card(sheet.key, ours, its);
    if (its.empty()) return;
    if (likeness == Likeness::same) {
        agree(sheet, card.confidence);
        return;
    }
    const auto is_its = [&](const std::string& text) {
        return compare_with_card(sheet.key, text, its) == Likeness::same;
    };
    const bool card_sure = card.confidence >= Acceptance{}.usual && !card.review;
    const auto named = std::find_if(sheet.alternatives.begin(), sheet.alternatives.end(), is_its);
    if (card_sure && likeness == Likeness::differs && sheet.confidence >= sure_sheet) {
        sheet.reasons.push_back(differs_from_card);
    } else if (card_sure && named != sheet.alternatives.end()) {
        std::string chosen = *named;
        if (ours.empty())
            sheet.alternatives.erase(named);
        else
            *named = ours;
        sheet.value = chosen;
        sheet.reasons.push_back(taken_by_card);
    }
    if (text_of(sheet) != its && std::none_of(sheet.alternatives.begin(), sheet.alternatives.end(), is_its))
        sheet.alternatives.push_back(its);
    judge_again(sheet);
}

void weigh_card_address(std::vector<Reading>& sheet, const Reading& card) {
    std::string rest = comparable(text_of(card));
    if (rest.empty()) return;
    constexpr std::array<const char*, 3> places = {"hukou_address.province", "hukou_address.city",
                                                   "hukou_address.county"};
    std::vector<Reading*> agreeing;
    for (const char* key : places) {
        Reading* place = find(sheet, key);
        if (place == nullptr || text_of(*place).empty()) continue;
        if (take_place(rest, without_units(text_of(*place))))
            agreeing.push_back(place);
        else if (std::string_view(key) != places.front())
            return; // another place: nothing to compare
    }
    for (Reading* place : agreeing) agree(*place, card.confidence);
    Reading* detail = find(sheet, "hukou_address.detail");
    if (detail == nullptr || agreeing.empty() || rest.empty()) return;
    const std::string ours = comparable(text_of(*detail));
    if (ours == rest)
        agree(*detail, card.confidence);
    else if (ours.starts_with(rest) && characters(rest).size() >= least_beginning)
        agree(*detail, begins_weight * card.confidence);
}

} // namespace dengji::reading
