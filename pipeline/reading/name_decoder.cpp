#include "pipeline/reading/name_decoder.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/ctc_lexicon.h"
#include "pipeline/reading/word_beam.h"
#include "templates/code_table.h"

#include <algorithm>

namespace dengji::reading {

namespace {

constexpr double language_share = .3, length_bonus = 2;
constexpr double two_character_surnames = .004;
constexpr double listed_given = .8; // of all given characters

std::vector<std::u32string> column_of_names(const std::filesystem::path& file) {
    const templates::CodeTable table = templates::load_code_table(file);
    const std::size_t name = table.column("name");
    std::vector<std::u32string> names;
    for (const auto& row : table.rows) names.push_back(code_points(row[name]));
    return names;
}

/// Frequencies fall about as 1/rank; the first ones are closer together than that.
double weight_of_rank(std::size_t rank, double first) {
    return 1 / (static_cast<double>(rank) + first);
}

} // namespace

StepOptions NameDecoder::step_options() {
    StepOptions options;
    options.floor = 1e-5;
    options.least_ink = .002;
    return options;
}

NameDecoder::NameDecoder(const std::filesystem::path& folder) {
    const auto surnames = column_of_names(folder / "surname.csv"), given = column_of_names(folder / "given_name.csv");
    std::vector<std::pair<std::u32string, double>> single, compound;
    for (const auto& name : surnames) {
        surnames_.insert(name);
        if (name.size() == 1)
            single.emplace_back(name, weight_of_rank(single.size(), 8));
        else
            compound.emplace_back(name, 1);
    }
    std::unordered_map<char32_t, double> counts;
    for (const auto& name : given) {
        if (name.size() != 1 || !given_.insert(name.front()).second) continue;
        counts[name.front()] = weight_of_rank(counts.size(), 40);
    }
    const int of_given = grammar_.add_shares(CharacterShares(counts, listed_given));
    const int of_any = grammar_.add_shares(CharacterShares({}, 0));

    const auto first = grammar_.add_state(), after_surname = grammar_.add_state(), one = grammar_.add_state(),
               two = grammar_.add_state(), three = grammar_.add_state();
    grammar_.words(single, first, after_surname, .96 - two_character_surnames);
    grammar_.words(compound, first, after_surname, two_character_surnames);
    grammar_.on_any(of_any, first, after_surname, .035);
    grammar_.on_any(of_given, after_surname, one, 1);
    grammar_.finish(one, .2);
    grammar_.on_any(of_given, one, two, .8);
    grammar_.finish(two, .992);
    grammar_.on_any(of_given, two, three, .008);
    grammar_.finish(three, 1);

    // Names of several parts with dots between; and long ones written without dots.
    const auto part = grammar_.add_state(), in_part = grammar_.add_state(), in_last = grammar_.add_state();
    grammar_.skip(first, part, .005);
    grammar_.on_any(of_any, part, in_part, 1);
    grammar_.on_any(of_any, in_part, in_part, .7);
    grammar_.on(U'·', in_part, in_last, .2);
    const auto last = grammar_.add_state();
    grammar_.on_any(of_any, in_last, last, 1);
    grammar_.on_any(of_any, last, last, .7);
    grammar_.on(U'·', last, in_last, .05);
    grammar_.finish(last, .25);
    grammar_.finish(in_part, .1);
    grammar_.set_first(first);
}

TextCandidates NameDecoder::decode(const CtcSteps& steps, const std::vector<std::string>& elsewhere) const {
    BeamOptions options;
    options.width = 40;
    options.likeliest = 25;
    options.language_share = language_share;
    options.length_bonus = length_bonus;
    options.results = 30;
    std::set<std::string> texts(elsewhere.begin(), elsewhere.end());
    for (const Hypothesis& hypothesis : beam_search(steps, grammar_, options)) texts.insert(utf8(hypothesis.text));
    texts.erase("");
    const std::vector<std::string> listed(texts.begin(), texts.end());
    const std::vector<double> pictures = WordTree(listed).log_probabilities(steps);
    TextCandidates candidates;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const std::u32string text = code_points(listed[i]);
        TextCandidate candidate{listed[i], 0, pictures[i], grammar_.log_weight(text)};
        candidate.score =
            candidate.picture + language_share * candidate.language + length_bonus * static_cast<double>(text.size());
        candidates.push_back(std::move(candidate));
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; });
    return candidates;
}

double NameDecoder::familiarity(const std::string& name) const {
    const std::u32string text = code_points(name);
    for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
        if (text.size() <= length || !surnames_.contains(text.substr(0, length))) continue;
        const bool all = std::all_of(text.begin() + static_cast<std::ptrdiff_t>(length), text.end(),
                                     [&](char32_t c) { return given_.contains(c); });
        return all ? 1 : .5;
    }
    return 0;
}

} // namespace dengji::reading
