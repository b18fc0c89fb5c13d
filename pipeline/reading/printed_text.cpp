#include "pipeline/reading/printed_text.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/address_shape.h"
#include "pipeline/reading/character_cuts.h"
#include "pipeline/reading/contact.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/text_cleaning.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace dengji::reading {

namespace {

constexpr int chinese_height = 30, second_chinese_height = 24;
constexpr int latin_height = 24;
constexpr double least_text_likeness = 0.5; // below, a drawn text says nothing about a line
constexpr double unsure_line = 0.85;        // below, a line is read once more with thicker ink
constexpr int shortest_town = 3, longest_town = 4;

std::string only_plain(const std::string& text) {
    std::string kept;
    for (const char32_t c : code_points(with_plain_digits(text)))
        if (c != U' ' && c != U'\n') kept += utf8(c);
    return kept;
}

} // namespace

struct PrintedTextReader::Lines {
    std::string text;
    double confidence = 1;
};

PrintedTextReader::PrintedTextReader(ocr::Recogniser& recogniser, const Vocabularies& vocabularies,
                                     const AddressWords& address_words)
    : recogniser_(recogniser), vocabularies_(vocabularies), address_words_(address_words) {}

PrintedTextReader::Lines PrintedTextReader::read_lines(const cv::Mat& flat, const std::vector<cv::Rect>& extents,
                                                       ocr::Script script, int text_height, double em) {
    Lines lines;
    Framing framing;
    framing.text_height = text_height;
    framing.least_height = 0.6 * em;
    for (const cv::Rect& extent : extents) {
        const ocr::TextLine line = recogniser_.read(frame_line(flat, extent, framing).grey, script);
        lines.text += line.text;
        lines.confidence = std::min(lines.confidence, line.confidence);
    }
    if (extents.empty()) lines.confidence = 0;
    return lines;
}

FieldText PrintedTextReader::read(const FieldPicture& picture, const std::string& content) {
    const auto& [flat, extents, em] = picture;
    if (extents.empty()) return {};
    if (content == "email") return read_email(flat, extents, em);
    if (content == "address") return read_address(flat, extents, em);
    const auto words = vocabularies_.find(content);
    FieldText text =
        words != vocabularies_.end() ? read_word(flat, extents, em, words->second) : read_text(flat, extents, em);
    text.opinions.push_back({text.recogniser, text.raw, text.evidence.recogniser});
    return text;
}

FieldText PrintedTextReader::read_email(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em) {
    FieldText result;
    const Lines line = read_lines(flat, extents, ocr::Script::latin, latin_height, em);
    Verdict verdict = check_email(only_plain(line.text));
    result.recogniser = recogniser_.name();
    result.raw = line.text;
    result.evidence.recogniser = line.confidence;
    result.evidence.support = verdict.support;
    result.value = std::move(verdict.value);
    result.reasons = std::move(verdict.reasons);
    return result;
}

FieldText PrintedTextReader::read_word(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em,
                                       const Vocabulary& words) {
    FieldText result;
    Lines line = read_lines(flat, extents, ocr::Script::chinese, chinese_height, em);
    std::string text = clean_chinese(line.text);
    const auto can_write = [this](const std::string& c) { return recogniser_.can_write(c); };
    result.recogniser = recogniser_.name();
    result.raw = line.text;
    result.value = text;
    result.evidence.recogniser = line.confidence;
    const bool listed = words.contains(text);
    if (listed) result.evidence.support = Support::for_it;

    const auto match =
        extents.size() == 1 ? words_.match(flat, extents.front(), words.entries(), words.usual()) : std::nullopt;
    if (match) {
        result.evidence.word_score = match->score;
        result.evidence.word_margin = match->margin;
        result.evidence.word_agrees = match->word == text;
    }
    if (listed) return result;

    const auto nearest = words.nearest(text, can_write);
    const double length = static_cast<double>(std::max<std::size_t>(1, characters(text).size()));
    const bool is_near = nearest && nearest->distance <= 0.5 * length && nearest->margin > 0;
    const bool unread = words.closed() || line.confidence < unsure_line;
    if (match && match->score >= (unread ? 0.45 : 0.8)) {
        result.value = match->word;
        result.evidence.word_agrees = true;
        result.evidence.support = Support::none;
        result.evidence.recogniser = nearest && nearest->entry == match->word ? line.confidence : 0.5 * line.confidence;
    } else if (is_near && (words.closed() || nearest->distance <= 0.34 * length)) {
        result.value = nearest->entry;
        result.evidence.recogniser = 0.6 * line.confidence;
    } else if (words.coverage() != Coverage::part) {
        result.evidence.support = Support::against;
        result.reasons.push_back(
            {"not-in-list", "不在可填内容之列，请核对", "not one of the words that may stand here"});
    }
    if (result.value != text && !text.empty()) result.alternatives.push_back(text);
    return result;
}

std::optional<WordMatch> PrintedTextReader::match_town(const cv::Mat& flat, const cv::Rect& extent) {
    std::optional<WordMatch> best;
    for (int length = shortest_town; length <= longest_town; ++length) {
        std::vector<std::string> towns;
        for (const std::string& town : address_words_.towns())
            if (static_cast<int>(characters(town).size()) == length) towns.push_back(town);
        const cv::Rect part = first_characters(flat, extent, length);
        if (towns.empty() || part.empty()) continue;
        const auto match = words_.match(flat, part, towns);
        if (!match) continue;
        if (!best || match->score > best->score) {
            const double rival = best ? best->score : 0;
            best = match;
            best->margin = std::min(best->margin, best->score - rival);
        } else {
            best->margin = std::min(best->margin, best->score - match->score);
        }
    }
    return best;
}

