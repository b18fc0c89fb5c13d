#include "pipeline/reading/ctc_beam.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dengji::reading {
namespace {

constexpr double minus_infinity = -std::numeric_limits<double>::infinity();
constexpr double least_probability = 1e-7; ///< of a class at a step; nothing is impossible

/// A prefix of texts, as a node of the tree of all prefixes.
struct Prefix {
    int parent = -1;
    int symbol = -1;           ///< -1: the root, the empty text
    std::vector<int> children; ///< by symbol, -1: none yet
    std::size_t length = 0;
    double blank = 0, symbol_last = 0;  ///< probability of ending in a blank, in the symbol
    double new_blank = 0, new_last = 0; ///< the same after the step under way
    bool touched = false;
};

/// Probabilities are kept relative to the best prefix; their scale is carried along.
class Beam {
public:
    Beam(std::string_view symbols, const BeamSettings& settings) : symbols_(symbols), settings_(settings) {
        prefixes_.push_back({});
        prefixes_[0].blank = 1;
        active_.push_back(0);
    }

    void advance(const std::vector<double>& p) {
        if (p[0] > settings_.sure_of_nothing) {
            for (const int i : active_) {
                Prefix& prefix = prefixes_[static_cast<std::size_t>(i)];
                prefix.blank = (prefix.blank + prefix.symbol_last) * p[0];
                prefix.symbol_last = 0;
            }
            return;
        }
        reached_.clear();
        for (const int i : active_) extend(i, p);
        keep_best();
    }

    std::vector<ScoredText> texts() const {
        std::vector<ScoredText> found;
        for (const int i : active_) {
            const Prefix& prefix = prefixes_[static_cast<std::size_t>(i)];
            const double sum = prefix.blank + prefix.symbol_last;
            if (sum > 0) found.push_back({text_of(i), scale_ + std::log(sum)});
        }
        std::sort(found.begin(), found.end(), [](const ScoredText& a, const ScoredText& b) {
            return a.log_probability != b.log_probability ? a.log_probability > b.log_probability : a.text < b.text;
        });
        return found;
    }

private:
    void add(int i, double blank, double last) {
        Prefix& prefix = prefixes_[static_cast<std::size_t>(i)];
        if (!prefix.touched) reached_.push_back(i);
        prefix.touched = true;
        prefix.new_blank += blank;
        prefix.new_last += last;
    }

    int child_of(int i, int symbol) {
        auto& children = prefixes_[static_cast<std::size_t>(i)].children;
        if (children.empty()) children.assign(symbols_.size(), -1);
        const auto k = static_cast<std::size_t>(symbol);
        if (children[k] >= 0) return children[k];
        const int made = static_cast<int>(prefixes_.size());
        children[k] = made;
        Prefix child;
        child.parent = i;
        child.symbol = symbol;
        child.length = prefixes_[static_cast<std::size_t>(i)].length + 1;
        prefixes_.push_back(std::move(child));
        return made;
    }

    void extend(int i, const std::vector<double>& p) {
        const auto at = static_cast<std::size_t>(i);
        const double blank = prefixes_[at].blank, last = prefixes_[at].symbol_last;
        const int own = prefixes_[at].symbol;
        add(i, (blank + last) * p[0], own >= 0 ? last * p[static_cast<std::size_t>(own) + 1] : 0);
        if (prefixes_[at].length >= settings_.longest) return;
        for (int symbol = 0; symbol < static_cast<int>(symbols_.size()); ++symbol) {
            const double probability = p[static_cast<std::size_t>(symbol) + 1];
            if (probability < settings_.least_symbol) continue;
            // The same symbol again is a new one only after a blank.
            const double reach = symbol == own ? blank : blank + last;
            if (reach > 0) add(child_of(i, symbol), 0, reach * probability);
        }
    }

