#include "pipeline/reading/address_grammar.h"

#include "pipeline/base/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace dengji::reading {

namespace {

using State = WordAutomaton::State;
using Weighted = std::vector<std::pair<std::u32string, double>>;

/// What a number stands behind, which decides what unit it may have.
enum class After { village, group, road, house, building, unit, last };
constexpr std::array all_after = {After::village,  After::group, After::road, After::house,
                                  After::building, After::unit,  After::last};

Weighted units_after(After after) {
    switch (after) {
    case After::village:
        return {{U"组", .60}, {U"社", .12}, {U"号", .20}, {U"队", .02}, {U"幢", .03}, {U"栋", .02}, {U"村民小组", .01}};
    case After::group: return {{U"号", .90}, {U"附", .02}, {U"幢", .03}, {U"栋", .02}, {U"-", .03}};
    case After::road: return {{U"号", .90}, {U"-", .02}, {U"弄", .01}, {U"幢", .03}, {U"附", .01}, {U"楼", .03}};
    case After::house:
        return {{U"幢", .42}, {U"栋", .24}, {U"单元", .08}, {U"楼", .07},
                {U"室", .06}, {U"-", .08},  {U"号", .03},   {U"层", .02}};
    case After::building: return {{U"-", .46}, {U"单元", .32}, {U"室", .07}, {U"楼", .06}, {U"号", .06}, {U"层", .03}};
    case After::unit: return {{U"-", .56}, {U"室", .20}, {U"号", .11}, {U"楼", .10}, {U"层", .03}};
    case After::last: return {{U"-", .30}, {U"室", .30}, {U"号", .30}, {U"楼", .07}, {U"层", .03}};
    }
    return {};
}

After next_after(const std::u32string& unit) {
    static const std::map<std::u32string, After> next = {
        {U"组", After::group},    {U"村民小组", After::group}, {U"社", After::group},
        {U"队", After::group},    {U"号", After::house},       {U"弄", After::house},
        {U"幢", After::building}, {U"栋", After::building},    {U"单元", After::unit}};
    const auto found = next.find(unit);
    return found == next.end() ? After::last : found->second;
}

/// Shares of what follows a unit: another number, the end, or words.
struct Following {
    double number, end, words;
};

Following following(After after) {
    switch (after) {
    case After::group: return {.85, .10, .05};
    case After::house: return {.50, .45, .05};
    case After::building: return {.93, .05, .02};
    case After::unit: return {.92, .06, .02};
    default: return {.25, .73, .02};
    }
}

const Weighted& road_endings() {
    static const Weighted endings = {
        {U"路", 8},      {U"街", 4},      {U"大道", 3},  {U"巷", 1.5},  {U"道", .3},   {U"支路", .3}, {U"正街", .4},
        {U"新街", .3},   {U"老街", .4},   {U"横街", .2}, {U"大街", .3}, {U"环路", .2}, {U"中路", .4}, {U"东路", .5},
        {U"西路", .5},   {U"南路", .5},   {U"北路", .5}, {U"一路", .3}, {U"二路", .3}, {U"三路", .2}, {U"一支路", .2},
        {U"二支路", .2}, {U"步行街", .2}, {U"小区", .6}, {U"花园", .6}, {U"广场", .3}, {U"公寓", .3}, {U"新村", .4},
        {U"苑", .4},     {U"城", .4},     {U"湾", .3},   {U"坡", .2},   {U"坝", .2},   {U"园", .3},   {U"家园", .3}};
    return endings;
}

/// A name without the kind of place at its end.
std::u32string own_name(const std::u32string& name) {
    for (const std::u32string_view kind :
         {U"自治县", U"街道", U"社区", U"大道", U"镇", U"乡", U"村", U"路", U"街", U"巷", U"区", U"县", U"市"})
        if (name.size() > kind.size() + 1 && name.ends_with(kind)) return name.substr(0, name.size() - kind.size());
    return name;
}

class Builder {
public:
    Builder(const AddressWords& words, const std::vector<std::string>& counties) : words_(words) {
        shares_ = grammar_.add_shares(CharacterShares(name_characters(counties), .45));
        name_ = grammar_.add_state();
        for (const After after : all_after) numbers_[after] = grammar_.add_state();
        build_names();
        for (const After after : all_after) build_number(after);
        build_beginning(counties);
    }

