#include "pipeline/reading/ctc_lexicon.h"

#include "pipeline/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace dengji::reading {

namespace {

constexpr double least_log = -1000;

/// One beginning of a word after each step: its probability when its last character is still being read, and when
/// "nothing" was read since.
struct Forward {
    std::vector<double> reading, since;
};

/// The probabilities of the steps, each divided by its step's best so that long lines do not run out of numbers.
class Scaled {
public:
    explicit Scaled(const CtcSteps& steps) : steps_(steps) {
        for (int t = 0; t < steps.count(); ++t) {
            const auto& likeliest = steps.likeliest(t);
            const double best = std::max(steps.nothing(t), likeliest.empty() ? 0 : likeliest.front().probability);
            scale_.push_back(1 / best);
            log_scale_ += std::log(best);
            nothing_.push_back(steps.nothing(t) / best);
        }
    }

    std::size_t count() const { return scale_.size(); }
    double log_scale() const { return log_scale_; }
    const std::vector<double>& nothing() const { return nothing_; }
    const std::vector<double>& column(char32_t character) {
        std::vector<double>& column = columns_[character];
        if (column.empty())
            for (std::size_t t = 0; t < count(); ++t)
                column.push_back(steps_.at(static_cast<int>(t), character) * scale_[t]);
        return column;
    }

    Forward empty_beginning() const {
        Forward forward{std::vector<double>(count(), 0), nothing_};
        for (std::size_t t = 1; t < count(); ++t) forward.since[t] *= forward.since[t - 1];
        return forward;
    }

    Forward extended(const Forward& before, char32_t last, char32_t next) {
        const std::vector<double>& p = column(next);
        Forward forward{std::vector<double>(count(), 0), std::vector<double>(count(), 0)};
        const bool may_follow_at_once = last != next;
        for (std::size_t t = 0; t < count(); ++t) {
            // Before the first step only the empty beginning exists.
            double arriving = t == 0 ? (last == 0 ? 1 : 0) : before.since[t - 1];
            if (t > 0 && may_follow_at_once) arriving += before.reading[t - 1];
            const double reading = t > 0 ? forward.reading[t - 1] : 0, since = t > 0 ? forward.since[t - 1] : 0;
            forward.reading[t] = p[t] * (reading + arriving);
            forward.since[t] = nothing_[t] * (reading + since);
        }
        return forward;
    }

    double log_of(const Forward& forward) const {
        if (count() == 0) return least_log;
        const double p = forward.reading.back() + forward.since.back();
        return p > 0 ? std::max(least_log, std::log(p) + log_scale_) : least_log;
    }

private:
    const CtcSteps& steps_;
    std::vector<double> scale_, nothing_;
    double log_scale_ = 0;
    std::unordered_map<char32_t, std::vector<double>> columns_;
};

} // namespace

double log_probability(const CtcSteps& steps, std::u32string_view text) {
    if (steps.count() == 0) return text.empty() ? 0 : least_log;
    Scaled scaled(steps);
    Forward forward = scaled.empty_beginning();
    char32_t last = 0;
    for (const char32_t c : text) {
        forward = scaled.extended(forward, last, c);
        last = c;
    }
    return scaled.log_of(forward);
}

WordTree::WordTree(const std::vector<std::string>& words) : nodes_(1) {
    std::unordered_map<char32_t, std::vector<std::size_t>> by_character;
    for (const std::string& word : words) {
        std::size_t at = 0;
        for (const char32_t c : code_points(word)) {
            auto& same = by_character[c];
            const auto child =
                std::find_if(same.begin(), same.end(), [&](std::size_t n) { return nodes_[n].parent == at; });
            if (child != same.end()) {
                at = *child;
            } else {
                nodes_.push_back({c, at});
                at = nodes_.size() - 1;
                same.push_back(at);
            }
        }
        ends_.push_back(at);
    }
}

std::vector<double> WordTree::log_probabilities(const CtcSteps& steps) const {
    std::vector<double> by_node(nodes_.size(), least_log);
    if (steps.count() == 0) {
        by_node[0] = 0;
    } else {
        Scaled scaled(steps);
        std::vector<Forward> forwards{scaled.empty_beginning()};
        by_node[0] = scaled.log_of(forwards[0]);
        for (std::size_t n = 1; n < nodes_.size(); ++n) {
            const Node& node = nodes_[n];
            forwards.push_back(scaled.extended(forwards[node.parent], nodes_[node.parent].character, node.character));
            by_node[n] = scaled.log_of(forwards[n]);
        }
    }
    std::vector<double> found;
    for (const std::size_t end : ends_) found.push_back(by_node[end]);
    return found;
}

std::vector<double> align(const CtcSteps& steps, std::u32string_view text) {
    const auto count = static_cast<std::size_t>(steps.count());
    if (text.empty() || count < text.size()) return {};
    // States are "nothing" before, between and after the characters, and the characters: 2n + 1.
    const std::size_t states = 2 * text.size() + 1;
    const double never = -std::numeric_limits<double>::infinity();
    std::vector<double> score(states, never);
    std::vector<std::vector<std::size_t>> from(count, std::vector<std::size_t>(states, 0));
    const auto emitted = [&](std::size_t t, std::size_t state) {
        const int step = static_cast<int>(t);
        const double p = state % 2 == 0 ? steps.nothing(step) : steps.at(step, text[state / 2]);
        return std::log(std::max(p, 1e-9));
    };
    score[0] = emitted(0, 0);
    score[1] = emitted(0, 1);
    for (std::size_t t = 1; t < count; ++t) {
        std::vector<double> next(states, never);
        for (std::size_t s = 0; s < states; ++s) {
            std::size_t best = s;
            if (s > 0 && score[s - 1] > score[best]) best = s - 1;
            const bool skips = s > 2 && s % 2 == 1 && text[s / 2] != text[s / 2 - 1];
            if (skips && score[s - 2] > score[best]) best = s - 2;
            from[t][s] = best;
            next[s] = score[best] == never ? never : score[best] + emitted(t, s);
        }
        score = std::move(next);
    }
    std::size_t state = score[states - 1] > score[states - 2] ? states - 1 : states - 2;
    std::vector<double> sums(text.size(), 0), counts(text.size(), 0);
    for (std::size_t t = count; t-- > 0;) {
        if (state % 2 == 1) {
            sums[state / 2] += static_cast<double>(t);
            counts[state / 2] += 1;
        }
        state = from[t][state];
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (counts[i] == 0) return {};
        sums[i] /= counts[i];
    }
    return sums;
}

} // namespace dengji::reading