    void keep_best() {
        for (const int i : reached_) {
            Prefix& prefix = prefixes_[static_cast<std::size_t>(i)];
            prefix.blank = std::exchange(prefix.new_blank, 0);
            prefix.symbol_last = std::exchange(prefix.new_last, 0);
            prefix.touched = false;
        }
        const auto sum = [this](int i) {
            const Prefix& prefix = prefixes_[static_cast<std::size_t>(i)];
            return prefix.blank + prefix.symbol_last;
        };
        const auto better = [&](int a, int b) { return sum(a) != sum(b) ? sum(a) > sum(b) : a < b; };
        const auto kept = std::min(settings_.width, reached_.size());
        std::partial_sort(reached_.begin(), reached_.begin() + static_cast<std::ptrdiff_t>(kept), reached_.end(),
                          better);
        for (std::size_t k = kept; k < reached_.size(); ++k) {
            Prefix& left_out = prefixes_[static_cast<std::size_t>(reached_[k])];
            left_out.blank = left_out.symbol_last = 0;
        }
        active_.assign(reached_.begin(), reached_.begin() + static_cast<std::ptrdiff_t>(kept));
        const double best = sum(active_.front());
        scale_ += std::log(best);
        for (const int i : active_) {
            prefixes_[static_cast<std::size_t>(i)].blank /= best;
            prefixes_[static_cast<std::size_t>(i)].symbol_last /= best;
        }
    }

    std::string text_of(int i) const {
        std::string text;
        for (; i > 0; i = prefixes_[static_cast<std::size_t>(i)].parent)
            text += symbols_[static_cast<std::size_t>(prefixes_[static_cast<std::size_t>(i)].symbol)];
        std::reverse(text.begin(), text.end());
        return text;
    }

    std::string_view symbols_;
    BeamSettings settings_;
    std::vector<Prefix> prefixes_;
    std::vector<int> active_, reached_;
    double scale_ = 0;
};

double log_of(float value) {
    return std::max(static_cast<double>(value), std::log(least_probability));
}

} // namespace

std::vector<ScoredText> ctc_beam(const cv::Mat& steps, std::string_view symbols, const BeamSettings& settings) {
    Beam beam(symbols, settings);
    std::vector<double> probabilities(symbols.size() + 1);
    for (int t = 0; t < steps.rows; ++t) {
        const auto* row = steps.ptr<float>(t);
        for (std::size_t k = 0; k < probabilities.size(); ++k) probabilities[k] = std::exp(log_of(row[k]));
        beam.advance(probabilities);
    }
    return beam.texts();
}

double ctc_score(const cv::Mat& steps, std::string_view symbols, std::string_view text) {
    // States: blank, first symbol, blank, second symbol, ..., blank.
    std::vector<std::size_t> classes{0};
    for (const char c : text) {
        const auto k = symbols.find(c);
        if (k == std::string_view::npos) return minus_infinity;
        classes.push_back(k + 1);
        classes.push_back(0);
    }
    // Probabilities relative to the likeliest state; their scale is carried along.
    const std::size_t states = classes.size();
    std::vector<double> now(states, 0), next(states);
    now[0] = 1;
    double scale = 0;
    for (int t = 0; t < steps.rows; ++t) {
        const auto* row = steps.ptr<float>(t);
        double best = 0;
        for (std::size_t s = 0; s < states; ++s) {
            double reach = now[s];
            if (s >= 1) reach += now[s - 1];
            if (s >= 2 && classes[s] != 0 && classes[s] != classes[s - 2]) reach += now[s - 2];
            next[s] = reach == 0 ? 0 : reach * std::exp(log_of(row[classes[s]]));
            best = std::max(best, next[s]);
        }
        if (best == 0) return minus_infinity;
        for (double& value : next) value /= best;
        scale += std::log(best);
        std::swap(now, next);
    }
    const double sum = now[states - 1] + (states > 1 ? now[states - 2] : 0);
    return sum > 0 ? scale + std::log(sum) : minus_infinity;
}

} // namespace dengji::reading
