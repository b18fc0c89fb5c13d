#include "pipeline/reading/address_decoder.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/ctc_lexicon.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace dengji::reading {

namespace {

constexpr double language_share = .5, digit_share = .6;
// For each character that is read. Chinese ones are costly to the grammar, digits are not: with the same bonus a stroke
// that is no digit (a tail, a dot) would be read as a 1 or a hyphen.
constexpr double length_bonus = 4, digit_bonus = 2.5, hyphen_bonus = .5;
constexpr double share_of_same = .6; // of sheets, on which both addresses are one
constexpr double unread_digits = 2;  // nats that digits lose which the digit reader did not think of
constexpr double silent_reader = -6; // nats for a run where the digit reader sees none
constexpr int columns_a_step = 8;
constexpr double half_a_digit = 3; // steps before the first and behind the last character of a line
constexpr std::size_t most_varied = 6, most_readings = 3, most_variants = 40;

bool in_run(char32_t c) {
    return (c >= U'0' && c <= U'9') || c == U'-';
}

struct Run {
    std::size_t from = 0, to = 0; ///< characters [from, to)
};

std::vector<Run> runs_of(const std::u32string& text) {
    std::vector<Run> runs;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!in_run(text[i])) continue;
        if (runs.empty() || runs.back().to != i)
            runs.push_back({i, i + 1});
        else
            runs.back().to = i + 1;
    }
    return runs;
}

double bonus_of(const std::u32string& text) {
    double bonus = 0;
    for (const char32_t c : text) bonus += c == U'-' ? hyphen_bonus : in_run(c) ? digit_bonus : length_bonus;
    return bonus;
}

/// The text with each run as one '#': texts that differ only in their digits have the same places.
std::u32string skeleton_of(const std::u32string& text) {
    std::u32string skeleton;
    for (const char32_t c : text)
        if (!in_run(c))
            skeleton += c;
        else if (skeleton.empty() || skeleton.back() != U'#')
            skeleton += U'#';
    return skeleton;
}

/// Numbers without leading zeros, joined by single hyphens.
bool is_number(const std::string& text) {
    bool at_start = true;
    for (const char c : text) {
        if (at_start && (c < '1' || c > '9')) return false;
        if (c != '-' && (c < '0' || c > '9')) return false;
        at_start = c == '-';
    }
    return !at_start;
}

std::u32string replaced(const std::u32string& text, const Run& run, const std::string& digits) {
    return text.substr(0, run.from) + code_points(digits) + text.substr(run.to);
}

/// `text` with what the digit reader sees in its runs: each alone, and all of the best together.
void add_variants(AddressDecoder::Field& field, const std::u32string& text, std::vector<std::u32string>& variants) {
    const auto readings = field.readings_of_runs(text);
    const std::vector<Run> runs = runs_of(text);
    std::u32string all = text;
    for (std::size_t r = runs.size(); r-- > 0;) { // from the end, so that places stay true
        bool is_first = true;
        for (std::size_t i = 0; i < std::min(readings[r].size(), most_readings); ++i) {
            const std::string& digits = readings[r][i].text;
            if (!is_number(digits)) continue;
            variants.push_back(replaced(text, runs[r], digits));
            if (is_first) all = replaced(all, runs[r], digits);
            is_first = false;
        }
    }
    variants.push_back(all);
}

} // namespace

std::vector<std::vector<DigitReading>> AddressDecoder::Field::readings_of_runs(const std::u32string& text) {
    const std::vector<Run> runs = runs_of(text);
    std::vector<std::vector<DigitReading>> none(runs.size());
    if (!digits_ || runs.empty()) return none;
    const auto known = by_skeleton_.find(skeleton_of(text));
    if (known != by_skeleton_.end()) return known->second;
    std::vector<std::vector<DigitReading>>& found = by_skeleton_[skeleton_of(text)];
    found = none;
    const std::vector<double> places = align(*steps_, text);
    if (places.empty()) return found;
    const auto place = [&](std::size_t i) { return steps_->place(static_cast<int>(std::lround(places[i]))); };
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const auto first = place(runs[r].from), last = place(runs[r].to - 1);
        if (first.line < 0 || first.line != last.line) continue;
        double from = first.step - half_a_digit, to = last.step + half_a_digit;
        if (runs[r].from > 0 && place(runs[r].from - 1).line == first.line)
            from = (place(runs[r].from - 1).step + first.step) / 2.0;
        if (runs[r].to < text.size() && place(runs[r].to).line == first.line)
            to = (place(runs[r].to).step + last.step) / 2.0;
        // Texts that differ elsewhere see the same run a step to the left or right: such are read once.
        const std::tuple at(first.line, static_cast<int>(std::lround(from)), static_cast<int>(std::lround(to)));
        const auto [known_place, is_new] = by_place_.try_emplace(at);
        if (is_new)
            known_place->second = digits_(first.line, std::max(0, columns_a_step * std::get<1>(at)),
                                          columns_a_step * (std::get<2>(at) + 1));
        found[r] = known_place->second;
    }
    return found;
}

