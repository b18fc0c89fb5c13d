#include "pipeline/reading/word_reader.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/ctc_greedy.h"
#include "pipeline/reading/text_cleaning.h"
#include "pipeline/reading/text_decoder.h"

#include <algorithm>

namespace dengji::reading {

namespace {

const Reason not_in_list{"not-in-list", "不在可填内容之列，请核对", "not one of the words that may stand here"};
const Reason illegible{"illegible", "字迹难以辨认，请核对", "the writing can hardly be read"};
const Reason dropped{"character-dropped", "可能漏读了字，请核对", "a character may have been dropped"};
const Reason no_email{"email-form", "电子邮件格式不符，请核对", "mail address has an unusual shape"};
const Reason unusual_host{"email-host", "邮箱所在的网站不常见，请核对", "a mail address with a provider that few use"};

constexpr double lone_margin = 10;     // nats, where nothing competes
constexpr double elsewhere_bonus = 4;  // nats for what another paper says
constexpr double same_value_odds = -4; // nats from which two addresses are read as one
constexpr double least_legible = 0.55; // mean probability of a field's characters
constexpr double clear_ink = 0.75;     // of the least sure character
constexpr double deep_dip = 0.4, much_ink = 0.45, close_margin = 1;
constexpr std::size_t most_alternatives = 5;

bool says(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Names of counties as people write them before a detailed address.
std::vector<std::string> counties_of(const Vocabularies& vocabularies) {
    std::vector<std::string> counties;
    const auto found = vocabularies.find("place.county");
    if (found == vocabularies.end()) return counties;
    for (const std::string& county : found->second.entries())
        if (code_points(county).size() > 2) counties.push_back(county);
    return counties;
}

StepOptions step_options(const std::string& kind) {
    StepOptions options;
    if (kind == "name") return NameDecoder::step_options();
    if (kind == "address") options.least_ink = .5;
    if (kind == "list" || kind == "word") options.specks = true;
    if (kind == "email") options.letters = true, options.commonness = false;
    return options;
}

} // namespace

const Reason close_second{"close-second", "另有相近的读法，请核对", "another reading is nearly as likely"};

WordReader::WordReader(const std::vector<std::string>& by_class, const Vocabularies& vocabularies,
                       const AddressWords& address_words, const std::filesystem::path& words)
    : classes_(by_class, load_confusions(words / "confusion.csv")), vocabularies_(vocabularies), names_(words),
      addresses_(address_words, counties_of(vocabularies)), confidence_(words / "confidence.csv") {
    const auto weights = load_entry_weights(words / "usual.csv");
    for (const auto& [content, vocabulary] : vocabularies) {
        const auto its = weights.find(content);
        lists_.emplace(content, ListDecoder(vocabulary, its == weights.end() ? EntryWeights{} : its->second));
    }
}

WordReading WordReader::begin(const std::vector<cv::Mat>& lines, const std::string& kind, const WordHints& hints,
                              GreedyReading& greedy) const {
    greedy = greedy_reading(lines, classes_);
    WordReading reading;
    reading.raw = greedy.text;
    reading.kind = kind;
    reading.evidence.least = greedy.least;
    reading.evidence.mean = greedy.mean;
    reading.evidence.dip = greedy.deepest_dip;
    reading.evidence.gap = greedy.widest_gap;
    reading.evidence.unread_ink = hints.unread_ink;
    return reading;
}

/// The best candidate becomes the value.
void WordReader::take(TextCandidates candidates, const WordHints& hints, WordReading& reading) const {
    for (TextCandidate& candidate : candidates)
        if (says(hints.elsewhere, candidate.text)) candidate.score += elsewhere_bonus;
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const TextCandidate& a, const TextCandidate& b) { return a.score > b.score; });
    if (candidates.empty()) {
        reading.value = clean_chinese(reading.raw);
        return;
    }
    reading.value = candidates.front().text;
    reading.margin = candidates.size() > 1 ? candidates[0].score - candidates[1].score : lone_margin;
    for (std::size_t i = 1; i < candidates.size() && reading.alternatives.size() < most_alternatives; ++i)
        reading.alternatives.push_back(candidates[i].text);
}

/// A name that is clearly written stays as it is, however unusual (昇 is no 异): both are shown, and a person decides.
void WordReader::keep_clear_name(const GreedyReading& greedy, WordReading& reading) const {
    const std::string written = clean_chinese(reading.raw);
    const bool clear = !greedy.characters.empty() && greedy.least >= clear_ink;
    if (!clear || written == reading.value || code_points(written).size() != code_points(reading.value).size()) return;
    std::erase(reading.alternatives, written);
    reading.alternatives.insert(reading.alternatives.begin(), reading.value);
    reading.value = written;
    reading.margin = 0;
}

void WordReader::read_list(const CtcSteps& steps, const std::string& content, const WordHints& hints,
                           const GreedyReading& greedy, WordReading& reading) const {
    ListDecoder::Result result = lists_.at(content).decode(steps, greedy);
    if (result.is_listed) {
        if (result.unknown.text != result.listed.front().text) result.listed.push_back(result.unknown);
        reading.evidence.familiar = 1;
    } else {
        if (result.listed.size() > 1) result.listed.resize(1);
        // Refused as the beginning of something longer, an entry may have scored better.
        for (TextCandidate& entry : result.listed) entry.score = std::min(entry.score, result.unknown.score);
        result.listed.insert(result.listed.begin(), result.unknown);
        if (vocabularies_.at(content).coverage() != Coverage::part) reading.reasons.push_back(not_in_list);
    }
    take(std::move(result.listed), hints, reading);
}

