#include "pipeline/reading/field_reader.h"

#include "pipeline/base/text.h"
#include "pipeline/reading/character_cuts.h"
#include "pipeline/reading/contact.h"
#include "pipeline/reading/identity_number.h"
#include "pipeline/reading/line_image.h"
#include "pipeline/reading/text_cleaning.h"

#include <algorithm>
#include <cmath>

namespace dengji::reading {

namespace {

constexpr int chinese_height = 30, second_chinese_height = 24;
constexpr int digit_height = 24;
constexpr double least_print_likeness = 0.6; // below, a line of digits is no print
constexpr int shortest_town = 3, longest_town = 4;

bool is_number(const std::string& content) {
    return content == "id_number" || content == "id_number_like" || content == "mobile" || content == "landline" ||
           content == "year" || content == "month" || content == "day";
}

ocr::Script script_of(const std::string& content) {
    if (content == "id_number" || content == "id_number_like") return ocr::Script::id_number;
    return content == "email" ? ocr::Script::latin : ocr::Script::digits;
}

/// What printed numbers may look like; most 0: not compared with pictures.
struct NumberShape {
    std::string alphabet = "0123456789";
    int least = 0, most = 0;
};

NumberShape shape_of(const std::string& content) {
    NumberShape shape;
    if (content == "id_number") shape.least = 17, shape.most = 19;
    if (content == "id_number_like") shape.least = 8, shape.most = 20;
    if (content == "id_number" || content == "id_number_like") shape.alphabet += 'X';
    if (content == "mobile") shape.least = 10, shape.most = 12;
    if (content == "landline") shape.least = 7, shape.most = 13, shape.alphabet += '-';
    if (content == "year") shape.least = shape.most = 4;
    if (content == "month" || content == "day") shape.least = 1, shape.most = 2;
    return shape;
}

std::string only_plain(const std::string& text) {
    std::string kept;
    for (const char32_t c : code_points(with_plain_digits(text)))
        if (c != U' ' && c != U'\n') kept += utf8(c);
    return kept;
}

Verdict check_number(const std::string& content, const std::string& text) {
    if (content == "id_number") return check_identity_number(text);
    if (content == "mobile") return check_mobile(text);
    if (content == "landline") return check_landline(text);
    if (content == "email") return check_email(text);
    return {text, Support::none, {}};
}

} // namespace

struct FieldReader::Lines {
    std::string text;
    double confidence = 1;
};

FieldReader::FieldReader(ocr::Recogniser& recogniser, const Vocabularies& vocabularies,
                         const AddressWords& address_words)
    : recogniser_(recogniser), vocabularies_(vocabularies), address_words_(address_words) {}

FieldReader::Lines FieldReader::read_lines(const cv::Mat& flat, const std::vector<cv::Rect>& extents,
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

FieldText FieldReader::read(const cv::Mat& field, double em, const std::string& content) {
    FieldText result;
    if (field.empty()) return result;
    const cv::Mat flat = flatten_paper(field, em);
    const std::vector<cv::Rect> extents = find_lines(flat, em);
    if (extents.empty()) return result;
    if (is_number(content) || content == "email") return read_number(flat, extents, em, content);
    if (content == "address") return read_address(flat, extents, em);
    const auto words = vocabularies_.find(content);
    if (words != vocabularies_.end()) return read_word(flat, extents, em, words->second);
    return read_text(flat, extents, em);
}

FieldText FieldReader::read_number(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em,
                                   const std::string& content) {
    FieldText result;
    const Lines line = read_lines(flat, extents, script_of(content), digit_height, em);
    Verdict verdict = check_number(content, only_plain(line.text));
    result.raw = line.text;
    result.recogniser = recogniser_.name();
    result.evidence.recogniser = line.confidence;

    const NumberShape shape = shape_of(content);
    const auto match = extents.size() == 1 && shape.most > 0
                           ? digits_.match(flat, extents.front(), shape.alphabet, shape.least, shape.most)
                           : std::nullopt;
    if (match && match->score >= least_print_likeness) {
        Verdict other = check_number(content, match->text);
        result.evidence.word_score = match->score;
        result.evidence.word_margin = match->margin;
        result.evidence.second_agrees = other.value == verdict.value;
        if (!result.evidence.second_agrees) {
            // Two readings of what is print: a check digit decides, else the pictures, which see broken characters
            // better.
            const bool keep = verdict.support == Support::for_it && other.support != Support::for_it;
            if (!keep) std::swap(verdict, other);
            result.alternatives.push_back(other.value);
            result.evidence.word_agrees = !keep;
            result.evidence.recogniser = 0.5 * line.confidence;
        } else {
            result.evidence.word_agrees = true;
        }
    }
    result.evidence.support = verdict.support;
    result.value = std::move(verdict.value);
    result.reasons = std::move(verdict.reasons);
    return result;
}

FieldText FieldReader::read_word(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em,
                                 const Vocabulary& words) {
    FieldText result;
    const Lines line = read_lines(flat, extents, ocr::Script::chinese, chinese_height, em);
    const std::string text = clean_chinese(line.text);
    result.raw = line.text;
    result.recogniser = recogniser_.name();
    result.value = text;
    result.evidence.recogniser = line.confidence;
    const bool listed = words.contains(text);
    if (listed) result.evidence.support = Support::for_it;

    const auto match = extents.size() == 1 ? words_.match(flat, extents.front(), words.entries()) : std::nullopt;
    if (match) {
        result.evidence.word_score = match->score;
        result.evidence.word_margin = match->margin;
        result.evidence.word_agrees = match->word == text;
    }
    if (listed) return result;

    const auto can_write = [this](const std::string& c) { return recogniser_.can_write(c); };
    const auto nearest = words.nearest(text, can_write);
    const double length = static_cast<double>(std::max<std::size_t>(1, characters(text).size()));
    const bool is_near = nearest && nearest->distance <= 0.5 * length && nearest->margin > 0;
    if (match && match->score >= 0.5 && (words.closed() || match->score >= 0.8)) {
        result.value = match->word;
        result.evidence.word_agrees = true;
        result.evidence.support = Support::none;
        result.evidence.recogniser = nearest && nearest->entry == match->word ? line.confidence : 0.5 * line.confidence;
    } else if (is_near && (words.closed() || nearest->distance <= 0.34 * length)) {
        result.value = nearest->entry;
        result.evidence.recogniser = 0.6 * line.confidence;
    } else if (words.closed()) {
        result.evidence.support = Support::against;
        result.reasons.push_back(
            {"not-in-list", "不在可填内容之列，请核对", "not one of the words that may stand here"});
    }
    if (result.value != text && !text.empty()) result.alternatives.push_back(text);
    return result;
}

std::optional<WordMatch> FieldReader::match_town(const cv::Mat& flat, const cv::Rect& extent) {
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

FieldText FieldReader::read_address(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em) {
    FieldText result = read_text(flat, extents, em);
    const auto can_write = [this](const std::string& c) { return recogniser_.can_write(c); };
    std::vector<std::string> text = characters(result.value);
    AddressWord town = AddressWords::at(text, 0, address_words_.towns(), can_write);
    const auto picture = extents.size() == 1 ? match_town(flat, extents.front()) : std::nullopt;
    const bool picture_sure = picture && picture->score >= 0.75 && picture->margin >= 0.08;
    if (picture_sure && (town.word != picture->word) && town.distance > 0) {
        // Where the text shows no town, it still ends where the town's last character stands.
        const auto its = characters(picture->word);
        const auto last =
            std::find(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), its.size() + 1)),
                      its.back());
        const bool ends = last != text.begin() + static_cast<std::ptrdiff_t>(std::min(text.size(), its.size() + 1));
        town = {picture->word,
                ends ? static_cast<std::size_t>(last - text.begin()) + 1 : std::min(its.size(), text.size()), 1, 1};
    }
    if (town.word.empty()) return result;
    const AddressWord village = AddressWords::at(text, town.length, address_words_.villages(town.word), can_write);
    const bool village_near = !village.word.empty() && village.distance <= 1 && village.margin > 0;