double AddressDecoder::Field::digit_score(const std::u32string& text) {
    if (!digits_) return 0;
    const std::vector<Run> runs = runs_of(text);
    const auto readings = readings_of_runs(text);
    double score = 0;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const std::string digits = utf8(std::u32string_view(text).substr(runs[r].from, runs[r].to - runs[r].from));
        double its = silent_reader;
        for (const DigitReading& reading : readings[r]) its = std::min(its, reading.log_probability - unread_digits);
        for (const DigitReading& reading : readings[r])
            if (reading.text == digits) its = reading.log_probability;
        score += its;
    }
    return score;
}

AddressDecoder::AddressDecoder(const AddressWords& words, std::vector<std::string> counties)
    : words_(words), counties_(std::move(counties)), grammar_(address_grammar(words_, counties_)) {}

TextCandidates AddressDecoder::scored(Field& field, const std::vector<std::u32string>& texts) const {
    std::vector<std::string> encoded;
    for (const auto& text : texts) encoded.push_back(utf8(text));
    const std::vector<double> pictures = WordTree(encoded).log_probabilities(field.steps());
    TextCandidates candidates;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        TextCandidate candidate{encoded[i], 0, pictures[i], grammar_.log_weight(texts[i])};
        candidate.score = candidate.picture + language_share * candidate.language + bonus_of(texts[i]) +
                          digit_share * field.digit_score(texts[i]);
        candidates.push_back(std::move(candidate));
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; });
    return candidates;
}

TextCandidates AddressDecoder::decode(Field& field) const {
    const std::vector<Hypothesis> found = beam_search(field.steps(), grammar_, BeamOptions{});
    std::vector<std::u32string> texts;
    for (const Hypothesis& hypothesis : found) texts.push_back(hypothesis.text);
    if (field.has_digit_reader())
        for (std::size_t i = 0; i < std::min(found.size(), most_varied); ++i) add_variants(field, found[i].text, texts);
    std::vector<std::u32string> different;
    std::set<std::u32string> seen;
    for (auto& text : texts)
        if (different.size() < most_variants && seen.insert(text).second) different.push_back(std::move(text));
    return scored(field, different);
}

std::optional<AddressDecoder::Joint> AddressDecoder::join(Field& first, const TextCandidates& of_first, Field& second,
                                                          const TextCandidates& of_second) const {
    if (of_first.empty() || of_second.empty()) return std::nullopt;
    std::set<std::u32string> both;
    for (const TextCandidates* candidates : {&of_first, &of_second})
        for (const TextCandidate& candidate : *candidates) both.insert(code_points(candidate.text));
    const std::vector<std::u32string> texts(both.begin(), both.end());
    std::map<std::string, TextCandidate> in_second;
    for (TextCandidate& candidate : scored(second, texts)) in_second[candidate.text] = candidate;
    TextCandidates joint;
    for (TextCandidate candidate : scored(first, texts)) {
        const TextCandidate& other = in_second.at(candidate.text);
        // Written twice, thought of once: the grammar counts once, the length bonus for each line read.
        candidate.score += other.score - language_share * other.language + std::log(share_of_same);
        candidate.picture += other.picture;
        joint.push_back(std::move(candidate));
    }
    std::sort(joint.begin(), joint.end(),
              [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; });
    Joint result{joint.front(), 0, joint.size() > 1 ? joint[0].score - joint[1].score : 0};
    result.odds =
        joint.front().score - (of_first.front().score + of_second.front().score + std::log(1 - share_of_same));
    return result;
}

} // namespace dengji::reading