void WordReader::judge_address(AddressDecoder::Field& field, WordReading& reading) const {
    const AddressParts parts = addresses_.parts(reading.value);
    reading.evidence.familiar = (parts.town.empty() ? 0 : .5) + (parts.place.empty() ? 0 : .5);
    if (!field.has_digit_reader() || !parts.has_digits) return;
    const std::u32string text = code_points(reading.value);
    const auto runs = field.readings_of_runs(text);
    std::string first_choices, digits;
    for (const auto& readings : runs) first_choices += readings.empty() ? "?" : readings.front().text;
    for (const char c : reading.value)
        if ((c >= '0' && c <= '9') || c == '-') digits += c;
    reading.evidence.digits_agree = first_choices == digits;
}

void WordReader::finish(const WordHints& hints, WordReading& reading) const {
    WordEvidence& evidence = reading.evidence;
    evidence.margin = reading.margin;
    evidence.length = static_cast<int>(code_points(reading.value).size());
    evidence.greedy_agrees =
        reading.value == with_plain_digits(clean_chinese(reading.raw)) || reading.value == reading.raw;
    evidence.seen_twice = evidence.seen_twice || says(hints.elsewhere, reading.value);
    if (reading.kind == "name") evidence.familiar = names_.familiarity(reading.value);
    evidence.sheet_legibility = hints.sheet_legibility >= 0 ? hints.sheet_legibility : evidence.mean;
    reading.legible = evidence.mean >= least_legible;
    if (reading.raw.empty() || reading.value.empty()) return;
    if (!reading.legible) reading.reasons.push_back(illegible);
    if (evidence.dip >= deep_dip || evidence.unread_ink >= much_ink)
        if (!evidence.familiar || evidence.unread_ink >= much_ink) reading.reasons.push_back(dropped);
    if (reading.margin < close_margin) reading.reasons.push_back(close_second);
    reading.confidence = confidence_.of(reading.kind, evidence);
}

WordReading WordReader::read(const std::vector<cv::Mat>& lines, const std::string& content,
                             const WordHints& hints) const {
    const auto list = vocabularies_.find(content);
    const bool is_list = list != vocabularies_.end();
    const bool has_own_kind = content == "name" || content == "address" || content == "email";
    GreedyReading greedy;
    WordReading reading = begin(lines,
                                is_list        ? (list->second.closed() ? "list" : "word")
                                : has_own_kind ? content
                                               : "text",
                                hints, greedy);
    if (greedy.characters.empty()) return reading;
    const CtcSteps steps(lines, classes_, step_options(reading.kind));
    if (is_list) {
        read_list(steps, content, hints, greedy, reading);
    } else if (content == "name") {
        take(names_.decode(steps, hints.elsewhere), hints, reading);
        keep_clear_name(greedy, reading);
    } else if (content == "address") {
        AddressDecoder::Field field(steps, hints.digits);
        take(addresses_.decode(field), hints, reading);
        judge_address(field, reading);
    } else if (content == "email") {
        take(decode_email(steps), hints, reading);
        if (reading.alternatives.empty() && reading.margin == 0)
            reading.reasons.push_back(no_email);
        else if (!has_usual_host(reading.value))
            reading.reasons.push_back(unusual_host);
    } else {
        take(decode_free_text(steps), hints, reading);
    }
    finish(hints, reading);
    return reading;
}

std::pair<WordReading, WordReading> WordReader::read_addresses(const std::vector<cv::Mat>& first,
                                                               const WordHints& first_hints,
                                                               const std::vector<cv::Mat>& second,
                                                               const WordHints& second_hints) const {
    const std::string kind = "address";
    GreedyReading greedy;
    WordReading a = begin(first, kind, first_hints, greedy), b = begin(second, kind, second_hints, greedy);
    const CtcSteps first_steps(first, classes_, step_options(kind)), second_steps(second, classes_, step_options(kind));
    AddressDecoder::Field first_field(first_steps, first_hints.digits), second_field(second_steps, second_hints.digits);
    const TextCandidates of_first = a.raw.empty() ? TextCandidates{} : addresses_.decode(first_field);
    const TextCandidates of_second = b.raw.empty() ? TextCandidates{} : addresses_.decode(second_field);
    take(of_first, first_hints, a);
    take(of_second, second_hints, b);
    const auto joint = addresses_.join(first_field, of_first, second_field, of_second);
    if (joint && joint->odds > same_value_odds) {
        for (WordReading* reading : {&a, &b}) {
            if (reading->value != joint->best.text) {
                std::erase(reading->alternatives, joint->best.text);
                reading->alternatives.insert(reading->alternatives.begin(), reading->value);
                reading->value = joint->best.text;
            }
            reading->margin = joint->margin;
            reading->evidence.seen_twice = true;
        }
    }
    judge_address(first_field, a);
    judge_address(second_field, b);
    finish(first_hints, a);
    finish(second_hints, b);
    return {std::move(a), std::move(b)};
}

double WordReader::confidence(const WordReading& reading, double sheet_legibility) const {
    if (reading.raw.empty() || reading.value.empty()) return 0;
    WordEvidence evidence = reading.evidence;
    evidence.sheet_legibility = sheet_legibility;
    return confidence_.of(reading.kind, evidence);
}

} // namespace dengji::reading
