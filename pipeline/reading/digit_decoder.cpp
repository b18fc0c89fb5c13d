#include "pipeline/reading/digit_decoder.h"

#include "pipeline/reading/ctc_beam.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace dengji::reading {
namespace {

constexpr double foreign_glyph = -2.0;  ///< prior of glyphs that are no digits, once for the line
constexpr double too_far_behind = 16.0; ///< nats behind the best of the beam: not looked at again
constexpr std::size_t most_candidates = 60;
constexpr double least_margin = -12, most_margin = 18;

struct Text {
    std::string text;  ///< with '#'
    std::string value; ///< without, and in plain form
    bool foreign = false;
    double picture = 0, prior = 0, posterior = 0;
    double total() const { return picture + prior; }
};

std::string without_foreign(std::string text) {
    std::erase(text, ocr::DigitNet::foreign);
    return text;
}

/// The texts that any view finds likely, with their exact scores.
std::vector<Text> likely_texts(const ocr::DigitLine& line, bool long_numbers) {
    BeamSettings settings;
    settings.width = long_numbers ? 80 : 40;
    std::map<std::string, double> found;
    for (const cv::Mat& view : line.views) {
        const auto texts = ctc_beam(view, ocr::DigitNet::symbols, settings);
        for (const ScoredText& t : texts) {
            if (t.log_probability < texts.front().log_probability - too_far_behind) break;
            const auto [at, fresh] = found.emplace(t.text, t.log_probability);
            if (!fresh) at->second = std::max(at->second, t.log_probability);
        }
    }
    std::vector<ScoredText> order;
    for (const auto& [text, score] : found) order.push_back({text, score});
    std::stable_sort(order.begin(), order.end(),
                     [](const ScoredText& a, const ScoredText& b) { return a.log_probability > b.log_probability; });
    if (order.size() > most_candidates) order.resize(most_candidates);
    std::vector<Text> texts;
    for (const ScoredText& candidate : order) {
        Text text;
        text.text = candidate.text;
        for (const cv::Mat& view : line.views) text.picture += ctc_score(view, ocr::DigitNet::symbols, candidate.text);
        text.picture /= static_cast<double>(line.views.size());
        if (std::isfinite(text.picture)) texts.push_back(std::move(text));
    }
    return texts;
}

/// Sets posteriors from picture and prior.
void weigh(std::vector<Text>& texts) {
    double top = texts.front().total(), sum = 0;
    for (const Text& t : texts) top = std::max(top, t.total());
    for (const Text& t : texts) sum += std::exp(t.total() - top);
    for (Text& t : texts) t.posterior = std::exp(t.total() - top) / sum;
}

double log_odds(double posterior) {
    const double rest = std::max(1 - posterior, 1e-300);
    return std::clamp(std::log(std::max(posterior, 1e-300) / rest), least_margin, most_margin);
}

/// The chance of one value by the picture alone, as log-odds.
double picture_margin(const std::vector<Text>& texts, const std::string& value) {
    double top = texts.front().picture, with = 0, without = 0;
    for (const Text& t : texts) top = std::max(top, t.picture);
    for (const Text& t : texts) (t.value == value ? with : without) += std::exp(t.picture - top);
    return log_odds(with / (with + without));
}

/// Same values put together, best first.
std::vector<NumberCandidate> values_of(const std::vector<Text>& texts) {
    std::vector<NumberCandidate> values;
    for (const Text& t : texts) {
        const auto same = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.value == t.value; });
        if (same == values.end()) {
            values.push_back({t.value, t.picture, t.posterior});
        } else {
            same->picture = std::max(same->picture, t.picture);
            same->posterior += t.posterior;
        }
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const auto& a, const auto& b) { return a.posterior > b.posterior; });
    return values;
}

} // namespace

std::string_view name_of(NumberOrigin origin) {
    switch (origin) {
    case NumberOrigin::as_read: return "as-read";
    case NumberOrigin::repaired: return "repaired";
    case NumberOrigin::kept: return "kept";
    case NumberOrigin::foreign: return "foreign";
    }
    return "as-read";
}

DecodedNumber DigitDecoder::decode(const ocr::DigitLine& line, std::string_view content,
                                   const NumberHints& hints) const {
    DecodedNumber decoded;
    if (line.views.empty()) return decoded;
    const bool long_numbers = content == "id_number" || content == "id_number_like";
    std::vector<Text> texts = likely_texts(line, long_numbers);
    if (texts.empty()) return decoded;
    for (Text& t : texts) {
        const std::string digits = without_foreign(t.text);
        t.foreign = digits.size() != t.text.size();
        t.value = NumberPrior::plain(content, digits);
        t.prior = prior_.log_weight(content, digits, hints) + (t.foreign ? foreign_glyph : 0);
    }
    weigh(texts);
    decoded.candidates = values_of(texts);
    const auto by_picture = std::max_element(texts.begin(), texts.end(),
                                             [](const Text& a, const Text& b) { return a.picture < b.picture; });
    double foreign_share = 0;
    for (const Text& t : texts) foreign_share += t.foreign ? t.posterior : 0;

    decoded.raw = by_picture->text;
    const NumberCandidate& best = decoded.candidates.front();
    decoded.value = best.value;
    decoded.margin = log_odds(best.posterior);
    decoded.override_nats = std::max(0.0, by_picture->picture - best.picture);
    if (decoded.value == by_picture->value) {
        decoded.override_nats = 0;
    } else if (decoded.override_nats >
               (NumberPrior::is_part_of_date(content) ? most_override_of_dates : most_override)) {
        decoded.origin = NumberOrigin::kept;
        decoded.value = by_picture->value;
        decoded.margin = picture_margin(texts, decoded.value);
    } else {
        decoded.origin = NumberOrigin::repaired;
    }
    if (foreign_share > 0.5 || (decoded.origin == NumberOrigin::kept && by_picture->foreign))
        decoded.origin = NumberOrigin::foreign;
    return decoded;
}

} // namespace dengji::reading
