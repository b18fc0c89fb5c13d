#include "pipeline/reading/word_beam.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace dengji::reading {

namespace {

constexpr double expects_below = 0.98;   // steps more surely "nothing" are not searched for what is expected
constexpr std::size_t few_expected = 12; // unless it is little
constexpr double least_expected = 5e-7;  // of a step's probability

/// A beginning of a text. One for each different text, however it was reached.
struct Prefix {
    const Prefix* before = nullptr;
    char32_t last = 0;
    WordAutomaton::Shares shares; ///< normalised
    double language = 0;
    std::vector<std::pair<char32_t, Prefix*>> longer; ///< null: the automaton does not allow it
    std::vector<char32_t> expected;
    bool expected_known = false;

    // In the step that is being made: probability when the last character is still being read, and when "nothing" was
    // read since.
    double reading = 0, since = 0, next_reading = 0, next_since = 0;
    bool is_listed = false;
};

class Search {
public:
    Search(const CtcSteps& steps, const WordAutomaton& automaton, const BeamOptions& options)
        : steps_(steps), automaton_(automaton), options_(options) {
        Prefix& root = prefixes_.emplace_back();
        root.shares = automaton.start(automaton.first());
        root.since = 1;
        kept_.push_back(&root);
    }

    std::vector<Hypothesis> run() {
        for (int t = 0; t < steps_.count(); ++t) {
            const double nothing = steps_.nothing(t);
            if (nothing > options_.surely_nothing) {
                for (Prefix* prefix : kept_) {
                    prefix->since = (prefix->since + prefix->reading) * nothing;
                    prefix->reading = 0;
                }
                continue;
            }
            advance(t);
        }
        return finished();
    }

private:
    Prefix* longer(Prefix& prefix, char32_t character) {
        for (const auto& [known, target] : prefix.longer)
            if (known == character) return target;
        WordAutomaton::Shares shares = automaton_.after(prefix.shares, character);
        double sum = 0;
        for (const auto& share : shares) sum += share.weight;
        Prefix* made = nullptr;
        if (sum > 0) {
            made = &prefixes_.emplace_back();
            made->before = &prefix;
            made->last = character;
            made->language = prefix.language + std::log(sum);
            for (auto& share : shares) share.weight /= sum;
            made->shares = std::move(shares);
        }
        prefix.longer.emplace_back(character, made);
        return made;
    }

    void list(Prefix& prefix) {
        if (prefix.is_listed) return;
        prefix.is_listed = true;
        next_.push_back(&prefix);
    }

    void extend(Prefix& prefix, char32_t character, double probability) {
        Prefix* target = longer(prefix, character);
        if (target == nullptr) return;
        list(*target);
        target->next_reading += (character == prefix.last ? prefix.since : prefix.since + prefix.reading) * probability;
    }

    void advance(int t) {
        next_.clear();
        const double nothing = steps_.nothing(t);
        const auto& all = steps_.likeliest(t);
        const std::size_t count = std::min(all.size(), options_.likeliest);
        for (Prefix* prefix : kept_) {
            list(*prefix);
            prefix->next_since += (prefix->since + prefix->reading) * nothing;
            if (prefix->before != nullptr) prefix->next_reading += prefix->reading * steps_.at(t, prefix->last);
            for (std::size_t i = 0; i < count; ++i) extend(*prefix, all[i].character, all[i].probability);
            extend_by_expected(*prefix, t, count);
        }
        prune();
    }

    void extend_by_expected(Prefix& prefix, int t, std::size_t tried) {
        if (!prefix.expected_known) {
            automaton_.expected(prefix.shares, prefix.expected);
            prefix.expected_known = true;
        }
        if (steps_.nothing(t) >= expects_below && prefix.expected.size() > few_expected) return;
        const auto& all = steps_.likeliest(t);
        for (const char32_t character : prefix.expected) {
            const auto end = all.begin() + static_cast<std::ptrdiff_t>(tried);
            const bool was_tried =
                std::any_of(all.begin(), end, [&](const auto& c) { return c.character == character; });
            if (was_tried) continue;
            const double probability = steps_.at(t, character);
            if (probability > least_expected) extend(prefix, character, probability);
        }
    }

    /// Keeps the best and scales them so that the likeliest is 1.
    void prune() {
        std::vector<std::pair<double, Prefix*>> ranked;
        for (Prefix* prefix : next_) {
            prefix->reading = prefix->next_reading;
            prefix->since = prefix->next_since;
            prefix->next_reading = prefix->next_since = 0;
            prefix->is_listed = false;
            const double sum = prefix->reading + prefix->since;
            if (sum > 0) ranked.emplace_back(std::log(sum) + options_.language_share * prefix->language, prefix);
        }
        const std::size_t count = std::min(ranked.size(), options_.width);
        const auto middle = ranked.begin() + static_cast<std::ptrdiff_t>(count);
        std::partial_sort(ranked.begin(), middle, ranked.end(),
                          [](const auto& a, const auto& b) { return a.first > b.first; });
        double most = 0;
        for (auto r = ranked.begin(); r != middle; ++r) most = std::max(most, r->second->reading + r->second->since);
        for (auto r = middle; r != ranked.end(); ++r) r->second->reading = r->second->since = 0;
        kept_.clear();
        if (most <= 0) return;
        log_scale_ += std::log(most);
        for (auto r = ranked.begin(); r != middle; ++r) {
            r->second->reading /= most;
            r->second->since /= most;
            kept_.push_back(r->second);
        }
    }

    std::vector<Hypothesis> finished() const {
        std::vector<Hypothesis> found;
        for (const Prefix* prefix : kept_) {
            const double end = automaton_.end(prefix->shares), sum = prefix->reading + prefix->since;
            if (end <= 0 || sum <= 0) continue;
            Hypothesis hypothesis;
            for (const Prefix* p = prefix; p->before != nullptr; p = p->before) hypothesis.text += p->last;
            std::reverse(hypothesis.text.begin(), hypothesis.text.end());
            hypothesis.picture = log_scale_ + std::log(sum);
            hypothesis.language = prefix->language + std::log(end);
            hypothesis.score = hypothesis.picture + options_.language_share * hypothesis.language +
                               options_.length_bonus * static_cast<double>(hypothesis.text.size());
            found.push_back(std::move(hypothesis));
        }
        std::sort(found.begin(), found.end(),
                  [](const Hypothesis& a, const Hypothesis& b) { return a.score > b.score; });
        if (found.size() > options_.results) found.resize(options_.results);
        return found;
    }

    const CtcSteps& steps_;
    const WordAutomaton& automaton_;
    const BeamOptions& options_;
    std::deque<Prefix> prefixes_;
    std::vector<Prefix*> kept_, next_;
    double log_scale_ = 0;
};

} // namespace

std::vector<Hypothesis> beam_search(const CtcSteps& steps, const WordAutomaton& automaton, const BeamOptions& options) {
    return Search(steps, automaton, options).run();
}

} // namespace dengji::reading