    WordAutomaton take() { return std::move(grammar_); }

private:
    /// The characters of known names, without what kind of place they name: a 区 or 镇 is no part of a name. Numerals
    /// count more often than the lists have them: 三合村, 五福路 and 九龙社区 are everywhere.
    std::unordered_map<char32_t, double> name_characters(const std::vector<std::string>& counties) const {
        std::unordered_map<char32_t, double> counts;
        const auto count = [&](const std::string& word) {
            for (const char32_t c : own_name(code_points(word))) counts[c] += 1;
        };
        for (const std::string& town : words_.towns()) {
            count(town);
            for (const std::string& village : words_.villages(town)) count(village);
        }
        for (const std::string& road : words_.roads()) count(road);
        for (const std::string& county : counties) count(county);
        for (const char32_t numeral : std::u32string_view(U"三五")) counts[numeral] += 8;
        for (const char32_t numeral : std::u32string_view(U"一二双四六七八九十万")) counts[numeral] += 3;
        return counts;
    }

    static Weighted equally(const std::vector<std::string>& words) {
        Weighted weighted;
        for (const std::string& word : words) weighted.emplace_back(code_points(word), 1);
        return weighted;
    }

    State number(After after) { return numbers_.at(after); }

    /// A number may be missing: an address can end after a name, or go on with words.
    State number_or_end(After after, double end) {
        const State state = grammar_.add_state();
        grammar_.skip(state, number(after), .95 - end);
        grammar_.skip(state, name_, .05);
        grammar_.finish(state, end);
        return state;
    }

    /// Names that no list holds: characters, then 路, 村 and the like, or at once a number.
    void build_names() {
        constexpr int longest = 8;
        const State after_road = number_or_end(After::road, .07), after_village = number_or_end(After::village, .07);
        State before = name_;
        for (int length = 1; length <= longest; ++length) {
            const State state = grammar_.add_state();
            const double go_on = length < 2 ? .5 : length < 6 ? .3 : .02;
            grammar_.on_any(shares_, before, state, length == 1 ? 1 : go_on);
            if (length == longest) grammar_.on_any(shares_, state, state, .02);
            grammar_.words(road_endings(), state, after_road, length < 2 ? .28 : .4);
            grammar_.words({{U"村", 3}, {U"社区", 2}}, state, after_village, length < 2 ? .16 : .2);
            grammar_.skip(state, number(After::road), .05);
            grammar_.finish(state, .01);
            before = state;
        }
    }

    void build_number(After after) {
        constexpr std::array digits_go_on = {.6, .45, .08, .01, .002};
        State before = number(after);
        for (char32_t c = U'A'; c <= U'F'; ++c) {
            // "A栋": a letter in a number's place, which ends the number.
            const State letter = grammar_.add_state();
            grammar_.on(c, before, letter, .01);
            build_units(after, letter, 1);
        }
        for (std::size_t n = 0; n < digits_go_on.size(); ++n) {
            const State state = grammar_.add_state();
            for (char32_t c = n == 0 ? U'1' : U'0'; c <= U'9'; ++c)
                grammar_.on(c, before, state, .1 * (n == 0 ? 1 : digits_go_on[n - 1]));
            build_units(after, state, 1 - digits_go_on[n]);
            before = state;
        }
    }

    void build_units(After after, State from, double weight) {
        const bool may_end = after == After::last;
        grammar_.finish(from, weight * (may_end ? .45 : .03));
        for (const auto& [unit, share] : units_after(after)) {
            const State state = grammar_.add_state();
            grammar_.words({{unit, 1}}, from, state, weight * share * (may_end ? .55 : .97));
            const Following next = unit == U"-" || unit == U"附" ? Following{1, 0, 0} : following(next_after(unit));
            grammar_.skip(state, number(next_after(unit)), next.number);
            if (next.words > 0) grammar_.skip(state, name_, next.words);
            grammar_.finish(state, next.end);
        }
    }

