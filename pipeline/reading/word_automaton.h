#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dengji::reading {

/// Shares of characters that together make 1.
class CharacterShares {
public:
    /// `counts` get `part` of the whole by their sizes; the rest goes to all Chinese characters as common as they are.
    CharacterShares(const std::unordered_map<char32_t, double>& counts, double part);

    /// 0 for what is no Chinese character.
    double of(char32_t character) const;

private:
    std::unordered_map<char32_t, double> listed_;
    double rest_;
};

/// What may be written somewhere, and how likely: a weighted automaton over characters. Build it, then call start();
/// from then on it is only read, by any number of threads.
class WordAutomaton {
public:
    using State = int;
    /// The states that a text may have led to, with the share of each; shares sum to at most 1.
    struct Share {
        State state = 0;
        double weight = 0;
    };
    using Shares = std::vector<Share>;

    State add_state();
    void on(char32_t character, State from, State to, double weight);
    /// Any Chinese character, each weighted by its share. `shares`: from add_shares.
    void on_any(int shares, State from, State to, double weight);
    int add_shares(CharacterShares shares);
    /// Without a character. Such moves must not form a circle.
    void skip(State from, State to, double weight);
    /// The text may end here.
    void finish(State state, double weight);
    /// One of the words, each as likely as its weight among all.
    void words(const std::vector<std::pair<std::u32string, double>>& words, State from, State to, double weight);

    Shares start(State first) const;
    /// Empty where the character cannot follow.
    Shares after(const Shares& shares, char32_t character) const;
    /// Chance that the text ends here.
    double end(const Shares& shares) const;
    /// Adds the characters that lists and numbers expect next; free text and long lists expect none in particular.
    void expected(const Shares& shares, std::vector<char32_t>& characters) const;

    /// log of the weight of a whole text; -200 for a text that cannot be.
    double log_weight(std::u32string_view text) const;
    void set_first(State first) { first_ = first; }
    State first() const noexcept { return first_; }

private:
    struct Arc {
        char32_t character = 0;
        Share target;
    };
    struct AnyArc {
        int shares = 0;
        Share target;
    };
    struct Node {
        std::vector<Arc> arcs;
        std::vector<AnyArc> any;
        Shares skips;
        double end = 0;
    };
    void add_closed(State state, double weight, Shares& shares) const;
    Node& node(State state) { return nodes_[static_cast<std::size_t>(state)]; }
    const Node& node(State state) const { return nodes_[static_cast<std::size_t>(state)]; }

    std::vector<Node> nodes_;
    std::vector<CharacterShares> shares_;
    State first_ = 0;
};

} // namespace dengji::reading