    std::string rest;
    const std::size_t rest_from = town.length + (village_near ? village.length : 0);
    for (std::size_t i = rest_from; i < text.size(); ++i) rest += text[i];
    const std::string value = town.word + (village_near ? village.word : "") + rest;
    if (value != result.value) {
        result.alternatives.push_back(result.value);
        result.value = value;
    }
    const bool town_sure = town.distance == 0 || (picture_sure && picture->word == town.word);
    const bool village_sure = !village_near || village.distance == 0;
    if (!town_sure || !village_sure) result.evidence.recogniser *= 0.6;
    return result;
}

FieldText FieldReader::read_text(const cv::Mat& flat, const std::vector<cv::Rect>& extents, double em) {
    FieldText result;
    const Lines first = read_lines(flat, extents, ocr::Script::chinese, chinese_height, em);
    const Lines second = read_lines(flat, extents, ocr::Script::chinese, second_chinese_height, em);
    result.raw = first.text;
    result.recogniser = recogniser_.name();
    result.value = clean_chinese(first.text);
    result.evidence.recogniser = first.confidence;
    const std::string other = clean_chinese(second.text);
    result.evidence.second_agrees = other == result.value;
    if (!result.evidence.second_agrees) result.alternatives.push_back(other);
    return result;
}

} // namespace dengji::reading
