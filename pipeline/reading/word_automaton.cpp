#include "pipeline/reading/word_automaton.h"

#include "pipeline/reading/character_commonness.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace dengji::reading {

namespace {

constexpr double impossible = -200;
constexpr double negligible = 1e-15;
constexpr std::size_t most_expected = 40; // of one state: a list of all villages expects nothing in particular
// Characters of the two levels of GB 2312 and a round number of others, each weighted by commonness().
constexpr double all_commonness = 3755 + 3008 * 0.1 + 3500 * 0.004;

} // namespace

CharacterShares::CharacterShares(const std::unordered_map<char32_t, double>& counts, double part) : rest_(1 - part) {
    double sum = 0;
    for (const auto& [character, count] : counts) sum += count;
    for (const auto& [character, count] : counts) listed_[character] = sum > 0 ? part * count / sum : 0;
}

double CharacterShares::of(char32_t character) const {
    const auto listed = listed_.find(character);
    const double common = commonness(character);
    if (common <= 0) return 0;
    return (listed == listed_.end() ? 0 : listed->second) + rest_ * common / all_commonness;
}

WordAutomaton::State WordAutomaton::add_state() {
    nodes_.emplace_back();
    return static_cast<State>(nodes_.size()) - 1;
}

void WordAutomaton::on(char32_t character, State from, State to, double weight) {
    auto& arcs = node(from).arcs;
    const auto place = std::upper_bound(arcs.begin(), arcs.end(), character,
                                        [](char32_t c, const Arc& arc) { return c < arc.character; });
    arcs.insert(place, {character, {to, weight}});
}

void WordAutomaton::on_any(int shares, State from, State to, double weight) {
    node(from).any.push_back({shares, {to, weight}});
}

int WordAutomaton::add_shares(CharacterShares shares) {
    shares_.push_back(std::move(shares));
    return static_cast<int>(shares_.size()) - 1;
}

void WordAutomaton::skip(State from, State to, double weight) {
    node(from).skips.push_back({to, weight});
}

void WordAutomaton::finish(State state, double weight) {
    node(state).end += weight;
}

void WordAutomaton::words(const std::vector<std::pair<std::u32string, double>>& words, State from, State to,
                          double weight) {
    struct Beginning {
        double below = 0, here = 0;
    };
    std::map<std::u32string, Beginning> beginnings;
    for (const auto& [word, its_weight] : words) {
        for (std::size_t n = 0; n <= word.size(); ++n) beginnings[word.substr(0, n)].below += its_weight;
        beginnings[word].here += its_weight;
    }
    // A word's weight is spent as early as the beginning tells it from others, so that a search sees it in time.
    std::map<std::u32string, State> states;
    for (const auto& [text, beginning] : beginnings) {
        const State state = add_state();
        states[text] = state;
        if (text.empty()) {
            skip(from, state, weight);
            continue;
        }
        const std::u32string shorter = text.substr(0, text.size() - 1);
        on(text.back(), states.at(shorter), state, beginning.below / beginnings.at(shorter).below);
        if (beginning.here > 0) skip(state, to, beginning.here / beginning.below);
    }
}

void WordAutomaton::add_closed(State state, double weight, Shares& shares) const {
    if (weight < negligible) return;
    const Node& its = node(state);
    if (!its.arcs.empty() || !its.any.empty() || its.end > 0) {
        const auto same =
            std::find_if(shares.begin(), shares.end(), [&](const Share& share) { return share.state == state; });
        if (same != shares.end())
            same->weight += weight;
        else
            shares.push_back({state, weight});
    }
    for (const Share& next : its.skips) add_closed(next.state, weight * next.weight, shares);
}

WordAutomaton::Shares WordAutomaton::start(State first) const {
    Shares shares;
    add_closed(first, 1, shares);
    return shares;
}

WordAutomaton::Shares WordAutomaton::after(const Shares& shares, char32_t character) const {
    Shares next;
    for (const Share& share : shares) {
        const Node& its = node(share.state);
        const auto from = std::lower_bound(its.arcs.begin(), its.arcs.end(), character,
                                           [](const Arc& arc, char32_t c) { return arc.character < c; });
        for (auto arc = from; arc != its.arcs.end() && arc->character == character; ++arc)
            add_closed(arc->target.state, share.weight * arc->target.weight, next);
        for (const AnyArc& any : its.any) {
            const double its_share = shares_[static_cast<std::size_t>(any.shares)].of(character);
            if (its_share > 0) add_closed(any.target.state, share.weight * any.target.weight * its_share, next);
        }
    }
    return next;
}

double WordAutomaton::end(const Shares& shares) const {
    double sum = 0;
    for (const Share& share : shares) sum += share.weight * node(share.state).end;
    return sum;
}

void WordAutomaton::expected(const Shares& shares, std::vector<char32_t>& characters) const {
    for (const Share& share : shares) {
        const auto& arcs = node(share.state).arcs;
        if (arcs.size() > most_expected) continue;
        for (const Arc& arc : arcs) characters.push_back(arc.character);
    }
    std::sort(characters.begin(), characters.end());
    characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
}

double WordAutomaton::log_weight(std::u32string_view text) const {
    Shares shares = start(first_);
    double log_sum = 0;
    for (const char32_t c : text) {
        shares = after(shares, c);
        double sum = 0;
        for (const Share& share : shares) sum += share.weight;
        if (sum <= 0) return impossible;
        log_sum += std::log(sum);
        for (Share& share : shares) share.weight /= sum;
    }
    const double last = end(shares);
    return last > 0 ? std::max(impossible, log_sum + std::log(last)) : impossible;
}

} // namespace dengji::reading