std::string PrintedTextReader::with_known_words(const std::string& address,
                                                const std::optional<WordMatch>& town_picture) const {
    const auto can_write = [this](const std::string& c) { return recogniser_.can_write(c); };
    const std::vector<std::string> text = characters(address);
    AddressWord town = AddressWords::at(text, 0, address_words_.towns(), can_write);
    if (town_picture && town_picture->score >= 0.6 && town.word != town_picture->word &&
        (town.word.empty() || town.distance > 0)) {
        // Where the text shows no town, it still ends where the town's last character stands.
        const std::vector<std::string> its = characters(town_picture->word);
        const auto reach = text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), its.size() + 1));
        const auto last = std::find(text.begin(), reach, its.back());
        town.word = town_picture->word;
        town.length =
            last != reach ? static_cast<std::size_t>(last - text.begin()) + 1 : std::min(its.size(), text.size());
    }
    if (town.word.empty()) return address;
    std::string value = town.word;
    std::size_t from = town.length;
    AddressWord next = AddressWords::at(text, from, address_words_.villages(town.word), can_write);
    const AddressWord road = AddressWords::at(text, from, address_words_.roads(), can_write);
    if (!road.word.empty() && (next.word.empty() || road.distance < next.distance)) next = road;
    if (!next.word.empty() && next.distance <= 1 && next.margin > 0) {
        value += next.word;
        from += next.length;
    }
    for (; from < text.size(); ++from) value += text[from];
    return value;
}

/// Reads the line in more than one framing; the first and its confidence are kept in `result`.
std::vector<std::string> PrintedTextReader::read_candidates(const cv::Mat& flat, const std::vector<cv::Rect>& extents,
                                                            double em, FieldText& result) {
    const Lines first = read_lines(flat, extents, ocr::Script::chinese, chinese_height, em);
    result.raw = first.text;
    result.recogniser = recogniser_.name();
    result.evidence.recogniser = first.confidence;
    std::vector<std::string> candidates{clean_chinese(first.text)};
    if (first.confidence >= unsure_line) {
        const Lines again = read_lines(flat, extents, ocr::Script::chinese, second_chinese_height, em);
        candidates.push_back(clean_chinese(again.text));
        result.evidence.second_agrees = candidates[0] == candidates[1];
    } else {
        // Strokes that a 1-bit scan broke join again when all ink grows by a pixel.
        cv::Mat grown;
        cv::erode(flat, grown, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
        candidates.push_back(clean_chinese(read_lines(grown, extents, ocr::Script::chinese, chinese_height, em).text));
    }
    return candidates;
}

/// Of several readings, the one that looks most like the line when it is drawn; the first when none does.
void PrintedTextReader::choose(const std::vector<std::string>& candidates, const cv::Mat& flat,
                               const std::vector<cv::Rect>& extents, FieldText& result) {
    result.value = candidates.front();
    PrintLikeness best;
    for (std::size_t i = 0; i < candidates.size() && extents.size() == 1; ++i) {
        if (std::find(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(i), candidates[i]) !=
            candidates.begin() + static_cast<std::ptrdiff_t>(i))
            continue;
        const PrintLikeness likeness = PrintedWordMatcher::likeness(flat, extents.front(), candidates[i]);
        const bool better = i == 0 || (likeness.whole >= least_text_likeness && likeness.whole > best.whole + 0.01);
        if (!better) continue;
        best = likeness;
        result.value = candidates[i];
    }
    result.evidence.print_likeness = best.whole;
    result.evidence.weakest_likeness = best.weakest;
    for (const std::string& candidate : candidates) {
        if (candidate.empty() || candidate == result.value) continue;
        if (std::find(result.alternatives.begin(), result.alternatives.end(), candidate) == result.alternatives.end())
            result.alternatives.push_back(candidate);
    }
    if (result.value != candidates.front()) result.evidence.second_agrees = false;
}

FieldText PrintedTextReader::read_address(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em) {
    FieldText result;
    std::vector<std::string> candidates = read_candidates(flat, extents, em, result);
    const auto town = extents.size() == 1 ? match_town(flat, extents.front()) : std::nullopt;
    for (std::size_t i = 0, count = candidates.size(); i < count; ++i)
        candidates.push_back(with_known_words(candidates[i], town));
    choose(candidates, flat, extents, result);
    Verdict verdict = check_address(result.value);
    const auto can_write = [this](const std::string& c) { return recogniser_.can_write(c); };
    const AddressWord near = AddressWords::at(characters(result.value), 0, address_words_.towns(), can_write);
    if (!near.word.empty() && near.distance > 0) {
        verdict.support = Support::against;
        verdict.reasons.push_back({"address-town", "地址中的镇街名称与名录不符，请核对",
                                   "the town is like one of the list, but not the same"});
    }
    result.evidence.support = verdict.support;
    result.reasons = std::move(verdict.reasons);
    return result;
}

FieldText PrintedTextReader::read_text(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em) {
    FieldText result;
    const std::vector<std::string> candidates = read_candidates(flat, extents, em, result);
    choose(candidates, flat, extents, result);
    return result;
}

} // namespace dengji::reading