    /// What stands behind a town: a village of it, a road, a free name, a number.
    State build_after_town(const std::string& town) {
        const State state = grammar_.add_state();
        const auto& villages = words_.villages(town);
        if (!villages.empty()) grammar_.words(equally(villages), state, number_or_end(After::village, .07), .33);
        grammar_.skip(state, elsewhere_, villages.empty() ? .92 : .59);
        grammar_.skip(state, number(After::house), .05);
        grammar_.finish(state, .03);
        return state;
    }

    void build_beginning(const std::vector<std::string>& counties) {
        elsewhere_ = grammar_.add_state();
        std::vector<std::string> villages;
        for (const std::string& town : words_.towns())
            villages.insert(villages.end(), words_.villages(town).begin(), words_.villages(town).end());
        grammar_.words(equally(villages), elsewhere_, number_or_end(After::village, .07), .07);
        grammar_.words(equally(words_.roads()), elsewhere_, number_or_end(After::road, .07), .25);
        grammar_.skip(elsewhere_, name_, .68);

        const State first = grammar_.add_state(), after_county = grammar_.add_state(), towns = grammar_.add_state();
        for (const std::string& town : words_.towns())
            grammar_.words({{code_points(town), 1}}, towns, build_after_town(town),
                           1 / static_cast<double>(words_.towns().size()));
        Weighted prefixes;
        for (const std::string& county : counties)
            for (const char32_t* before : {U"", U"重庆市", U"重庆"})
                prefixes.emplace_back(before + code_points(county), 1);
        grammar_.skip(first, towns, .8);
        if (!prefixes.empty()) grammar_.words(prefixes, first, after_county, .04);
        grammar_.skip(after_county, towns, .7);
        for (const auto& [from, weight] : {std::pair{first, 1.0}, std::pair{after_county, 2.0}}) {
            grammar_.skip(from, elsewhere_, .10 * weight);
            grammar_.skip(from, build_other_town(), .05 * weight);
        }
        grammar_.set_first(first);
    }

    /// A town of another county: one to four characters and 镇, 乡 or 街道.
    State build_other_town() {
        const State start = grammar_.add_state(), after = build_after_town({});
        State before = start;
        for (int length = 1; length <= 4; ++length) {
            const State state = grammar_.add_state();
            grammar_.on_any(shares_, before, state, length == 1 ? 1 : .5);
            grammar_.words({{U"镇", 6}, {U"街道", 3}, {U"乡", 2}}, state, after, .5);
            before = state;
        }
        return start;
    }

    const AddressWords& words_;
    WordAutomaton grammar_;
    int shares_ = 0;
    State name_ = 0, elsewhere_ = 0;
    std::map<After, State> numbers_;
};

/// The longest of the words that `text` begins with.
std::string beginning_of(std::string_view text, const std::vector<std::string>& words) {
    std::string longest;
    for (const std::string& word : words)
        if (text.starts_with(word) && word.size() > longest.size()) longest = word;
    return longest;
}

} // namespace

AddressParts parts_of_address(const std::string& address, const AddressWords& words,
                              const std::vector<std::string>& counties) {
    AddressParts parts;
    parts.has_digits = address.find_first_of("0123456789") != std::string::npos;
    std::string_view rest = address;
    for (const std::string_view city : {"重庆市", "重庆"})
        if (rest.starts_with(city)) {
            rest.remove_prefix(city.size());
            break;
        }
    rest.remove_prefix(beginning_of(rest, counties).size());
    parts.town = beginning_of(rest, words.towns());
    rest.remove_prefix(parts.town.size());
    if (!parts.town.empty()) parts.place = beginning_of(rest, words.villages(parts.town));
    if (parts.place.empty()) parts.place = beginning_of(rest, words.roads());
    return parts;
}

WordAutomaton address_grammar(const AddressWords& words, const std::vector<std::string>& counties) {
    return Builder(words, counties).take();
}

} // namespace dengji::reading
