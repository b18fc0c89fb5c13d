#include "pipeline/reading/list_decoder.h"

#include "pipeline/base/error.h"
#include "pipeline/base/text.h"
#include "templates/code_table.h"

#include <algorithm>
#include <charconv>

namespace dengji::reading {

namespace {

constexpr double weight_share = .7;
// What an unknown text costs beside one of the list: with less, words that are close to an entry are lost, with more,
// unknown words are taken for entries without a sign.
struct Unknown {
    double always, a_character;
};
Unknown cost_of_unknown(Coverage coverage) {
    if (coverage == Coverage::all) return {2, 4};
    return coverage == Coverage::most ? Unknown{1.5, 2.5} : Unknown{0, 1.5};
}
constexpr double clearly_there = .5; // probability of a character behind an entry

double number_of(const std::string& text, const std::filesystem::path& file) {
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
        throw Error(ErrorKind::data, file.string() + ": '" + text + "' is not a number", "Correct that row.");
    return number;
}

} // namespace

std::map<std::string, EntryWeights> load_entry_weights(const std::filesystem::path& file) {
    const templates::CodeTable table = templates::load_code_table(file);
    const std::size_t content = table.column("content"), name = table.column("name"), nats = table.column("nats");
    std::map<std::string, EntryWeights> weights;
    for (const auto& row : table.rows) weights[row[content]][row[name]] = number_of(row[nats], file);
    return weights;
}

ListDecoder::ListDecoder(const Vocabulary& vocabulary, const EntryWeights& weights)
    : entries_(vocabulary.entries()), tree_(entries_), coverage_(vocabulary.coverage()) {
    const auto others = weights.find("*");
    const double of_others = others == weights.end() ? 0 : others->second;
    for (const std::string& entry : entries_) {
        const auto its = weights.find(entry);
        weights_.push_back(its == weights.end() ? of_others : its->second);
    }
}

/// 养老护理 must not be the answer where 养老护理员 is clearly written but unknown.
bool ListDecoder::is_beginning_of_longer(const std::string& entry, const GreedyReading& greedy) const {
    if (greedy.text.size() <= entry.size() || !greedy.text.starts_with(entry)) return false;
    const std::size_t length = code_points(entry).size();
    return length < greedy.characters.size() && !is_speck(greedy.characters[length].character) &&
           greedy.characters[length].probability >= clearly_there;
}

ListDecoder::Result ListDecoder::decode(const CtcSteps& steps, const GreedyReading& greedy) const {
    Result result;
    const std::vector<double> pictures = tree_.log_probabilities(steps);
    for (std::size_t i = 0; i < entries_.size(); ++i)
        result.listed.push_back({entries_[i], pictures[i] + weight_share * weights_[i], pictures[i], weights_[i]});
    const auto by_score = [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; };
    std::sort(result.listed.begin(), result.listed.end(), by_score);

    const std::u32string own = steps.best_path();
    const double length = static_cast<double>(own.size());
    result.unknown.text = utf8(own);
    result.unknown.picture = log_probability(steps, own);
    const Unknown cost = cost_of_unknown(coverage_);
    result.unknown.language = -cost.always - cost.a_character * length;
    result.unknown.score = result.unknown.picture + result.unknown.language;
    if (result.listed.empty()) return result;
    const TextCandidate& best = result.listed.front();
    result.is_listed = best.score > result.unknown.score && !is_beginning_of_longer(best.text, greedy);
    return result;
}

} // namespace dengji::reading
