#include "pipeline/reading/word_confidence.h"

#include "pipeline/base/error.h"
#include "templates/code_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace dengji::reading {

namespace {

const std::string fallback = "text";
constexpr double highest = 0.999; // nothing that is only seen is surer

double odds_against(double probability) {
    return -std::log(std::clamp(1 - probability, 0.001, 1.0));
}

} // namespace

const std::vector<std::string>& WordConfidence::term_names() {
    static const std::vector<std::string> names = {"bias",  "margin", "log_margin", "greedy",     "familiar",
                                                   "twice", "digits", "length",     "least",      "mean",
                                                   "dip",   "gap",    "ink",        "legibility", "greedy_familiar"};
    return names;
}

std::vector<double> WordConfidence::term_values(const WordEvidence& e) {
    const double greedy = e.greedy_agrees ? 1 : 0;
    return {1,
            std::min(e.margin, 10.0) / 10,
            std::log1p(std::clamp(e.margin, 0.0, 30.0)),
            greedy,
            e.familiar,
            e.seen_twice ? 1.0 : 0.0,
            e.digits_agree ? 1.0 : 0.0,
            std::min(e.length, 30) / 10.0,
            e.least,
            odds_against(e.mean),
            odds_against(std::clamp(e.dip, 0.0, 1.0)),
            std::clamp(e.gap - 1.5, 0.0, 2.0),
            std::min(e.unread_ink, 2.0),
            odds_against(e.sheet_legibility),
            greedy * e.familiar};
}

WordConfidence::WordConfidence(const std::filesystem::path& file) {
    const templates::CodeTable table = templates::load_code_table(file);
    const std::size_t kind = table.column("kind"), term = table.column("term"), weight = table.column("weight");
    const auto& names = term_names();
    for (const auto& row : table.rows) {
        const auto name = std::find(names.begin(), names.end(), row[term]);
        double number = 0;
        const auto end = std::from_chars(row[weight].data(), row[weight].data() + row[weight].size(), number);
        if (name == names.end() || end.ec != std::errc())
            throw Error(ErrorKind::data, file.string() + ": '" + row[term] + "' is no term, or has no number",
                        "Make the file again with training/words, or fetch Dengji again.");
        auto& weights = weights_[row[kind]];
        weights.resize(names.size(), 0);
        weights[static_cast<std::size_t>(name - names.begin())] = number;
    }
    if (!weights_.contains(fallback))
        throw Error(ErrorKind::data, file.string() + " lacks the kind '" + fallback + "'",
                    "Make the file again with training/words, or fetch Dengji again.");
}

double WordConfidence::of(const std::string& kind, const WordEvidence& evidence) const {
    const auto found = weights_.find(kind);
    const std::vector<double>& weights = found == weights_.end() ? weights_.at(fallback) : found->second;
    const std::vector<double> values = term_values(evidence);
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i];
    return std::min(highest, 1 / (1 + std::exp(-sum)));
}

} // namespace dengji::reading
